import { readTimes } from './certificate-store.ts';
import { authServers, federationTrusts } from './issuer-entries.ts';
import type { TrustingObject } from './issuer-entries.ts';
import type { PlannedInvocation, PlanRenewal } from './renewal-plan.ts';

/** Keys that an issuer publishes and that are not known on one of the sides are read there. */
export const planTrustRefresh: PlanRenewal = async (view) => {
  if ((await view.ask('OnPremises', 'Get-FederationTrust')) === undefined) return undefined;
  const invocations: PlannedInvocation[] = [];
  for (const { session, identity } of (await authServers(view)).filter(hasNews)) invocations.push({ session, cmdlet: 'Set-AuthServer', parameters: { Identity: identity, RefreshAuthMetadata: true } });
  for (const { session, identity } of (await federationTrusts(view)).filter(hasNews)) {
    const refresh: PlannedInvocation = { session, cmdlet: 'Set-FederationTrust', parameters: { Identity: identity, RefreshMetadata: true } };
    // The second time moves the former certificate to the previous one where the gateway publishes both.
    invocations.push(refresh, refresh);
  }
  const stages = invocations.length === 0 ? [] : [{ id: 'refresh', title: 'Read the keys that the issuers publish now', invocations }];
  return { topic: 'trust', title: 'Keys of token service and gateway', stages, notes: [] };
};

function hasNews({ published, known }: TrustingObject): boolean {
  return published.some((certificate) => !known.has(readTimes(certificate)?.thumbprint ?? ''));
}
