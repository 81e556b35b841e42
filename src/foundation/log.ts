import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { makeFolder } from './make-folder.ts';

export type Log = Logger;

export interface LogOptions {
  /** Lowest level written. Default `info`. */
  level?: string;
  /** Where the lines go. Default standard output. */
  destination?: DestinationStream;
}

/** Header, claim and option names whose values never reach a log. */
const secretPaths = ['password', 'secret', 'token', 'authorization', 'cookie', 'privateKey', 'client_secret', 'client_assertion', 'refresh_token'];

/** A JSON log, one object a line, UTC ISO time, `party` in every line. Values under known secret names are masked. */
export function createLog(party: string, options: LogOptions = {}): Log {
  return pino(
    {
      level: options.level ?? 'info',
      base: { party },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: [...secretPaths, ...secretPaths.map((name) => `*.${name}`)], censor: '[masked]' },
    },
    options.destination ?? standardOutput(),
  );
}

/** Bytes that wait while standard output refuses them; lines beyond are given up. */
const maximumBacklog = 4 * 1024 * 1024;

/**
 * Each line is written before the next one is made. Standard output may be a file on a disk that is full: that stops
 * neither the party nor its end. What was refused is tried again with the next line.
 */
function standardOutput(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true, maxLength: maximumBacklog });
  stream.on('error', () => undefined);
  return stream;
}

/** A log that writes nothing: the default of functions whose log is optional. */
export const silentLog: Log = pino({ enabled: false });

/**
 * Opens (or appends to) a log file; lines are written as they come, so that a crash loses none. Lines after `end`, and
 * those that the disk refuses, are dropped: a party outlives its log.
 */
export function logFile(path: string): DestinationStream & { end(): void } {
  makeFolder(dirname(path));
  let file: number | undefined = openSync(path, 'a');
  return {
    write(line) {
      if (file === undefined) return;
      try {
        writeSync(file, line);
      } catch {
        // Nowhere is left to say so.
      }
    },
    end() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
