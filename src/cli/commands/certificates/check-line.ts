import type { Assessment, Severity, Thresholds } from '../../../wizard/index.ts';

/** Exit codes of Nagios and all that call its plug-ins (Nagios Plugin Development Guidelines, "Plugin Return Codes"). */
export const checkExitCodes: Readonly<Record<Severity, number>> = { ok: 0, warning: 1, critical: 2, unknown: 3 };

/** The first line of a plug-in's output, with the days left of each certificate as performance data (`'label'=value;warn;crit`). */
export function checkLine({ severity, certificates, unreached }: Assessment, { warningDays, criticalDays }: Thresholds): string {
  const count = (wanted: Severity): number => certificates.filter((certificate) => certificate.severity === wanted).length;
  const soonest = certificates.filter(({ role, daysLeft }) => role !== 'past' && daysLeft !== null).toSorted((a, b) => (a.daysLeft ?? 0) - (b.daysLeft ?? 0))[0];
  const parts = [
    certificates.length === 1 ? '1 certificate' : `${certificates.length} certificates`,
    ...(['critical', 'warning'] as const).flatMap((wanted) => (count(wanted) === 0 ? [] : [`${count(wanted)} ${wanted}`])),
    ...(unreached.length === 0 ? [] : [`not reached: ${[...new Set(unreached.map(({ side }) => side))].join(', ')}`]),
    ...(soonest === undefined ? [] : [`next to end: ${soonest.title} in ${soonest.daysLeft} days`]),
  ];
  // The text ends at the first bar; labels may hold anything but quotes and equals signs.
  const data = certificates.flatMap(({ id, daysLeft, role }) => (daysLeft === null || role === 'past' ? [] : [`'${id.replace(/['=|]/g, '_')}'=${daysLeft};${warningDays};${criticalDays}`]));
  return `CERTIFICATES ${severity.toUpperCase()} - ${parts.join(', ').replaceAll('|', '/')}${data.length === 0 ? '' : ` | ${data.join(' ')}`}`;
}
