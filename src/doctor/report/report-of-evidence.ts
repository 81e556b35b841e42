import type { EvidenceFinding, EvidenceReport } from '../evidence/conclude-evidence.ts';
import type { DoctorReport, ReportFinding } from './doctor-report.ts';

export function reportOfEvidence(evidence: EvidenceReport, title: string, madeAt: number): DoctorReport {
  const { verdict, findings, observations, timeline, files, notes } = evidence;
  const readable = files.some(({ kind }) => kind !== 'empty' && kind !== 'binary');
  return { title, status: findings.length > 0 ? 'wrong' : readable ? 'well' : 'unknown', verdict, madeAt, findings: findings.map(findingOf), observations, probes: [], timeline, files, notes };
}

function findingOf({ failure, cause, isProven, proof, evidence, count, firstAt, lastAt, others, ruledOut }: EvidenceFinding): ReportFinding {
  return {
    failure: failure.id,
    cause: cause.id,
    title: isProven ? cause.title : failure.title,
    // A code of our own with one cause says it once.
    symptom: isProven && failure.title.includes(cause.title) ? cause.title : failure.title,
    isProven,
    proof,
    evidence,
    count,
    ...(firstAt === undefined ? {} : { firstAt }),
    ...(lastAt === undefined ? {} : { lastAt }),
    why: `${isProven ? `${cause.why} ` : ''}${failure.underneath}`,
    repair: cause.repair,
    risk: cause.risk,
    check: failure.check,
    others: others.map(({ id, title: name }) => ({ id, title: name })),
    ruledOut: ruledOut.map(({ cause: { id, title: name }, because }) => ({ id, title: name, because })),
  };
}
