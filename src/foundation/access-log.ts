import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { LineFile } from './line-file.ts';
import { openLineFile } from './line-file.ts';
import type { Log } from './log.ts';
import { silentLog } from './log.ts';

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
  /** True while lines are lost: the disk does not take them. */
  readonly failing?: boolean;
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
 * Lines are written in the background, in order and some at a time; a request never waits for the disk, and a disk
 * that refuses costs lines, not the party: `log` is told. A crash may lose the lines of the last tenth of a second.
 */
export function openAccessLog(directory: string, party: string, clock: Clock = systemClock, log: Log = silentLog): AccessLog {
  mkdirSync(directory, { recursive: true });
  const open = (name: string): LineFile => openLineFile(join(directory, name), { clock, log });
  const json = open('access.jsonl');
  const closing: Promise<void>[] = [];
  let day = '';
  let w3c: LineFile | undefined;

  return {
    get failing() {
      return json.failing || w3c?.failing === true;
    },
    write(entry) {
      const at = new Date(clock.now()).toISOString();
      json.write(jsonLine(entry, at, party));
      if (w3c === undefined || !at.startsWith(day)) {
        if (w3c !== undefined) closing.push(w3c.end());
        day = at.slice(0, 10);
        w3c = open(`u_ex${day.slice(2).replaceAll('-', '')}.log`);
        w3c.write(`#Software: Hybridge ${party}\n#Version: 1.0\n#Date: ${day} ${at.slice(11, 19)}\n#Fields: ${w3cFields}\n`);
      }
      w3c.write(`${w3cLine(entry, day, at.slice(11, 19))}\n`);
    },
    async close() {
      closing.push(json.end());
      if (w3c !== undefined) closing.push(w3c.end());
      await Promise.all(closing);
    },
  };
}

/** The members of `extra` stand beside the others. Built by hand: taking objects apart and together costs several times as much. */
function jsonLine(entry: AccessLogEntry, time: string, party: string): string {
  const { requestId, method, path, query, host, clientAddress, serverAddress, serverPort, userName, userAgent, status, errorCode, bytesReceived, bytesSent, durationMs, extra } = entry;
  const line = JSON.stringify({ time, party, requestId, method, path, query, host, clientAddress, serverAddress, serverPort, userName, userAgent, status, errorCode, bytesReceived, bytesSent, durationMs });
  const more = extra === undefined ? '{}' : JSON.stringify(extra);
  return more === '{}' ? `${line}\n` : `${line.slice(0, -1)},${more.slice(1)}\n`;
}

function w3cLine(entry: AccessLogEntry, date: string, time: string): string {
  const { serverAddress, method, path, query, serverPort, userName, clientAddress, userAgent, host, status, requestId, errorCode } = entry;
  return (
    `${date} ${time} ${w3cValue(serverAddress)} ${w3cValue(method)} ${w3cValue(path)} ${w3cValue(query)} ${serverPort} ${w3cValue(userName)} ${w3cValue(clientAddress)} ` +
    `${w3cValue(userAgent)} ${w3cValue(host)} ${status} ${entry.bytesSent} ${entry.bytesReceived} ${Math.round(entry.durationMs)} ${w3cValue(requestId)} ${w3cValue(errorCode)}`
  );
}

/** Blanks become `+` as IIS writes them; control characters are dropped, so that no client can forge a line. */
function w3cValue(value: string | undefined): string {
  if (value === undefined || value === '') return '-';
  if (!unwritable.test(value)) return value;
  return value.replace(/[\u0000-\u001f\u007f]/g, '').replaceAll(' ', '+') || '-';
}

const unwritable = /[\u0000-\u0020\u007f]/;
