import { errorCode } from '../foundation/index.ts';

/**
 * Exit codes that scripts can rely on, after sysexits.h where it has one; `negative` is the answer "no" of a command that
 * asks something, `notRunning` the one that LSB gives to `status`.
 */
export const exitCodes = { ok: 0, negative: 1, notRunning: 3, usage: 64, unavailable: 69, failed: 70, configuration: 78, stopped: 130 } as const;

const unavailable = /^(RELAY_ADMIN_UNREACHABLE|AGENT_RELAY_(UNREACHABLE|CERTIFICATE|ANSWER|SILENT)|AGENT_PROXY_.*|AGENT_SIGN_IN_UNREACHABLE)$/;

/** The exit code of a command that ended in an error. */
export function exitCodeOf(error: unknown): number {
  const code = errorCode(error) ?? '';
  if (code.startsWith('CONFIGURATION_') || code === 'AGENT_NOT_ENROLLED') return exitCodes.configuration;
  if (code === 'CLI_RELAY_PLACE' || code === 'CLI_RELAY_VALUE') return exitCodes.usage;
  return unavailable.test(code) ? exitCodes.unavailable : exitCodes.failed;
}
