import { randomBytes } from 'node:crypto';
import { formatDate } from '../formatting/format-date.ts';
import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand, ShellState } from '../runtime/shell-state.ts';
import { createTranscript } from '../runtime/transcript.ts';
import { refuseToOverwrite } from './encode-text.ts';

const border = '*'.repeat(22);

export const startTranscript: ShellCommand = {
  name: 'Start-Transcript',
  aliases: [],
  synopsis: 'Writes what is typed and shown from now on to a file as well.',
  example: 'Start-Transcript -Path change-4711.txt -Append',
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, OutputDirectory: { type: 'value' }, Append: { type: 'switch' }, NoClobber: { type: 'switch', aliases: ['NoOverwrite'] }, Force: { type: 'switch' }, IncludeInvocationHeader: { type: 'switch' } },
  async *run(call) {
    const { state } = call;
    const { host } = state;
    if (state.transcript !== undefined) throw new ShellError('SHELL_OPERATION', `Transcription has already been started: ${state.transcript.path}.`, { extent: call.extent, remedy: 'Stop-Transcript ends it.' });
    const now = new Date(host.clock.now());
    const machine = host.environment('COMPUTERNAME') ?? host.environment('HOSTNAME') ?? 'localhost';
    const folder = toText(call.parameters.get('OutputDirectory') ?? '.').replace(/[\\/]+$/, '');
    // As Windows PowerShell names them, which puts them into the folder of documents.
    const path = toText(call.parameters.get('Path') ?? `${folder}/PowerShell_transcript.${machine}.${randomBytes(6).toString('base64url')}.${formatDate(now, 'yyyyMMddHHmmss')}.txt`);
    await refuseToOverwrite(call, path);
    const head = [border, 'Hybridge shell transcript start', `Start time: ${formatDate(now, 'yyyyMMddHHmmss')} (UTC)`, `Username: ${host.environment('USERNAME') ?? host.environment('USER') ?? ''}`, `Machine: ${machine}`, `Sessions: ${state.connections.map(({ name, session }) => `${name} (${session.name})`).join(', ')}`, border];
    await host.writeFile(path, Buffer.from(head.map((line) => `${line}\r\n`).join('')), call.parameters.get('Append') === true);
    state.transcript = createTranscript(path, host);
    yield `Transcript started, output file is ${path}`;
  },
};

/** Ends the transcript and gives where it is; undefined where there is none. */
export async function endTranscript(state: ShellState): Promise<string | undefined> {
  const { transcript } = state;
  if (transcript === undefined) return undefined;
  transcript.add([border, 'Hybridge shell transcript end', `End time: ${formatDate(new Date(state.host.clock.now()), 'yyyyMMddHHmmss')} (UTC)`, border].map((line) => `${line}\r\n`).join(''));
  state.transcript = undefined;
  await transcript.flush();
  return transcript.path;
}
