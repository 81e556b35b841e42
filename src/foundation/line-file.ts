import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from './clock.ts';
import { errorCode, errorText } from './hybridge-error.ts';
import type { Log } from './log.ts';
import { makeFolder } from './make-folder.ts';

/** A file that grows by lines, in the background. */
export interface LineFile {
  /** Never throws, and never waits. */
  write(line: string): void;
  /** True while lines are given up. */
  readonly failing: boolean;
  /** Resolves when every line that the disk takes is on it. */
  end(): Promise<void>;
}

/** Milliseconds that a line may wait for others: a write to the disk costs as much as forwarding a request. */
const gatherMs = 100;
/** Characters that are written at once, whatever the time. */
const gatherLength = 64 * 1024;
/** How long a file that failed is left alone before it is opened again. */
const retryMs = 10_000;
/** Bytes that may wait for a slow disk; lines beyond are given up. */
const maximumBacklog = 16 * 1024 * 1024;

/**
 * Opens, or appends to, a file and its folder. While the disk is full, or the folder cannot be written, lines are given
 * up; `log` gets one line when that begins and one, with their number, when it is over.
 */
export function openLineFile(path: string, { clock, log }: { clock: Clock; log: Log }): LineFile {
  let stream: WriteStream | undefined;
  let gathered = '';
  let lines = 0;
  let timer: NodeJS.Timeout | undefined;
  let isFailing = false;
  let failedAt = -Infinity;
  let lost = 0;

  const failed = (error: unknown): void => {
    stream = undefined;
    failedAt = clock.now();
    if (!isFailing) log.error({ path, code: errorCode(error), err: error }, `Lines of the access log are lost: ${errorText(error)}`);
    isFailing = true;
  };
  const open = (): WriteStream | undefined => {
    if (stream !== undefined || Math.abs(clock.now() - failedAt) < retryMs) return stream;
    try {
      makeFolder(dirname(path));
    } catch (error) {
      failed(error);
      return undefined;
    }
    const opened = createWriteStream(path, { flags: 'a' });
    // It is of no use after its first error, whatever comes after that.
    opened.once('error', failed).on('error', () => undefined);
    stream = opened;
    return opened;
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const [text, count] = [gathered, lines];
    gathered = '';
    lines = 0;
    if (text === '') return;
    const target = open();
    if (target === undefined || target.writableLength > maximumBacklog) {
      if (!isFailing) log.error({ path, waiting: target?.writableLength }, 'Lines of the access log are lost: the disk is too slow.');
      isFailing = true;
      lost += count;
      return;
    }
    target.write(text, (error) => {
      if (error != null) lost += count;
      else if (isFailing) {
        log.warn({ path, lost }, 'The access log can be written again.');
        isFailing = false;
        lost = 0;
      }
    });
  };
  return {
    get failing() {
      return isFailing;
    },
    write(line) {
      gathered += line;
      lines += 1;
      if (gathered.length >= gatherLength) flush();
      else timer ??= setTimeout(flush, gatherMs);
    },
    end() {
      flush();
      const last = stream;
      return last === undefined ? Promise.resolve() : new Promise((resolve) => last.end(() => resolve()));
    },
  };
}
