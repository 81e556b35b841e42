import { ShellError } from '../language/shell-error.ts';
import { itemsOf } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { isScriptBlock } from '../runtime/values.ts';

export const invokeCommand: ShellCommand = {
  name: 'Invoke-Command',
  aliases: ['icm'],
  synopsis: 'Runs a script block here, with arguments. Other machines are not reached with it.',
  example: 'Invoke-Command -ScriptBlock { param($name) Get-Mailbox $name } -ArgumentList bert',
  parameters: { ScriptBlock: { type: 'value', position: 0, aliases: ['Command'] }, ArgumentList: { type: 'value', aliases: ['Args'] } },
  async *run(call) {
    const block = call.parameters.get('ScriptBlock');
    if (!isScriptBlock(block)) throw new ShellError('SHELL_PARAMETER', 'Invoke-Command needs a script block.', { extent: call.extent });
    yield* await call.state.interpreter.callBlock(block, itemsOf(call.parameters.get('ArgumentList') ?? null), call.extent, call.state);
  },
};
