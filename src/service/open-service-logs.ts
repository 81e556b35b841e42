import type { AccessLog, Log } from '../foundation/index.ts';
import { createLog, errorCode, HybridgeError, noAccessLog, openAccessLog, systemClock } from '../foundation/index.ts';
import type { ConfigurationErrorCode } from './configuration/configuration-error.ts';

export interface ServiceLogs {
  /** JSON lines on standard output. */
  log: Log;
  accessLog: AccessLog;
}

/** The logs of a party that runs as a service. @throws HybridgeError `CONFIGURATION_FOLDER` */
export function openServiceLogs(party: string, options: { level: string; accessLogDirectory?: string }): ServiceLogs {
  const log = createLog(party, { level: options.level });
  const directory = options.accessLogDirectory;
  try {
    return { log, accessLog: directory === undefined ? noAccessLog : openAccessLog(directory, party, systemClock, log) };
  } catch (error) {
    throw new HybridgeError<ConfigurationErrorCode>('CONFIGURATION_FOLDER', `The folder for access logs, ${String(directory)}, cannot be used (${errorCode(error) ?? 'unknown reason'}).`, {
      facts: { directory, cause: errorCode(error) },
      cause: error,
      remedy: 'Make it and give it to the account of the service, or set accessLogDirectory to another one.',
    });
  }
}
