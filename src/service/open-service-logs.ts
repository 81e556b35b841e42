import type { AccessLog, Log } from '../foundation/index.ts';
import { createLog, noAccessLog, openAccessLog, systemClock } from '../foundation/index.ts';

export interface ServiceLogs {
  /** JSON lines on standard output. */
  log: Log;
  accessLog: AccessLog;
}

/** The logs of a party that runs as a service. */
export function openServiceLogs(party: string, options: { level: string; accessLogDirectory?: string }): ServiceLogs {
  const log = createLog(party, { level: options.level });
  return { log, accessLog: options.accessLogDirectory === undefined ? noAccessLog : openAccessLog(options.accessLogDirectory, party, systemClock, log) };
}
