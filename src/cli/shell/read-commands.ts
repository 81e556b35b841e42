import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Shell } from '../../management/index.ts';

export interface CommandReader {
  /** Runs lines until `exit` or the end of the input. */
  loop(shell: Shell): Promise<void>;
  /** A line of somebody's answer; undefined at the end of the input. */
  ask(question: string, options?: { secret?: boolean }): Promise<string | undefined>;
  /** Lines a screen at a time. */
  page(lines: readonly string[]): Promise<void>;
  readonly signal: AbortSignal;
  close(): void;
}

const keptLines = 1000;
/** Lines that hold a secret are not kept, by the words that PSReadLine goes by. */
const sensitive = /password|asplaintext|token|apikey|secret|securestring/i;
const prompt = '[PS] hybridge:\\>';

/** Reads commands from a terminal: history over sessions, completion with Tab, several lines where one is not whole. */
export function createCommandReader(options: { input: NodeJS.ReadStream; output: NodeJS.WriteStream; historyFile: string }): CommandReader {
  const { input, output, historyFile } = options;
  let muted = false;
  let running = new AbortController();
  let busy = false;
  let complete: Shell['complete'] = async () => ({ word: '', candidates: [] });
  const screen = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      if (!muted) output.write(chunk);
      callback();
    },
  });
  const lines = createInterface({
    input,
    output: screen,
    terminal: true,
    history: readHistory(historyFile).toReversed(),
    historySize: keptLines,
    removeHistoryDuplicates: true,
    completer: (line: string, callback: (error: Error | null, result: [string[], string]) => void) => {
      complete(line).then(({ word, candidates }) => callback(null, [[...candidates], word])).catch(() => callback(null, [[], '']));
    },
  });
  const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  const question = (text: string): Promise<string | undefined> => Promise.race([closed, new Promise<string>((resolve) => lines.question(text, resolve))]);
  lines.on('SIGINT', () => {
    if (busy) running.abort();
    else clearLine(lines, output);
  });
  const remember = (): void => writeHistory(historyFile, (lines as Interface & { history: string[] }).history);
  return {
    get signal() {
      return running.signal;
    },
    async loop(shell) {
      complete = (line) => shell.complete(line);
      while (shell.exitCode === undefined) {
        let text = await question(prompt);
        if (text === undefined) break;
        running = new AbortController();
        busy = true;
        // An empty line ends what is not whole, which then says what it lacks.
        while ((await shell.run(text, { whole: text.endsWith('\n') })) === 'incomplete') {
          busy = false;
          const more = await question('>> ');
          busy = true;
          if (more === undefined) break;
          text += `\n${more}`;
        }
        busy = false;
      }
      remember();
    },
    async ask(text, { secret = false } = {}) {
      if (!secret) return question(text);
      output.write(text);
      muted = true;
      const answer = await question('');
      muted = false;
      output.write('\n');
      // What was typed unseen does not come back with the arrow keys.
      (lines as Interface & { history: string[] }).history.shift();
      return answer;
    },
    async page(texts) {
      for (let at = 0; at < texts.length; ) {
        const height = Math.max(5, (output.rows ?? 24) - 1);
        output.write(texts.slice(at, at + height).map((line) => `${line}\n`).join(''));
        at += height;
        if (at < texts.length && (await question('<Enter> next page; Q quit '))?.trim().toLowerCase() === 'q') return;
      }
    },
    close: () => lines.close(),
  };
}

function clearLine(lines: Interface, output: NodeJS.WriteStream): void {
  output.write('^C\n');
  lines.write(null, { ctrl: true, name: 'u' });
  lines.prompt();
}

function readHistory(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').slice(-keptLines);
}

/** The newest last, readable by its owner only. A history that cannot be kept is no reason to fail. */
function writeHistory(file: string, newestFirst: readonly string[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const kept = newestFirst.filter((line) => !sensitive.test(line)).slice(0, keptLines).toReversed();
    writeFileSync(file, kept.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  } catch {
    // Nothing is lost but comfort.
  }
}
