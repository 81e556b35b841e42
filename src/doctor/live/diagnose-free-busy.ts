import type { FreeBusyCase, FreeBusyFacts, FreeBusyProbe } from './free-busy-case.ts';
import { withKnownNames } from './known-names.ts';
import { runProbes } from './run-probes.ts';
import type { Diagnosis, ProbeReport } from './run-probes.ts';
import { applicationRights } from './probes/application-rights.ts';
import { byExclusion } from './probes/by-exclusion.ts';
import { calendarPermission } from './probes/calendar-permission.ts';
import { clientDiscovery } from './probes/client-discovery.ts';
import { clocks } from './probes/clocks.ts';
import { dedicatedApplication } from './probes/dedicated-application.ts';
import { delegationToken } from './probes/delegation-token.ts';
import { endpoint } from './probes/endpoint.ts';
import { gateway } from './probes/gateway.ts';
import { grants } from './probes/grants.ts';
import { lookUp } from './probes/look-up.ts';
import { parties } from './probes/parties.ts';
import { pathBelow } from './probes/path-below.ts';
import { recipient } from './probes/recipient.ts';
import { relayAgents } from './probes/relay-agents.ts';
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

/** Along the path of a lookup: what the asking side decides, the way, and what the answering side demands. */
const path: readonly FreeBusyProbe[] = [lookUp, parties, clientDiscovery, recipient, route, clocks, endpoint, relayAgents, pathBelow, tokenPassage, serverVersion, signInMethods, signingCertificate, dedicatedApplication, applicationRights, issuerKeys, requester, gateway, delegationToken, trustMetadata, routingAddress, grants, workingHours, calendarPermission, byExclusion];

/** Finds out why a lookup fails. Reads only. */
export async function diagnoseFreeBusy(given: FreeBusyCase, onProbe: (report: ProbeReport) => void = () => undefined): Promise<Diagnosis> {
  // Without those that turn out not to answer.
  const sessions = { ...given.sessions };
  const facts: FreeBusyFacts = {};
  const diagnosis = await runProbes<FreeBusyCase, FreeBusyFacts>(path, { ...given, sessions }, facts, onProbe).finally(() => facts.beyond?.destroy());
  const { asker, whom, askingSide } = given;
  const [cloudUser, premisesUser] = askingSide === 'Cloud' ? [asker, whom] : [whom, asker];
  return { ...diagnosis, causes: await withKnownNames(diagnosis.causes, { sessions, cloudUser, premisesUser, asker, whom }) };
}
