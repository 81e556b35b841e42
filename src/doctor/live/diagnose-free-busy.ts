import { errorText } from '../../foundation/index.ts';
import { findCause } from '../knowledge/catalogue.ts';
import type { Cause, Failure } from '../knowledge/failure.ts';
import { recognizeFailures } from '../recognition/recognize-failures.ts';
import type { Recognition } from '../recognition/recognize-failures.ts';
import { NoSession } from './free-busy-case.ts';
import type { Finding, FreeBusyCase, FreeBusyFacts, FreeBusyProbe, ProbeOutcome } from './free-busy-case.ts';
import { applicationRights } from './probes/application-rights.ts';
import { byExclusion } from './probes/by-exclusion.ts';
import { calendarPermission } from './probes/calendar-permission.ts';
import { dedicatedApplication } from './probes/dedicated-application.ts';
import { delegationToken } from './probes/delegation-token.ts';
import { endpoint } from './probes/endpoint.ts';
import { gateway } from './probes/gateway.ts';
import { grants } from './probes/grants.ts';
import { lookUp } from './probes/look-up.ts';
import { pathBelow } from './probes/path-below.ts';
import { recipient } from './probes/recipient.ts';
import { requester } from './probes/requester.ts';
import { route } from './probes/route.ts';
import { routingAddress } from './probes/routing-address.ts';
import { serverVersion } from './probes/server-version.ts';
import { signInMethods } from './probes/sign-in-methods.ts';
import { signingCertificate } from './probes/signing-certificate.ts';
import { tokenPassage } from './probes/token-passage.ts';
import { workingHours } from './probes/working-hours.ts';
import { issuerKeys } from './probes/issuer-keys.ts';
import { trustMetadata } from './probes/trust-metadata.ts';

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
  /** Whether the failed lookup's own text says so too. */
  isSeen: boolean;
}

export interface FreeBusyDiagnosis {
  /** `works`: the lookup answers. `proven`: it fails, and causes are proved. `unproven`: it fails, and no probe knows why. `unseen`: nobody could look it up, and no probe failed. */
  verdict: 'works' | 'proven' | 'unproven' | 'unseen';
  probes: readonly ProbeReport[];
  /** What the failed lookup said. */
  text?: string;
  recognized: readonly Recognition[];
  /** The likeliest first. */
  causes: readonly ProvenCause[];
}

/** Along the path of a lookup: what the asking side decides, the way, and what the answering side demands. */
const path: readonly FreeBusyProbe[] = [recipient, route, endpoint, pathBelow, tokenPassage, serverVersion, signInMethods, signingCertificate, dedicatedApplication, applicationRights, issuerKeys, requester, gateway, delegationToken, trustMetadata, routingAddress, grants, workingHours, calendarPermission, byExclusion];

/**
 * Finds out why a lookup fails. A lookup that works ends the search: states that nobody suffers from are no findings.
 * Reads only.
 */
export async function diagnoseFreeBusy(given: FreeBusyCase, onProbe: (report: ProbeReport) => void = () => undefined): Promise<FreeBusyDiagnosis> {
  const facts: FreeBusyFacts = {};
  const probes: ProbeReport[] = [];
  const run = async (probe: FreeBusyProbe): Promise<void> => {
    const started = performance.now();
    const outcome = facts.lookup?.ok === true ? ({ status: 'skipped', because: 'the lookup works' } as const) : await attempt(probe, given, facts);
    if (outcome.status === 'fail' && outcome.findings.length > 0) facts.hasFindings = true;
    const report = { id: probe.id, title: probe.title, outcome, durationMs: performance.now() - started };
    probes.push(report);
    onProbe(report);
  };
  await run(lookUp);
  for (const probe of path) await run(probe);
  const text = facts.lookup?.ok === false ? facts.lookup.text : undefined;
  const recognized = text === undefined ? [] : recognizeFailures(text);
  const causes = rank(probes, recognized);
  const verdict = facts.lookup?.ok === true ? 'works' : causes.length > 0 ? 'proven' : text === undefined ? 'unseen' : 'unproven';
  return { verdict, probes, ...(text === undefined ? {} : { text }), recognized, causes };
}

async function attempt(probe: FreeBusyProbe, given: FreeBusyCase, facts: FreeBusyFacts): Promise<ProbeOutcome> {
  try {
    return await probe.run(given, facts);
  } catch (error) {
    return { status: 'skipped', because: error instanceof NoSession ? error.message : `it could not look: ${errorText(error)}` };
  }
}

/** Causes that the lookup's own text speaks of come first, then as they lie along the path. */
function rank(probes: readonly ProbeReport[], recognized: readonly Recognition[]): readonly ProvenCause[] {
  const places = new Map(recognized.map(({ failure }, index) => [failure.id, index]));
  return probes
    .flatMap(({ outcome }) => (outcome.status === 'fail' ? outcome.findings : []))
    .flatMap((finding) => {
      const known = findCause(finding.cause);
      return known === undefined ? [] : [{ ...finding, failure: known.failure, knowledge: known.cause, isSeen: places.has(known.failure.id) }];
    })
    .toSorted((a, b) => (places.get(a.failure.id) ?? recognized.length) - (places.get(b.failure.id) ?? recognized.length));
}
