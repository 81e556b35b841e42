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
/** Tells the terminal to mark what is pasted (bracketed paste), and no longer to. */
const markPastes = { on: '\u001b[?2004h', off: '\u001b[?2004l' };
/** What may go on behind a block that is whole by itself. */
const goesOn = /^\s*(?:else|elseif|catch|finally)\b/i;
const pagePrompt = '<SPACE> next page; <CR> next line; Q quit';

/**
 * Reads commands from a terminal: history over sessions, completion with Tab, several lines where one is not whole.
 * What is pasted or typed ahead waits its turn; Ctrl-C ends the running command and forgets what waits. An empty line that
 * is typed ends what is not whole; one in the middle of a paste does not.
 */
export function createCommandReader(options: { input: NodeJS.ReadStream; output: NodeJS.WriteStream; historyFile: string }): CommandReader {
  const { input, output } = options;
  const history = createCommandHistory(options.historyFile);
  let muted = false;
  let running = new AbortController();
  let busy = false;
  let ended = false;
  const waiting: string[] = [];
  /** Lines of a paste that has not ended yet. */
  let pasted: string[] | undefined;
  /** How many of those that wait were marked as pasted, or came before some that were. */
  let marked = 0;
  const takeWaiting = (): string | undefined => {
    marked = Math.max(0, marked - 1);
    return waiting.shift();
  };
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
    if (pasted !== undefined) pasted.push(line);
    else if (deliver === undefined) waiting.push(line);
    else give(line);
  });
  // A paste waits until it is there as a whole, because what follows a block may belong to it.
  const search = createHistorySearch(lines);
  const onKey = (_text: string | undefined, key: Key | undefined): void => {
    if (!muted) search(key);
    if (key?.name === 'paste-start') pasted = [];
    if (key?.name !== 'paste-end' || pasted === undefined) return;
    waiting.push(...pasted);
    marked = waiting.length;
    pasted = undefined;
    if (deliver !== undefined && waiting.length > 0) give(takeWaiting());
  };
  input.on('keypress', onKey);
  if (output.isTTY) output.write(markPastes.on);
  lines.on('close', () => {
    ended = true;
    input.off('keypress', onKey);
    if (output.isTTY) output.write(markPastes.off);
    running.abort();
    give(undefined);
  });
  lines.on('SIGINT', () => {
    waiting.length = marked = 0;
    pasted = undefined;
    if (busy) running.abort();
    if (deliver === undefined) return;
    output.write('^C\n');
    clearTyped(lines);
    give(interrupted);
  });
  const next = (question: string): Promise<Given> => {
    if (waiting.length > 0) return Promise.resolve(takeWaiting());
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
    let ends = false;
    for (;;) {
      if (!goesOn.test(waiting.find((line) => line.trim() !== '') ?? '')) {
        busy = true;
        const state = await shell.run(text, { whole: ends });
        busy = false;
        if (running.signal.aborted) running = new AbortController();
        if (state === 'done') return;
      }
      const isMarked = marked > 0;
      const more = await next(continuation);
      if (more === undefined || more === interrupted) return;
      history.add(more);
      text += `\n${more}`;
      // An empty line ends what is not whole, which then says what it lacks.
      ends = more === '' && !isMarked && waiting.length === 0;
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

/** Ctrl-R and F8 put the last line of the history there that holds what was typed; pressed again, one further back. */
function createHistorySearch(lines: Interface & { history?: string[] }): (key: Key | undefined) => void {
  let wanted: string | undefined;
  let at = -1;
  return (key) => {
    if (key?.name !== 'f8' && !(key?.ctrl === true && key.name === 'r')) {
      wanted = undefined;
      return;
    }
    if (wanted === undefined) {
      wanted = lines.line;
      at = -1;
    }
    const text = wanted;
    const history = lines.history ?? [];
    const next = history.findIndex((line, index) => index > at && line.toLowerCase().includes(text.toLowerCase()) && line !== lines.line);
    if (next < 0) return;
    at = next;
    clearTyped(lines);
    lines.write(history[next] ?? '');
    wanted = text;
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
