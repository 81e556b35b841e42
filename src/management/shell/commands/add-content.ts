import type { ShellCommand } from '../runtime/shell-state.ts';
import { contentParameters, writeContent } from './set-content.ts';

export const addContent: ShellCommand = {
  name: 'Add-Content',
  aliases: ['ac'],
  synopsis: 'Writes values to the end of a file.',
  example: 'Add-Content moves.log "$(Get-Date -Format s) $($mailbox.Name) done"',
  parameters: contentParameters,
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run(call) {
    await writeContent(call, true);
  },
};
