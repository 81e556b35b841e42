import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { z } from 'zod';
import { HybridgeError, createHttpClient, systemDial } from '../../foundation/index.ts';
import { createShell, decodeText } from '../../management/index.ts';
import type { Shell, ShellHost } from '../../management/index.ts';
import { exitCodes } from '../../service/index.ts';
import { wrap } from '../display-width.ts';
import { createAsker } from '../shell/create-asker.ts';
import { createCommandReader } from '../shell/read-commands.ts';
import { createConnectors, initialConnections } from '../shell/shell-connections.ts';
import { createTerminalHost } from '../shell/terminal-host.ts';
import type { CommandSurroundings } from '../surroundings.ts';
import { connectCertificates } from './certificates/certificate-connections.ts';

const optionsSchema = z.object({ state: z.string().optional(), config: z.string().optional(), command: z.string().optional(), file: z.string().optional(), cloud: z.boolean().default(false) });

const banner = ['Hybridge shell. Get-Command lists cmdlets, Get-Help explains one, Tab completes.', 'Connect-ExchangeOnline [-Prefix Cloud] and Connect-MgGraph open further sessions; exit leaves.'];

/**
 * `hybridge shell`: runs what administrators paste, line by line or from a file. Exit code: what `exit` said; 130 at
 * Ctrl-C in a script; else 1 when a command or file had an error.
 */
export async function runShell(given: Record<string, unknown>, surroundings: CommandSurroundings & { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream }): Promise<number> {
  const options = optionsSchema.parse(given);
  const { stdin, stdout, env } = surroundings;
  const isTerminal = stdin.isTTY && stdout.isTTY;
  const interactive = options.command === undefined && options.file === undefined && isTerminal;
  const reader = interactive ? createCommandReader({ input: stdin, output: stdout, historyFile: join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'hybridge', 'shell-history') }) : undefined;
  const interrupt = new AbortController();
  if (reader === undefined) surroundings.once('SIGINT', () => interrupt.abort());
  // A script may ask, too, where somebody sits in front of it.
  const ask = reader !== undefined || !isTerminal || options.file === '-' ? undefined : createAsker(stdin, stdout, interrupt);
  const host: ShellHost = createTerminalHost({ surroundings, signal: () => reader?.signal ?? interrupt.signal, ...(ask === undefined ? {} : { ask }), ...(reader === undefined ? {} : { ask: (question, how) => reader.ask(question, how), page: (lines) => reader.page(lines) }) });
  let opened: Shell | undefined;
  const onWarning = (message: string): void => (opened === undefined ? host.writeWarning(message) : opened.warn(message));
  const { sources, directorySync, close } = connectCertificates({ tls: [], ...(options.state === undefined ? {} : { state: options.state }), ...(options.config === undefined ? {} : { config: options.config }) }, surroundings, onWarning);
  const httpClient = createHttpClient({ dial: systemDial, ca: [...getCACertificates('default')] });
  try {
    const shell = createShell({ host, connections: await initialConnections({ ...sources.sessions, ...(directorySync === undefined ? {} : { Synchronization: directorySync }) }), connectors: createConnectors(sources.sessions, { httpClient, onWarning }) });
    opened = shell;
    if (options.cloud) await shell.run('Connect-ExchangeOnline');
    if (options.command !== undefined) await shell.run(options.command);
    else if (options.file !== undefined) await shell.run(options.file === '-' ? decodeText(await readAll(stdin)) : readScript(options.file), options.file === '-' ? {} : { file: options.file });
    else if (reader !== undefined) {
      stdout.write(`${banner.flatMap((line) => wrap(line, stdout.columns)).join('\n')}\n\n`);
      await reader.loop(shell);
      return shell.exitCode ?? 0;
    } else await shell.run(decodeText(await readAll(stdin)));
    if (interrupt.signal.aborted) return exitCodes.stopped;
    return shell.exitCode ?? (shell.errorCount > 0 ? 1 : 0);
  } finally {
    await opened?.close();
    reader?.close();
    await httpClient.close();
    await close();
  }
}

function readScript(file: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    throw new HybridgeError<'CLI_SHELL_SCRIPT'>('CLI_SHELL_SCRIPT', `The script ${file} cannot be read.`, { cause: error, remedy: 'Check the path given with --file.' });
  }
}

async function readAll(stream: NodeJS.ReadStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
