import { readCertificate } from '../../identity/index.ts';
import type { Observed } from '../observed.ts';
import { isTrue, textOf } from '../observed.ts';
import type { CertificateEntry } from './certificate-entry.ts';

export type CertificateTimes = Pick<CertificateEntry, 'subject' | 'thumbprint' | 'notBefore' | 'notAfter'>;

/** What a line of Get-ExchangeCertificate says about a certificate. */
export function storedCertificate(observed: Observed): CertificateTimes & { hasPrivateKey: boolean } {
  return {
    subject: textOf(observed, 'Subject'),
    thumbprint: textOf(observed, 'Thumbprint').toUpperCase(),
    notBefore: timeOf(observed, 'NotBefore'),
    notAfter: timeOf(observed, 'NotAfter'),
    // Some shells leave the property out of what they serialise; only a plain "no" is one.
    hasPrivateKey: observed['HasPrivateKey'] === undefined || isTrue(observed, 'HasPrivateKey'),
  };
}

/** The same of a certificate itself, PEM or base64 DER; undefined where it is none. */
export function readTimes(certificate: string): (CertificateTimes & { thumbprint: string; notAfter: number }) | undefined {
  try {
    const { subject, thumbprint, notBefore, notAfter } = readCertificate(certificate);
    return { subject, thumbprint, notBefore, notAfter };
  } catch {
    return undefined;
  }
}

/** A time as cmdlets give it, epoch milliseconds. */
export function timeOf(observed: Observed | undefined, property: string): number | null {
  const value = observed?.[property];
  const time = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(time) ? time : null;
}

export const unknownTimes: CertificateTimes = { subject: null, thumbprint: null, notBefore: null, notAfter: null };
