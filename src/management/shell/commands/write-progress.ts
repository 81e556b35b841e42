import type { ShellCommand } from '../runtime/shell-state.ts';

const names = ['Activity', 'Status', 'Id', 'PercentComplete', 'SecondsRemaining', 'CurrentOperation', 'ParentId', 'SourceId'] as const;

export const writeProgress: ShellCommand = {
  name: 'Write-Progress',
  aliases: [],
  synopsis: 'Takes the progress that scripts report, so that they run; this shell draws no bar.',
  example: "Write-Progress -Activity 'Mailboxes' -Status $mailbox.Name -PercentComplete 50",
  parameters: { ...Object.fromEntries(names.map((name, at) => [name, at < 3 ? ({ type: 'value', position: at } as const) : ({ type: 'value' } as const)])), Completed: { type: 'switch' } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run() {},
};
