import { withKnownNames } from '../known-names.ts';
import { runProbes } from '../run-probes.ts';
import type { Diagnosis, ProbeReport } from '../run-probes.ts';
import type { PathCase, PathFacts, PathProbe } from './path-case.ts';
import { account } from './probes/account.ts';
import { agentReports } from './probes/agent-reports.ts';
import { agentLinks } from './probes/agent-links.ts';
import { attempt } from './probes/attempt.ts';
import { authCertificate } from './probes/auth-certificate.ts';
import { autodiscoverAnswer } from './probes/autodiscover-answer.ts';
import { challenge } from './probes/challenge.ts';
import { agentEndpoint, modernEndpoint, moveEndpoint } from './probes/choose-endpoint.ts';
import { clientMachine } from './probes/client-machine.ts';
import { clientProfile } from './probes/client-profile.ts';
import { clocks } from './probes/clocks.ts';
import { connection } from './probes/connection.ts';
import { connectorsEnabled } from './probes/connectors-enabled.ts';
import { defaultAuthServer } from './probes/default-auth-server.ts';
import { directoriesTakeTokens } from './probes/directories-take-tokens.ts';
import { ewsAnswer } from './probes/ews-answer.ts';
import { grant } from './probes/grant.ts';
import { movesAllowed } from './probes/moves-allowed.ts';
import { mrsProxyAnswer } from './probes/mrs-proxy-answer.ts';
import { nameResolution } from './probes/name-resolution.ts';
import { parties } from './probes/parties.ts';
import { preAuthentication } from './probes/pre-authentication.ts';
import { serverRights } from './probes/server-rights.ts';
import { servicePrincipalNames } from './probes/service-principal-names.ts';
import { sides } from './probes/sides.ts';
import { tlsChain } from './probes/tls-chain.ts';
import { tlsVersions } from './probes/tls-versions.ts';
import { tokenEndpoint } from './probes/token-endpoint.ts';

export type PathTopic = 'hma' | 'agent' | 'move' | 'setup';

const network = [nameResolution, connection, tlsVersions, tlsChain, preAuthentication] as const;

/** The probes of a topic, in the order of the path: what failed, configuration, network, sign-in, what is behind it. */
const paths: Readonly<Record<PathTopic, readonly PathProbe[]>> = {
  hma: [attempt, parties, clocks, clientMachine, clientProfile, defaultAuthServer, directoriesTakeTokens, servicePrincipalNames, account, grant, modernEndpoint, ...network, challenge, tokenEndpoint, autodiscoverAnswer, ewsAnswer],
  agent: [parties, clocks, agentLinks, agentReports, movesAllowed, agentEndpoint, ...network, autodiscoverAnswer, ewsAnswer],
  setup: [attempt, authCertificate, sides, connectorsEnabled],
  move: [attempt, parties, movesAllowed, serverRights, agentLinks, moveEndpoint, ...network, mrsProxyAnswer],
};

/** Finds out why people do not get in with modern authentication, why the agent does not carry, or why moves are refused, or why the wizard ends with a warning. Reads only. */
export async function diagnosePath(topic: PathTopic, given: PathCase, onProbe: (report: ProbeReport) => void = () => undefined): Promise<Diagnosis> {
  // Without those that turn out not to answer.
  const sessions = { ...given.sessions };
  const facts: PathFacts = {};
  const diagnosis = await runProbes<PathCase, PathFacts>(paths[topic], { ...given, sessions }, facts, onProbe).finally(() => facts.beyond?.destroy());
  const { url, unreachable } = facts;
  const hidden = url === undefined || unreachable === undefined || diagnosis.verdict === 'works' ? {} : { hidden: [...(diagnosis.hidden ?? []), `what is behind ${url.host}, because ${unreachable}`] };
  return { ...diagnosis, ...hidden, causes: await withKnownNames(diagnosis.causes, { sessions, premisesUser: given.user, url: given.url, check: { on: 'client', act: 'Run the same hybridge doctor command again: no probe fails.' } }) };
}
