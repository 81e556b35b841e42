import { textOf } from '../observed.ts';
import { readTimes } from './certificate-store.ts';
import type { PlannedInvocation, PlanRenewal } from './renewal-plan.ts';
import { authServers, issuerThumbprints } from './issuer-entries.ts';

/** Keys that an issuer publishes and that are not known on premises are read. */
export const planTrustRefresh: PlanRenewal = async (view) => {
  const { ask, attempt, sources } = view;
  const trusts = await ask('OnPremises', 'Get-FederationTrust');
  if (trusts === undefined) return undefined;
  const invocations: PlannedInvocation[] = [];
  for (const { identity, known, published } of await authServers(view)) {
    if (isUnknown(published, known)) invocations.push({ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: identity, RefreshAuthMetadata: true } });
  }
  for (const trust of trusts) {
    const url = textOf(trust, 'TokenIssuerMetadataEpr');
    const metadata = url === '' ? undefined : await attempt('federation gateway', () => sources.fetchFederationMetadata(url));
    if (metadata === undefined || !isUnknown(metadata.certificates, issuerThumbprints(trust))) continue;
    const refresh: PlannedInvocation = { session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: textOf(trust, 'Name'), RefreshMetadata: true } };
    // The second time moves the former certificate to the previous one where the gateway publishes both.
    invocations.push(refresh, refresh);
  }
  const stages = invocations.length === 0 ? [] : [{ id: 'refresh', title: 'Read the keys that the issuers publish now', invocations }];
  return { topic: 'trust', title: 'Keys of token service and gateway', stages, notes: [] };
};

function isUnknown(published: readonly string[], known: ReadonlySet<string>): boolean {
  return published.some((certificate) => !known.has(readTimes(certificate)?.thumbprint ?? ''));
}
