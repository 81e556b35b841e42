import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../foundation/index.ts';

export interface CommandHistory {
  readonly newestFirst: readonly string[];
  /** How many lines are kept. */
  readonly size: number;
  /** Keeps a line, for later sessions too. */
  add(line: string): void;
}

const keptLines = 1000;
/** Lines that hold a secret are not kept, by the words that PSReadLine goes by. */
const sensitive = /password|asplaintext|token|apikey|secret|securestring/i;

/**
 * The lines of former sessions, in a file that its owner alone can read. Each line is written at once, so that a shell
 * that is killed, or a second one beside it, loses nothing. A history that cannot be kept is no reason to fail.
 */
export function createCommandHistory(file: string): CommandHistory {
  const kept = readLines(file);
  if (kept.length > keptLines) attempt(() => rewrite(file, kept.slice(-keptLines)));
  let last = kept.at(-1);
  return {
    newestFirst: kept.slice(-keptLines).toReversed(),
    size: keptLines,
    add(line) {
      if (line.trim() === '' || line === last || sensitive.test(line)) return;
      last = line;
      attempt(() => {
        makeFolder(dirname(file), { mode: 0o700 });
        appendFileSync(file, `${line}\n`, { mode: 0o600 });
      });
    },
  };
}

function readLines(file: string): string[] {
  let lines: string[] = [];
  attempt(() => {
    if (existsSync(file)) lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
  });
  return lines;
}

function rewrite(file: string, lines: readonly string[]): void {
  writeFileSync(`${file}.new`, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function attempt(write: () => void): void {
  try {
    write();
  } catch {
    // Nothing is lost but comfort.
  }
}
