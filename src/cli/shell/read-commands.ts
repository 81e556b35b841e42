import { createInterface } from 'node:readline';
import type { Interface, Key } from 'node:readline';
import { Writable } from 'node:stream';
import type { Shell } from '../../management/index.ts';
import { createCommandHistory } from './command-history.ts';

export interface CommandReader {
  /** Runs lines until `exit` or the end of the input (Ctrl-D). */
  loop(shell: Shell): Promise<void>;
  /** A line of somebody's answer; undefined at the end of the input. @throws the reason of `signal` at Ctrl-C */
  ask(question: string, options?: { secret?: boolean }): Promise<string | undefined>;
  /** Lines a screen at a time. */
  page(lines: readonly string[]): Promise<void>;
  /** Aborted by Ctrl-C while a command runs. */
  readonly signal: AbortSignal;
  close(): void;
}

/** Somebody pressed Ctrl-C instead of giving a line. */
const interrupted = Symbol('interrupted');
type Given = string | typeof interrupted | undefined;

const prompt = '[PS] hybridge:\\>';
const continuation = '>> ';
const pagePrompt = '<SPACE> next page; <CR> next line; Q quit';

/**
 * Reads commands from a terminal: history over sessions, completion with Tab, several lines where one is not whole.
 * What is pasted or typed ahead waits its turn; Ctrl-C ends the running command and forgets what waits.
 */
export function createCommandReader(options: { input: NodeJS.ReadStream; output: NodeJS.WriteStream; historyFile: string }): CommandReader {
  const { input, output } = options;
  const history = createCommandHistory(options.historyFile);
  let muted = false;
  let running = new AbortController();
  let busy = false;
  let ended = false;
  const waiting: string[] = [];
  let deliver: ((given: Given) => void) | undefined;
  let takesLines = true;
  let complete: Shell['complete'] = async () => ({ word: '', candidates: [] });
  const screen = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      if (!muted) output.write(chunk);
      callback();
    },
  });
  const lines: Interface & { history?: string[] } = createInterface({
    input,
    output: screen,
    terminal: true,
    history: [...history.newestFirst],
    historySize: history.size,
    removeHistoryDuplicates: true,
    completer: (line: string, callback: (error: Error | null, result: [string[], string]) => void) => {
      if (busy) return callback(null, [[], '']);
      complete(line).then(({ word, candidates }) => callback(null, [[...candidates], word])).catch(() => callback(null, [[], '']));
    },
  });
  const give = (given: Given): void => {
    const taker = deliver;
    deliver = undefined;
    taker?.(given);
  };
  lines.on('line', (line) => {
    if (!takesLines) return;
    if (deliver === undefined) waiting.push(line);
    else give(line);
  });
  lines.on('close', () => {
    ended = true;
    running.abort();
    give(undefined);
  });
  lines.on('SIGINT', () => {
    waiting.length = 0;
    if (busy) running.abort();
    if (deliver === undefined) return;
    output.write('^C\n');
    clearTyped(lines);
    give(interrupted);
  });
  const next = (question: string): Promise<Given> => {
    const [first] = waiting;
    if (first !== undefined) {
      waiting.shift();
      return Promise.resolve(first);
    }
    if (ended) return Promise.resolve(undefined);
    lines.setPrompt(question);
    lines.prompt(true);
    return new Promise((resolve) => {
      deliver = resolve;
    });
  };
  /** Runs one command, with as many further lines as it takes to make it whole. */
  const runCommand = async (shell: Shell, begun: string): Promise<void> => {
    let text = begun;
    for (;;) {
      busy = true;
      // An empty line ends what is not whole, which then says what it lacks.
      const state = await shell.run(text, { whole: text.endsWith('\n') });
      busy = false;
      if (running.signal.aborted) running = new AbortController();
      if (state === 'done') return;
      const more = await next(continuation);
      if (more === undefined || more === interrupted) return;
      history.add(more);
      text += `\n${more}`;
    }
  };
  return {
    get signal() {
      return running.signal;
    },
    async loop(shell) {
      complete = (line) => shell.complete(line);
      while (shell.exitCode === undefined) {
        const given = await next(prompt);
        if (given === interrupted) continue;
        if (given === undefined) {
          output.write('\n');
          return;
        }
        history.add(given);
        await runCommand(shell, given);
      }
    },
    async ask(question, { secret = false } = {}) {
      if (secret) {
        output.write(question);
        muted = true;
      }
      const given = await next(secret ? '' : question).finally(() => (muted = false));
      if (secret) {
        if (given !== interrupted) output.write('\n');
        // What was typed unseen does not come back with the arrow keys.
        if (typeof given === 'string' && lines.history?.[0] === given) lines.history.shift();
      }
      if (given === interrupted) throw running.signal.reason;
      return given;
    },
    async page(texts) {
      takesLines = false;
      const screenful = (): number => Math.max(2, (output.rows ?? 24) - 1);
      try {
        for (let at = 0, count = screenful(); at < texts.length; ) {
          output.write(texts.slice(at, at + count).map((line) => `${line}\n`).join(''));
          at += count;
          if (at >= texts.length) return;
          output.write(pagePrompt);
          muted = true;
          const key = await keyOf(input, running.signal);
          clearTyped(lines);
          muted = false;
          output.write(`\r${' '.repeat(pagePrompt.length)}\r`);
          if (key === 'quit') return;
          count = key === 'line' ? 1 : screenful();
        }
      } finally {
        muted = false;
        takesLines = true;
      }
    },
    close: () => lines.close(),
  };
}

/** Which key was pressed at the end of a screen. Others than these three do nothing. */
function keyOf(input: NodeJS.ReadStream, signal: AbortSignal): Promise<'page' | 'line' | 'quit'> {
  return new Promise((resolve) => {
    const done = (key: 'page' | 'line' | 'quit'): void => {
      input.off('keypress', onKey);
      input.off('end', onEnd);
      signal.removeEventListener('abort', onEnd);
      // The line editor sees the key too, after this one; what it made of it is cleared then.
      setImmediate(() => resolve(key));
    };
    const onKey = (text: string | undefined, key: Key): void => {
      if (key.name === 'return' || key.name === 'enter') done('line');
      else if (text === ' ') done('page');
      else if (text?.toLowerCase() === 'q' || key.name === 'escape') done('quit');
    };
    const onEnd = (): void => done('quit');
    input.on('keypress', onKey);
    input.on('end', onEnd);
    signal.addEventListener('abort', onEnd);
  });
}

/** Forgets what stands in the line that is being typed. */
function clearTyped(lines: Interface): void {
  lines.write(null, { ctrl: true, name: 'e' });
  lines.write(null, { ctrl: true, name: 'u' });
}
