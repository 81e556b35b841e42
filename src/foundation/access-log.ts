import { createWriteStream, mkdirSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';

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
  /** More for the JSON form only: agent id, target, tenant… Never secrets. */
  extra?: Readonly<Record<string, unknown>>;
}

export interface AccessLog {
  write(entry: AccessLogEntry): void;
  /** Resolves when every line is on disk. */
  close(): Promise<void>;
}

/** An access log that keeps nothing. */
export const noAccessLog: AccessLog = { write: () => undefined, close: () => Promise.resolve() };

const w3cFields =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs-host sc-status sc-bytes cs-bytes time-taken request-id error-code';

/**
 * Writes every request twice: as a JSON line (`access.jsonl`) and in W3C extended format as IIS does
 * (`u_exYYMMDD.log`, a new file each UTC day, UTC times, `-` for what is absent, `+` for blanks).
 * Lines are written in the background, in order; a request never waits for the disk.
 */
export function openAccessLog(directory: string, party: string, clock: Clock = systemClock): AccessLog {
  mkdirSync(directory, { recursive: true });
  const open = (name: string): WriteStream => createWriteStream(join(directory, name), { flags: 'a' });
  const json = open('access.jsonl');
  const closing: Promise<void>[] = [];
  let day = '';
  let w3c: WriteStream | undefined;

  return {
    write(entry) {
      const at = new Date(clock.now()).toISOString();
      const { extra, ...fields } = entry;
      json.write(`${JSON.stringify({ time: at, party, ...fields, ...extra })}\n`);
      if (at.slice(0, 10) !== day || w3c === undefined) {
        if (w3c !== undefined) closing.push(finish(w3c));
        day = at.slice(0, 10);
        w3c = open(`u_ex${day.slice(2).replaceAll('-', '')}.log`);
        w3c.write(`#Software: Hybridge ${party}\n#Version: 1.0\n#Date: ${day} ${at.slice(11, 19)}\n#Fields: ${w3cFields}\n`);
      }
      w3c.write(`${w3cLine(entry, day, at.slice(11, 19))}\n`);
    },
    async close() {
      closing.push(finish(json));
      if (w3c !== undefined) closing.push(finish(w3c));
      await Promise.all(closing);
    },
  };
}

function finish(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => stream.end(() => resolve()));
}

function w3cLine(entry: AccessLogEntry, date: string, time: string): string {
  return [
    date,
    time,
    entry.serverAddress,
    entry.method,
    entry.path,
    entry.query,
    entry.serverPort,
    entry.userName,
    entry.clientAddress,
    entry.userAgent,
    entry.host,
    entry.status,
    entry.bytesSent,
    entry.bytesReceived,
    Math.round(entry.durationMs),
    entry.requestId,
    entry.errorCode,
  ]
    .map(w3cValue)
    .join(' ');
}

/** Blanks become `+` as IIS writes them; control characters are dropped, so that no client can forge a line. */
function w3cValue(value: string | number | undefined): string {
  if (value === undefined || value === '') return '-';
  return String(value).replace(/[\u0000-\u001f\u007f]/g, '').replaceAll(' ', '+') || '-';
}
