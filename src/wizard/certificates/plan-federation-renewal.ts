import type { Observed } from '../observed.ts';
import { textOf } from '../observed.ts';
import { newFederationCertificate } from './new-federation-certificate.ts';
import { storedCertificate } from './certificate-store.ts';
import type { PlanRenewal, PlannedInvocation, RenewalStage } from './renewal-plan.ts';
import { ComputedValue, renewalDefaults } from './renewal-plan.ts';

const dayMs = 86_400_000;

/** The federation certificate's roll-over. The gateway encrypts to the next one from its publication on; tokens for the former are still read. */
export const planFederationRenewal: PlanRenewal = async ({ ask, now }, options) => {
  const settings = { ...renewalDefaults, ...options };
  const trusts = await ask('OnPremises', 'Get-FederationTrust');
  const certificates = await ask('OnPremises', 'Get-ExchangeCertificate');
  if (trusts === undefined || certificates === undefined) return undefined;
  const [trust] = trusts;
  if (trust === undefined) return { topic: 'federation', title: 'Federation certificate', stages: [], notes: ['There is no federation trust on premises.'] };

  const store = certificates.map((row) => ({ ...storedCertificate(row), isForFederation: isForFederation(row) }));
  const slot = (property: string): string => textOf(trust, property).toUpperCase();
  const [current, next, previous] = [slot('OrgPrivCertificate'), slot('OrgNextPrivCertificate'), slot('OrgPrevPrivCertificate')];
  const usable = store.filter(({ hasPrivateKey, notAfter }) => hasPrivateKey && (notAfter ?? 0) > now);
  const lastsUntil = usable.find(({ thumbprint }) => thumbprint === current)?.notAfter ?? 0;
  const stages: RenewalStage[] = [];
  const identity = textOf(trust, 'Name');
  if (next !== '' || settings.force || lastsUntil - now < settings.renewDays * dayMs) {
    const prepared = usable.filter(({ thumbprint, notAfter, isForFederation: isOne }) => isOne && ![current, previous].includes(thumbprint ?? '') && (notAfter ?? 0) >= lastsUntil && (notAfter ?? 0) - now > settings.renewDays * dayMs);
    const candidate = next === '' ? (prepared.toSorted((a, b) => (b.notAfter ?? 0) - (a.notAfter ?? 0))[0]?.thumbprint ?? '') : next;
    stages.push(...rollOver({ identity, next, candidate, missingOn: next === '' ? [] : await missingServers(ask, next) }));
  }
  return {
    topic: 'federation',
    title: `Federation certificate of '${identity}'`,
    stages,
    notes: stages.length === 0 ? [] : ['The proof of a domain depends on the certificate. Where the TXT record is asked for again, publish the new one: Get-FederatedDomainProof -DomainName <domain>.'],
  };
};

function isForFederation(row: Observed): boolean {
  return textOf(row, 'Subject') === 'CN=Federation' || textOf(row, 'Services').toLowerCase().includes('federation');
}

interface FederationFacts {
  identity: string;
  /** As named in the trust, or empty. */
  next: string;
  /** The certificate that is to follow; empty where it is still to be made. */
  candidate: string;
  /** Servers that do not have it. */
  missingOn: readonly string[];
}

function rollOver({ identity, next, candidate, missingOn }: FederationFacts): RenewalStage[] {
  const stages: RenewalStage[] = [];
  const set = (parameters: Record<string, unknown>): PlannedInvocation => ({ session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: identity, ...parameters } });
  if (candidate === '') stages.push({ id: 'make', title: 'Make the next certificate', invocations: [{ ...newFederationCertificate(), keepAs: 'next' }] });
  if (next === '') stages.push({ id: 'announce', title: 'Name it as the next certificate; Exchange brings it to every server', invocations: [set({ Thumbprint: candidate === '' ? new ComputedValue('$next.Thumbprint') : candidate })] });
  stages.push({
    id: 'publish',
    title: 'Register it with the gateway, make it the current one, and read the gateway’s metadata twice',
    ...(missingOn.length === 0 ? {} : { waitsFor: `the certificate on ${missingOn.join(', ')} (Test-FederationTrustCertificate)` }),
    invocations: [set({ PublishFederationCertificate: true }), set({ RefreshMetadata: true }), set({ RefreshMetadata: true })],
  });
  return stages;
}

async function missingServers(ask: Parameters<PlanRenewal>[0]['ask'], thumbprint: string): Promise<string[]> {
  const states = (await ask('OnPremises', 'Test-FederationTrustCertificate')) ?? [];
  return states.filter((row) => textOf(row, 'Thumbprint').toUpperCase() === thumbprint && textOf(row, 'State') !== 'Installed').map((row) => textOf(row, 'Server'));
}
