import type { PeerCertificate } from 'node:tls';

/**
 * Whether a certificate has a name, as connectors ask for it: `mail.contoso.com`, or `*.contoso.com` for any below. A
 * wild card in the certificate stands for one label (RFC 6125 §6.4.3).
 */
export function certificateHasName(certificate: Pick<PeerCertificate, 'subject' | 'subjectaltname'>, wanted: string): boolean {
  const pattern = wanted.toLowerCase();
  return namesOf(certificate).some((name) => {
    if (name === pattern) return true;
    if (pattern.startsWith('*.')) return name.replace(/^\*\./, '').endsWith(pattern.slice(1)) || name === pattern.slice(2);
    return name.startsWith('*.') && pattern.replace(/^[^.]+/, '*') === name;
  });
}

/** The DNS names of a certificate; its common name where there are none. Names in quotes are not for this. */
function namesOf({ subject, subjectaltname }: Pick<PeerCertificate, 'subject' | 'subjectaltname'>): readonly string[] {
  const alternatives = (subjectaltname ?? '').split(', ').flatMap((entry) => (/^DNS:[^"]+$/.test(entry) ? [entry.slice(4).toLowerCase()] : []));
  if (alternatives.length > 0) return alternatives;
  const common: unknown = subject?.CN;
  return typeof common === 'string' ? [common.toLowerCase()] : [];
}
