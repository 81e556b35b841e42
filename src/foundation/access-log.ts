import { join } from 'node:path';
import { createAccessLogLines, w3cFields } from './access-log-lines.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { LineFile } from './line-file.ts';
import { openLineFile } from './line-file.ts';
import type { Log } from './log.ts';
import { silentLog } from './log.ts';
import { makeFolder } from './make-folder.ts';

/** One finished request, as a party saw it. */
export interface AccessLogEntry {
  requestId: string;
  method: string;
  /** Path without the query. */
  path: string;
  /** Query without `?`; absent or empty when there was none. Must not carry secrets. */
  query?: string;
  host: string;
  clientAddress: string;
  serverAddress: string;
  serverPort: number;
  userName?: string;
  userAgent?: string;
  status: number;
  /** A stable code of ours when the answer is an error, e.g. `RELAY_NO_AGENT`. */
  errorCode?: string;
  bytesReceived: number;
  bytesSent: number;
  /** Milliseconds from the first byte of the head to the last byte of the answer. */
  durationMs: number;
  /** More for the JSON form only, beside the other members: agent id, target, tenant… Never secrets. */
  extra?: Readonly<Record<string, unknown>>;
}

export interface AccessLog {
  write(entry: AccessLogEntry): void;
  /** True while lines are lost: the disk does not take them. */
  readonly failing?: boolean;
  /** Resolves when every line is on disk. */
  close(): Promise<void>;
}

/** An access log that keeps nothing. */
export const noAccessLog: AccessLog = { write: () => undefined, close: () => Promise.resolve() };

/**
 * Writes every request twice: as a JSON line (`access.jsonl`) and in W3C extended format as IIS does
 * (`u_exYYMMDD.log`, a new file each UTC day, UTC times, `-` for what is absent, `+` for blanks).
 * Lines are written in the background, in order and some at a time; a request never waits for the disk, and a disk
 * that refuses costs lines, not the party: `log` is told. A crash may lose the lines of the last tenth of a second.
 */
export function openAccessLog(directory: string, party: string, clock: Clock = systemClock, log: Log = silentLog): AccessLog {
  makeFolder(directory);
  const open = (name: string): LineFile => openLineFile(join(directory, name), { clock, log });
  const linesOf = createAccessLogLines(party);
  const json = open('access.jsonl');
  const closing: Promise<void>[] = [];
  let day = '';
  let w3c: LineFile | undefined;

  return {
    get failing() {
      return json.failing || w3c?.failing === true;
    },
    write(entry) {
      const lines = linesOf(entry, clock.now());
      json.write(lines.json);
      if (w3c === undefined || lines.day !== day) {
        if (w3c !== undefined) closing.push(w3c.end());
        ({ day } = lines);
        w3c = open(`u_ex${day.slice(2).replaceAll('-', '')}.log`);
        w3c.write(`#Software: Hybridge ${party}\n#Version: 1.0\n#Date: ${day} ${lines.time}\n#Fields: ${w3cFields}\n`);
      }
      w3c.write(lines.w3c);
    },
    async close() {
      closing.push(json.end());
      if (w3c !== undefined) closing.push(w3c.end());
      await Promise.all(closing);
    },
  };
}
