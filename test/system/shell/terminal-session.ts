import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const escape = String.fromCodePoint(27);
const movements = new RegExp(`${escape}(?:\\[[0-9;?]*[A-Za-z]|[=>])`, 'g');

/** True where a pseudo-terminal can be had: `script` of util-linux. */
export const hasTerminal = spawnSync('script', ['--version'], { stdio: 'ignore' }).status === 0;

export const keys = { enter: '\r', tab: '\t', up: `${escape}[A`, ctrlC: '\u0003', ctrlD: '\u0004', ctrlR: '\u0012', paste: (text: string) => `${escape}[200~${text}${escape}[201~` } as const;

/** `hybridge shell` on a pseudo-terminal of its own, 100 columns wide and 20 lines high. */
export interface TerminalSession {
  /** Presses keys. */
  type(keys: string): void;
  /** Types, and waits until the screen has shown `shown` after that. Gives what it showed since. */
  typeUntil(keys: string, shown: RegExp): Promise<string>;
  /** Waits until the process has ended. Gives its exit code. */
  ended(): Promise<number | null>;
  close(): void;
}

/** `begins`: what the screen shows first, where it is no prompt. */
export async function openTerminalSession(options: { state: string; home: string; arguments?: readonly string[]; begins?: RegExp }): Promise<TerminalSession> {
  const command = [process.execPath, join(root, 'bin/hybridge.js'), 'shell', '--state', options.state, ...(options.arguments ?? [])].map((part) => `'${part}'`).join(' ');
  const env = { ...process.env, TERM: 'xterm', NO_COLOR: '1', HOME: options.home, XDG_STATE_HOME: options.home, COLUMNS: '', LINES: '' };
  const child: ChildProcessWithoutNullStreams = spawn('script', ['-qec', `stty cols 100 rows 20; exec ${command}`, '/dev/null'], { env });
  const end = once(child, 'close') as Promise<[number | null]>;
  let output = '';
  let changed = Promise.withResolvers<void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    changed.resolve();
    changed = Promise.withResolvers();
  });
  const clean = (): string => output.replaceAll(movements, '').replaceAll('\r', '');
  const until = async (from: number, shown: RegExp): Promise<string> => {
    const deadline = AbortSignal.timeout(60_000);
    const gaveUp = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve()));
    while (!shown.test(clean().slice(from))) {
      if (deadline.aborted || child.exitCode !== null) throw new Error(`${String(shown)} was not shown. The screen:\n${clean().slice(from)}`);
      await Promise.race([changed.promise, end, gaveUp]);
    }
    return clean().slice(from);
  };
  const session: TerminalSession = {
    type: (text) => void child.stdin.write(text),
    typeUntil(text, shown) {
      const from = clean().length;
      child.stdin.write(text);
      return until(from, shown);
    },
    ended: async () => (await end)[0],
    close: () => void child.kill('SIGKILL'),
  };
  await until(0, options.begins ?? /hybridge:\\>$/);
  return session;
}
