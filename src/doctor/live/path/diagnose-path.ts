import { errorText } from '../../../foundation/index.ts';
import { findCause } from '../../knowledge/catalogue.ts';
import type { ProbeReport, ProvenCause } from '../run-probes.ts';
import { NoSession } from '../free-busy-case.ts';
import type { ProbeOutcome } from '../free-busy-case.ts';
import type { PathCase, PathFacts, PathProbe } from './path-case.ts';
import { agentLinks } from './probes/agent-links.ts';
import { agentEndpoint, modernEndpoint } from './probes/choose-endpoint.ts';
import { clientProfile } from './probes/client-profile.ts';
import { connection } from './probes/connection.ts';
import { defaultAuthServer } from './probes/default-auth-server.ts';
import { directoriesTakeTokens } from './probes/directories-take-tokens.ts';
import { ewsAnswer } from './probes/ews-answer.ts';
import { autodiscoverAnswer } from './probes/autodiscover-answer.ts';
import { challenge } from './probes/challenge.ts';
import { movesAllowed } from './probes/moves-allowed.ts';
import { nameResolution } from './probes/name-resolution.ts';
import { preAuthentication } from './probes/pre-authentication.ts';
import { servicePrincipalNames } from './probes/service-principal-names.ts';
import { tlsChain } from './probes/tls-chain.ts';
import { tlsVersions } from './probes/tls-versions.ts';
import { tokenEndpoint } from './probes/token-endpoint.ts';

export type PathTopic = 'hma' | 'agent';

export interface PathDiagnosis {
  probes: readonly ProbeReport[];
  /** As they lie along the path. */
  causes: readonly ProvenCause[];
}

const network = [nameResolution, connection, tlsVersions, tlsChain, preAuthentication] as const;

/** The probes of a topic, in the order of the path: configuration, network, sign-in, what is behind it. */
const paths: Readonly<Record<PathTopic, readonly PathProbe[]>> = {
  hma: [clientProfile, defaultAuthServer, directoriesTakeTokens, servicePrincipalNames, modernEndpoint, ...network, challenge, tokenEndpoint, autodiscoverAnswer, ewsAnswer],
  agent: [agentLinks, movesAllowed, agentEndpoint, ...network, autodiscoverAnswer, ewsAnswer],
};

/** Looks along a path. Reads only; what cannot be looked at is skipped, with the reason. */
export async function diagnosePath(topic: PathTopic, given: PathCase, onProbe: (report: ProbeReport) => void = () => undefined): Promise<PathDiagnosis> {
  const facts: PathFacts = {};
  const probes: ProbeReport[] = [];
  for (const probe of paths[topic]) {
    const started = performance.now();
    const outcome = await attempt(probe, given, facts);
    const report = { id: probe.id, title: probe.title, outcome, durationMs: performance.now() - started };
    probes.push(report);
    onProbe(report);
  }
  const causes = probes.flatMap(({ outcome }) => (outcome.status === 'fail' ? outcome.findings : [])).flatMap((finding) => {
    const known = findCause(finding.cause);
    return known === undefined ? [] : [{ ...finding, failure: known.failure, knowledge: known.cause, isSeen: false }];
  });
  return { probes, causes };
}

async function attempt(probe: PathProbe, given: PathCase, facts: PathFacts): Promise<ProbeOutcome> {
  try {
    return await probe.run(given, facts);
  } catch (error) {
    return { status: 'skipped', because: error instanceof NoSession ? error.message : `it could not look: ${errorText(error)}` };
  }
}
