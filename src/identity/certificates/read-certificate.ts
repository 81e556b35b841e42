import { createHash, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { IdentityError } from '../identity-error.ts';

/** No certificate that we meet comes near this. */
const longestCertificate = 32_768;

export interface CertificateFacts {
  subject: string;
  issuer: string;
  /** Upper-case hex, as Windows shows it. */
  serialNumber: string;
  /** Epoch milliseconds. */
  notBefore: number;
  /** Epoch milliseconds. */
  notAfter: number;
  /** Upper-case hex SHA-1 of the DER form, as Windows shows it. */
  thumbprint: string;
  /** base64url SHA-1 of the DER form (RFC 7515 §4.1.7). */
  x5t: string;
  /** base64url SHA-256 of the DER form (RFC 7515 §4.1.8). */
  x5tS256: string;
  /** DNS names and IP addresses of the subject alternative name. */
  hosts: readonly string[];
  publicKey: KeyObject;
  der: Buffer;
}

/**
 * Reads one certificate: PEM, or DER in base64 as directories and metadata documents carry it. The signature is not
 * checked.
 *
 * @throws IdentityError `IDENTITY_CERTIFICATE_UNREADABLE`
 */
export function readCertificate(certificate: string): CertificateFacts {
  const parsed = parse(certificate);
  const der = parsed.raw;
  return {
    subject: oneLine(parsed.subject),
    issuer: oneLine(parsed.issuer),
    serialNumber: parsed.serialNumber,
    notBefore: parsed.validFromDate.getTime(),
    notAfter: parsed.validToDate.getTime(),
    thumbprint: createHash('sha1').update(der).digest('hex').toUpperCase(),
    x5t: createHash('sha1').update(der).digest('base64url'),
    x5tS256: createHash('sha256').update(der).digest('base64url'),
    hosts: hostsOf(parsed.subjectAltName),
    publicKey: parsed.publicKey,
    der,
  };
}

/** Upper-case hex SHA-1 of a certificate, as Windows shows it. */
export function certificateThumbprint(certificate: string): string {
  return readCertificate(certificate).thumbprint;
}

/** base64url SHA-1 of a certificate: the `x5t` header of what its key signs. */
export function certificateX5t(certificate: string): string {
  return readCertificate(certificate).x5t;
}

/** A certificate's DER form in base64 without line breaks, as key credentials and metadata documents carry it. */
export function certificateBase64(certificate: string): string {
  return readCertificate(certificate).der.toString('base64');
}

/** The PEM form of a certificate given as PEM or base64 DER. */
export function certificatePem(certificate: string): string {
  return parse(certificate).toString();
}

function parse(certificate: string): X509Certificate {
  if (certificate.length > longestCertificate) throw new IdentityError('IDENTITY_CERTIFICATE_UNREADABLE', 'The certificate is too long.');
  try {
    const text = certificate.trim();
    return new X509Certificate(text.startsWith('-----') ? text : Buffer.from(text, 'base64'));
  } catch (error) {
    throw new IdentityError('IDENTITY_CERTIFICATE_UNREADABLE', 'The certificate cannot be read.', {
      cause: error,
      remedy: 'Give one X.509 certificate as PEM, or its DER form in base64.',
    });
  }
}

/** OpenSSL prints a name one part a line, root first; Windows prints `CN=…, O=…` in one line, leaf first. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').reverse().join(', ');
}

function hostsOf(subjectAltName: string | undefined): string[] {
  return (subjectAltName ?? '').split(', ').flatMap((name) => {
    const host = /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1];
    return host === undefined ? [] : [host];
  });
}
