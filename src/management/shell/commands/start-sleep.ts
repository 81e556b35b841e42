import { setTimeout } from 'node:timers/promises';
import { toNumber } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const startSleep: ShellCommand = {
  name: 'Start-Sleep',
  aliases: ['sleep'],
  synopsis: 'Waits.',
  example: 'Start-Sleep -Seconds 30',
  parameters: { Seconds: { type: 'value', position: 0 }, Milliseconds: { type: 'value' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    const { parameters, state } = call;
    const milliseconds = parameters.has('Milliseconds') ? toNumber(parameters.get('Milliseconds') ?? null) : toNumber(parameters.get('Seconds') ?? 0) * 1000;
    await setTimeout(Math.max(0, milliseconds), undefined, { signal: state.host.signal });
  },
};
