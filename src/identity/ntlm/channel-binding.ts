import { createHash, X509Certificate } from 'node:crypto';
import { IdentityError } from '../identity-error.ts';
import type { AvPairs } from './av-pairs.ts';
import { avIds } from './av-pairs.ts';

/** Extended Protection of a virtual directory: whether sign-in must belong to this very TLS connection. */
export interface ChannelProtection {
  /** `Allow` checks what a client sends, `Require` also refuses clients that send nothing. */
  policy: 'None' | 'Allow' | 'Require';
  /** What clients of this server must send; see `channelBindingToken`. */
  token: Buffer;
}

const unsent = Buffer.alloc(16);

/**
 * The channel binding token for a server certificate (PEM): MD5 of a gss_channel_bindings_struct without addresses
 * ([MS-NLMP] 2.2.2.1, RFC 2744 §3.11) that holds `tls-server-end-point` (RFC 5929 §4.1). A client behind something that
 * ends TLS sees another certificate and sends another token.
 */
export function channelBindingToken(certificate: string): Buffer {
  const x509 = new X509Certificate(certificate);
  const [, strong] = /sha(384|512)/i.exec(x509.signatureAlgorithm ?? '') ?? [];
  const digest = createHash(`sha${strong ?? '256'}`).update(x509.raw).digest();
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), digest]);
  const head = Buffer.alloc(20);
  head.writeUInt32LE(data.length, 16);
  return createHash('md5').update(head).update(data).digest();
}

/**
 * True where the client has proved that it sees this server's certificate.
 *
 * @throws IdentityError `IDENTITY_NTLM_CHANNEL_BINDING`
 */
export function checkChannelBinding(targetInfo: AvPairs, { policy, token }: ChannelProtection): boolean {
  const sent = targetInfo.get(avIds.channelBindings) ?? unsent;
  const nothingSent = sent.equals(unsent);
  if (!nothingSent && sent.equals(token)) return true;
  if (policy === 'None' || (policy === 'Allow' && nothingSent)) return false;
  throw new IdentityError('IDENTITY_NTLM_CHANNEL_BINDING', 'The sign-in does not belong to this TLS connection (Extended Protection).', {
    facts: { policy, sent: sent.toString('hex') },
    remedy: 'Reach the server without anything that ends TLS on the way, or set ExtendedProtectionTokenChecking to None.',
  });
}
