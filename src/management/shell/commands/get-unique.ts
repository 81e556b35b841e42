import { equalValues, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const getUnique: ShellCommand = {
  name: 'Get-Unique',
  aliases: ['gu'],
  synopsis: 'Leaves out of a sorted list what is the same as the value before it, case and all.',
  example: 'Get-Mailbox | ForEach-Object Database | Sort-Object | Get-Unique',
  parameters: { InputObject: { type: 'value' }, AsString: { type: 'switch' } },
  async *run(call) {
    let former: ShellValue | undefined;
    for await (const item of inputValues(call)) {
      const value = call.parameters.get('AsString') === true ? toText(item).toLowerCase() : item;
      if (former === undefined || !equalValues(former, value, true)) yield item;
      former = value;
    }
  },
};
