import { dialTls } from '../../foundation/index.ts';
import type { Dial } from '../../foundation/index.ts';
import { certificatePem } from './read-certificate.ts';

export interface ReadServedCertificateOptions {
  dial: Dial;
  /** Name or address; the certificate is judged for it. */
  host: string;
  port: number;
  /** PEM of authorities to judge by instead of the built-in ones. */
  ca?: readonly string[];
  /** For connection and handshake together. Default 10,000. */
  timeoutMs?: number;
}

export interface ServedCertificate {
  /** PEM. */
  certificate: string;
  /** Whether a client that trusts `ca` would go on. */
  isTrusted: boolean;
  /** OpenSSL's or Node's code where it would not: `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID`… */
  reason?: string;
}

/**
 * The certificate that a TLS server shows. It is judged, not refused: an expired one is what people look for. Nothing is
 * sent after the handshake. Rejects as `dialTls` does where there is no handshake.
 */
export async function readServedCertificate(options: ReadServedCertificateOptions): Promise<ServedCertificate> {
  const { dial, host, port, ca, timeoutMs = 10_000 } = options;
  const socket = await dialTls({ dial, host, port, signal: AbortSignal.timeout(timeoutMs), rejectUnauthorized: false, ...(ca === undefined ? {} : { ca: [...ca] }) });
  try {
    socket.on('error', () => undefined);
    const peer = socket.getPeerX509Certificate();
    if (peer === undefined) throw Object.assign(new Error('The server showed no certificate.'), { code: 'ERR_TLS_NO_CERTIFICATE' });
    // A code, whatever the types say: https://nodejs.org/api/tls.html#tlssocketauthorizationerror.
    const reason = socket.authorized ? undefined : String(socket.authorizationError);
    return { certificate: certificatePem(peer.toString()), isTrusted: socket.authorized, ...(reason === undefined ? {} : { reason }) };
  } finally {
    socket.destroy();
  }
}
