import { errorText } from '../../foundation/index.ts';
import { findCause } from '../knowledge/catalogue.ts';
import type { Cause, Failure } from '../knowledge/failure.ts';
import { recognizeFailures } from '../recognition/recognize-failures.ts';
import type { Recognition } from '../recognition/recognize-failures.ts';
import { NoSession } from './probe.ts';
import type { Finding, Probe, ProbeFacts, ProbeOutcome } from './probe.ts';

export interface ProbeReport {
  id: string;
  title: string;
  outcome: ProbeOutcome;
  durationMs: number;
}

/** A finding with what the catalogue knows of its cause. */
export interface ProvenCause extends Finding {
  failure: Failure;
  knowledge: Cause;
  risk: string;
  /** Whether the failed attempt's own text says so too. */
  isSeen: boolean;
}

export interface Diagnosis {
  /** `works`: it works. `proven`: it fails, and causes are proved. `unproven`: it fails, and no probe knows why. `unseen`: nobody could try it, and no probe failed. */
  verdict: 'works' | 'proven' | 'unproven' | 'unseen';
  probes: readonly ProbeReport[];
  /** What the failed attempt said. */
  text?: string;
  recognized: readonly Recognition[];
  /** The likeliest first. */
  causes: readonly ProvenCause[];
  /** What could not be looked at before a repair, each with its reason; absent where all could. */
  hidden?: readonly string[];
}

/** Why a probe was skipped after what failed has worked. */
export const worksAlready = 'it works';

/** Runs the probes in order; the first tries what fails. What works ends the search: states that nobody suffers from are no findings. */
export async function runProbes<Case, Facts extends ProbeFacts>(path: readonly Probe<Case, Facts>[], given: Case, facts: Facts, onProbe: (report: ProbeReport) => void): Promise<Diagnosis> {
  const probes: ProbeReport[] = [];
  for (const probe of path) {
    const started = performance.now();
    const outcome = facts.lookup?.ok === true ? ({ status: 'skipped', because: worksAlready } as const) : await attempt(probe, given, facts);
    if (outcome.status === 'fail' && outcome.findings.length > 0) facts.causes = [...(facts.causes ?? []), ...outcome.findings.map(({ cause }) => cause)];
    const report = { id: probe.id, title: probe.title, outcome, durationMs: performance.now() - started };
    probes.push(report);
    onProbe(report);
  }
  const text = facts.lookup?.ok === false ? facts.lookup.text : undefined;
  const recognized = text === undefined ? [] : recognizeFailures(text);
  const causes = rank(probes, recognized);
  const verdict = facts.lookup?.ok === true ? 'works' : causes.length > 0 ? 'proven' : text === undefined ? 'unseen' : 'unproven';
  return { verdict, probes, ...(text === undefined ? {} : { text }), recognized, causes, ...(verdict === 'works' || facts.hidden === undefined || facts.hidden.length === 0 ? {} : { hidden: facts.hidden }) };
}

async function attempt<Case, Facts>(probe: Probe<Case, Facts>, given: Case, facts: Facts): Promise<ProbeOutcome> {
  try {
    return await probe.run(given, facts);
  } catch (error) {
    return { status: 'skipped', because: error instanceof NoSession ? error.message : `it could not look: ${errorText(error)}` };
  }
}

/** A finding with what the catalogue knows of its cause; undefined where it knows none of that id. */
export function provenCause(finding: Finding): ProvenCause | undefined {
  const known = findCause(finding.cause);
  return known === undefined ? undefined : { ...finding, failure: known.failure, knowledge: known.cause, risk: finding.risk ?? known.cause.risk, isSeen: false };
}

/** Causes that the lookup's own text speaks of come first, then as they lie along the path. */
function rank(probes: readonly ProbeReport[], recognized: readonly Recognition[]): readonly ProvenCause[] {
  const explained = new Set(probes.flatMap(({ outcome }) => (outcome.status === 'fail' ? outcome.findings : [])).flatMap(({ cause }) => findCause(cause)?.cause.explains ?? []));
  const places = new Map(recognized.map(({ failure }, index) => [failure.id, index]));
  return probes
    .flatMap(({ outcome }) => (outcome.status === 'fail' ? outcome.findings : []))
    .filter(({ cause }) => !explained.has(cause))
    // Two probes may see the same, and it is to be repaired once.
    .filter(({ cause, proof }, at, all) => all.findIndex((known) => known.cause === cause && known.proof === proof) === at)
    .flatMap((finding) => {
      const known = provenCause(finding);
      return known === undefined ? [] : [{ ...known, isSeen: places.has(known.failure.id) }];
    })
    .toSorted((a, b) => (places.get(a.failure.id) ?? recognized.length) - (places.get(b.failure.id) ?? recognized.length));
}
