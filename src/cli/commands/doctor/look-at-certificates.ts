import { provenCause } from '../../../doctor/index.ts';
import type { ProvenCause, ReportProbe } from '../../../doctor/index.ts';
import { assessCertificates, takeInventory } from '../../../wizard/index.ts';
import type { CertificateSources } from '../../../wizard/index.ts';

type Assessed = ReturnType<typeof assessCertificates>['certificates'][number];

const warningDays = 30;
/** Of those that have ended, by the first word of an entry's id. */
const endedCauses: Readonly<Record<string, string>> = { tls: 'fb32-certificate-expired', federation: 'fb15-certificate-expired' };
/** By the first word of an entry's id. */
const causes: Readonly<Record<string, string>> = { auth: 'p3-auth', federation: 'p3-federation', tls: 'p3-tls', agent: 'p3-agent', relay: 'p3-agent' };

/** Each certificate is a probe: what it lacks, or how long it lasts. One that ends is a cause of failures to come. */
export async function lookAtCertificates(sources: CertificateSources, onProbe: (probe: ReportProbe) => void): Promise<{ probes: readonly ReportProbe[]; causes: readonly ProvenCause[] }> {
  const started = performance.now();
  const { certificates, unreached } = assessCertificates(await takeInventory(sources), { warningDays, criticalDays: 7 });
  const durationMs = (performance.now() - started) / Math.max(1, certificates.length + unreached.length);
  const probes: ReportProbe[] = [
    ...certificates.map((certificate): ReportProbe => {
      const { id, title, severity, daysLeft, problems, counterpart } = certificate;
      const isWell = severity === 'ok';
      const detail = isWell ? `${daysLeft === null ? 'its end is not known' : `${daysLeft} days left`}${counterpart.detail === '' ? '' : `; ${counterpart.detail}`}` : problems.map(({ text }) => text).join(' ') || `${daysLeft ?? 0} days left`;
      return { id: `certificate-${id}`, title: `certificate: ${title}`, status: isWell ? 'pass' : severity === 'unknown' ? 'skipped' : 'fail', detail, durationMs };
    }),
    ...unreached.map(({ side, reason }): ReportProbe => ({ id: `certificate-of-${side}`, title: `certificates of ${side}`, status: 'skipped', detail: `it could not be reached: ${reason}`, durationMs })),
  ];
  for (const probe of probes) onProbe(probe);
  return { probes, causes: certificates.flatMap(endingOf) };
}

function endingOf({ id, title, role, severity, subject, thumbprint, notAfter, daysLeft, problems }: Assessed): ProvenCause[] {
  const kind = id.split('-', 1)[0] ?? '';
  const cause = (daysLeft !== null && daysLeft < 0 ? endedCauses[kind] : undefined) ?? causes[kind];
  if (cause === undefined || role !== 'current' || severity === 'ok' || notAfter === null || daysLeft === null || daysLeft >= warningDays) return [];
  const proof = `${title}${subject === null ? '' : ` (${subject})`}${thumbprint === null ? '' : `, ${thumbprint}`}: ${problems.map(({ text }) => text).join(' ')} NotAfter ${new Date(notAfter).toISOString()}.`;
  return [provenCause({ cause, proof, repair: [], undo: [] })].flatMap((known) => known ?? []);
}
