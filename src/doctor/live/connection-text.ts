import { errorText } from '../../foundation/index.ts';

/** What went wrong with a connection: of OpenSSL its reason, without its file names. */
export function connectionText(error: unknown): string {
  const said = errorText(error);
  const [, reason] = /SSL routines:[^:]*:([^:]+):/.exec(said) ?? [];
  return reason === undefined ? said.trim() : `TLS: ${reason}`;
}
