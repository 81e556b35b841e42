import { errorCode } from '../../foundation/index.ts';
import type { RefusalCode } from '../../tunnel/index.ts';

/** OpenSSL's and Node's codes for a peer certificate that is not accepted (`X509_V_ERR_…` without the prefix). */
export function isCertificateError(code: string | undefined): code is string {
  return code !== undefined && (/^(CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE)/.test(code));
}

/** The refusal that tells the relay why no connection with a target came about. */
export function refusalOfDialFailure(error: unknown): RefusalCode {
  const code = errorCode(error);
  if (isCertificateError(code)) return 'AGENT_TARGET_CERTIFICATE';
  if (code === 'DIAL_ABORTED' || code === 'DIAL_TIMEOUT' || code === 'ETIMEDOUT') return 'AGENT_TARGET_TIMEOUT';
  if (code === 'AGENT_TARGET_NOT_ALLOWED') return code;
  return 'AGENT_TARGET_UNREACHABLE';
}
