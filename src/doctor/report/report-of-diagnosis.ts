import type { CmdletInvocation } from '../../management/index.ts';
import type { Place, Step } from '../knowledge/failure.ts';
import type { Diagnosis, ProbeReport, ProvenCause } from '../live/run-probes.ts';
import type { Recognition } from '../recognition/recognize-failures.ts';
import type { DoctorReport, ReportFinding, ReportProbe } from './doctor-report.ts';

interface Diagnosed {
  probes: readonly ProbeReport[];
  causes: readonly ProvenCause[];
  /** What could not be looked at before a repair, each with its reason. */
  hidden?: readonly string[];
  /** Probes of other rooms, in the same form. */
  more?: readonly ReportProbe[];
}

export interface ReportWording {
  title: string;
  madeAt: number;
  /** A command as it is typed, `formatInvocation`. Given, since whoever only reads evidence has no cmdlets loaded. */
  formatInvocation: (invocation: CmdletInvocation) => string;
}

/** A live diagnosis as a report. One that works, though single probes fail, has no findings and `works` says so. */
export function reportOfDiagnosis({ probes, causes, hidden = [], more = [] }: Diagnosed, { title, madeAt, formatInvocation, works, text }: ReportWording & { works?: boolean; text?: string }): DoctorReport {
  const shown = [...probes.map(reportProbe), ...more];
  const failed = shown.filter(({ status }) => status === 'fail');
  const status = works === true ? 'well' : causes.length > 0 || failed.length > 0 ? 'wrong' : shown.some((probe) => probe.status === 'pass') ? 'well' : 'unknown';
  const [first] = causes;
  // Several topics go the same way.
  const unproved = first === undefined ? new Set(failed.filter(({ id }) => !isAttempt(id)).map((probe) => `${probe.title}: ${probe.detail}`)) : [];
  const verdict = first !== undefined && status === 'wrong' ? `${first.knowledge.title}.` : status === 'wrong' ? `${failed.length} probe${failed.length === 1 ? '' : 's'} failed: ${[...new Set(failed.map((probe) => probe.title))].join(', ')}.` : status === 'well' ? 'Every probe that could look found all well.' : 'Nothing could be looked at.';
  return { title, status, verdict, madeAt, findings: [...Map.groupBy(causes, ({ cause }) => cause).values()].flatMap((proved) => findingOf(proved, formatInvocation)), observations: [...(text === undefined ? [] : [{ text: `The lookup says: ${text}` }]), ...[...unproved].map((said) => ({ text: said })), ...[...new Set(hidden)].map((what) => ({ text: `Could not be looked at: ${what}. Run the doctor again after the repair.` }))], probes: shown, timeline: [], files: [], notes: [] };
}

/** The diagnosis of one lookup. Where no probe proves a cause, what the lookup's own text is known for is the finding. */
export function reportOfLookup(diagnosis: Diagnosis, wording: ReportWording): DoctorReport {
  const { verdict, text, recognized } = diagnosis;
  const report = reportOfDiagnosis(diagnosis, { ...wording, works: verdict === 'works', ...(text === undefined ? {} : { text }) });
  if (verdict === 'works') return { ...report, verdict: 'The lookup works: there is nothing to repair.' };
  if (verdict === 'unseen' && report.status === 'well') return { ...report, verdict: 'No probe failed, and nobody could repeat the lookup: nothing is known to be wrong.' };
  if (verdict !== 'unproven') return report;
  const [likely] = recognized;
  return { ...report, status: 'wrong', verdict: likely === undefined ? 'The lookup fails, and no probe proves why.' : `The lookup fails as ${likely.failure.id} does (${likely.failure.title}), and no probe proves which of its causes it is.`, findings: likely === undefined ? [] : suspicionOf(likely) };
}

function suspicionOf({ failure, causes }: Recognition): ReportFinding[] {
  const [first, ...others] = causes;
  if (first === undefined) return [];
  return [{ failure: failure.id, cause: first.id, title: failure.title, symptom: failure.title, isProven: false, proof: [], evidence: [], why: failure.underneath, repair: first.repair, risk: first.risk, check: failure.check, others: others.map(({ id, title }) => ({ id, title })), ruledOut: [] }];
}

export function reportProbe({ id, title, outcome, durationMs }: ProbeReport): ReportProbe {
  return { id, title, status: outcome.status, detail: outcome.status === 'skipped' ? outcome.because : outcome.detail, durationMs };
}

/** Probes whose failure is told as what the person saw. */
export function isAttempt(id: string): boolean {
  return /(?:^|-)(?:lookup|attempt)$/.test(id);
}

const places: Readonly<Record<CmdletInvocation['session'], Place>> = { OnPremises: 'on-premises', Cloud: 'cloud', Tenant: 'tenant', Relay: 'wizard' };

/** One cause, however many probes prove it. */
function findingOf(proved: readonly ProvenCause[], formatInvocation: ReportWording['formatInvocation']): ReportFinding[] {
  const [first] = proved;
  if (first === undefined) return [];
  const { failure, knowledge } = first;
  const steps: Step[] = proved.flatMap(({ repair }) => repair).map((invocation) => ({ on: places[invocation.session], run: formatInvocation(invocation) }));
  return [{
    failure: failure.id,
    cause: knowledge.id,
    title: knowledge.title,
    symptom: failure.title,
    isProven: true,
    proof: [...new Set(proved.map(({ proof }) => proof))],
    evidence: [],
    why: `${knowledge.why} ${failure.underneath}`,
    repair: steps.length > 0 ? steps : knowledge.repair,
    risk: first.risk,
    check: failure.check,
    others: [],
    ruledOut: [],
  }];
}
