import { ShellError } from '../language/shell-error.ts';
import { itemsOf, toText } from '../runtime/convert.ts';
import { getProperty, ownProperty } from '../runtime/members.ts';
import { callMethod } from '../runtime/methods.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { isScriptBlock } from '../runtime/values.ts';
import { inputValues } from './pipeline-values.ts';

export const forEachObject: ShellCommand = {
  name: 'ForEach-Object',
  aliases: ['foreach', '%'],
  synopsis: 'Runs a script block for each object, or reads one of its members.',
  example: 'Get-AcceptedDomain | ForEach-Object { "https://autodiscover.$($_.DomainName)" }',
  parameters: { Process: { type: 'value', position: 0 }, Begin: { type: 'value' }, End: { type: 'value' }, MemberName: { type: 'value' }, ArgumentList: { type: 'value', position: 1, remaining: true }, InputObject: { type: 'value' } },
  async *run(call) {
    const work = call.parameters.get('Process') ?? call.parameters.get('MemberName') ?? null;
    const begin = call.parameters.get('Begin');
    const end = call.parameters.get('End');
    if (work === null) throw new ShellError('SHELL_PARAMETER', 'ForEach-Object needs a script block or the name of a member.', { extent: call.extent });
    if (isScriptBlock(begin)) yield* await call.state.interpreter.runWithItem(begin, null, call.state);
    for await (const item of inputValues(call)) {
      if (isScriptBlock(work)) yield* await call.state.interpreter.runWithItem(work, item, call.state);
      else if (ownProperty(item, toText(work)) !== undefined) yield* itemsOf(getProperty(item, toText(work)));
      else yield* itemsOf(callMethod(item, toText(work), itemsOf(call.parameters.get('ArgumentList') ?? null)));
    }
    if (isScriptBlock(end)) yield* await call.state.interpreter.runWithItem(end, null, call.state);
  },
};
