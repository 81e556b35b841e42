import type { Assessment } from '../../../wizard/index.ts';

/** For scripts: times in ISO 8601. */
export function certificatesJson({ severity, certificates, unreached }: Assessment): string {
  const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  const shown = certificates.map(({ id, title, severity: state, subject, thumbprint, notBefore, notAfter, daysLeft, role, uses, counterpart, renewal, problems }) => ({
    id,
    title,
    severity: state,
    subject,
    thumbprint,
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    daysLeft,
    role,
    uses,
    otherSide: counterpart,
    renewal,
    problems,
  }));
  return JSON.stringify({ severity, certificates: shown, unreached }, undefined, 2);
}
