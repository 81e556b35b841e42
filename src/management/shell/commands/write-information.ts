import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const writeInformation: ShellCommand = {
  name: 'Write-Information',
  aliases: [],
  synopsis: 'Shows a message where -InformationAction or $InformationPreference says Continue.',
  example: "Write-Information 'The second pass begins' -InformationAction Continue",
  parameters: { MessageData: { type: 'value', position: 0, aliases: ['Message', 'Msg'] }, Tags: { type: 'value', position: 1 } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run({ state, common, parameters }) {
    const action = toText(common.get('informationaction') ?? state.variables.get('informationpreference') ?? null).toLowerCase();
    if (action === 'continue') state.host.writeHost(toText(parameters.get('MessageData') ?? null));
  },
};
