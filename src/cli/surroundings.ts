import { describeTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** The part of `process` that commands use: where text goes, and the environment. */
export interface CommandSurroundings {
  stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  stderr: NodeJS.WritableStream;
  env: Readonly<Record<string, string | undefined>>;
  pid: number;
  once(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** What is known of the terminal behind standard output. */
export function terminalOf(surroundings: CommandSurroundings): Terminal {
  const { stdout, env } = surroundings;
  return describeTerminal({ environment: env, isTTY: stdout.isTTY === true, ...(stdout.columns === undefined ? {} : { columns: stdout.columns }) });
}
