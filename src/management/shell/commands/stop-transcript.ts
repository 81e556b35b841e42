import { ShellError } from '../language/shell-error.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { endTranscript } from './start-transcript.ts';

export const stopTranscript: ShellCommand = {
  name: 'Stop-Transcript',
  aliases: [],
  synopsis: 'Ends the transcript.',
  example: 'Stop-Transcript',
  parameters: {},
  async *run(call) {
    const path = await endTranscript(call.state);
    if (path === undefined) throw new ShellError('SHELL_OPERATION', 'An error occurred stopping transcription: The host is not currently transcribing.', { extent: call.extent });
    yield `Transcript stopped, output file is ${path}`;
  },
};
