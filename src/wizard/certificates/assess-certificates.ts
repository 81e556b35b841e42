import type { CertificateEntry, CertificateInventory, CertificateProblem, Severity } from './certificate-entry.ts';

export interface Thresholds {
  warningDays: number;
  criticalDays: number;
}

export interface AssessedCertificate extends CertificateEntry {
  severity: Severity;
  /** Whole days, negative after the end; null where it is not known. */
  daysLeft: number | null;
  /** What the reader found, and what the time says. */
  problems: readonly CertificateProblem[];
}

export interface Assessment {
  /** The worst of all: critical before warning before unknown, as Nagios' own plug-ins rank them. */
  severity: Severity;
  certificates: readonly AssessedCertificate[];
  unreached: CertificateInventory['unreached'];
}

const dayMs = 86_400_000;
const ranks: readonly Severity[] = ['ok', 'unknown', 'warning', 'critical'];

/** The worst of some; ok of none. */
export function worst(severities: readonly Severity[]): Severity {
  return severities.reduce<Severity>((found, severity) => (ranks.indexOf(severity) > ranks.indexOf(found) ? severity : found), 'ok');
}

/** Judges an inventory by time. A certificate whose work is done may end. */
export function assessCertificates({ takenAt, entries, unreached }: CertificateInventory, thresholds: Thresholds): Assessment {
  const certificates = entries.map((entry) => {
    const daysLeft = entry.notAfter === null ? null : Math.floor((entry.notAfter - takenAt) / dayMs);
    const problems = [...entry.problems, ...timeProblems(entry, takenAt, daysLeft, thresholds)];
    return { ...entry, daysLeft, problems, severity: worst(problems.map(({ severity }) => severity)) };
  });
  // A check that looked at nothing knows nothing.
  const nothing: Severity[] = certificates.length === 0 ? ['unknown'] : [];
  return { certificates, unreached, severity: worst([...certificates.map(({ severity }) => severity), ...unreached.map(() => 'unknown' as const), ...nothing]) };
}

function timeProblems(entry: CertificateEntry, now: number, daysLeft: number | null, { warningDays, criticalDays }: Thresholds): CertificateProblem[] {
  if (entry.role === 'past') return [];
  const remedy = entry.renewal;
  if (entry.role === 'current' && entry.notBefore !== null && entry.notBefore > now) {
    return [{ severity: 'critical', text: `It is not valid before ${new Date(entry.notBefore).toISOString()}.`, remedy: 'Check the clock of this machine and of the one that made it.' }];
  }
  if (daysLeft === null || entry.notAfter === null) return [];
  if (entry.notAfter <= now) return [{ severity: 'critical', text: `It ended on ${new Date(entry.notAfter).toISOString().slice(0, 10)}.`, remedy }];
  // What renews itself at 30 days left would else warn for a day of each round.
  const warnAt = entry.renewsItselfAtDays === undefined ? warningDays : Math.min(warningDays, entry.renewsItselfAtDays - 10);
  if (daysLeft < criticalDays) return [{ severity: 'critical', text: `It ends in ${daysLeft} days.`, remedy }];
  return daysLeft < warnAt ? [{ severity: 'warning', text: `It ends in ${daysLeft} days.`, remedy }] : [];
}
