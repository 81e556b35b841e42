import type { Observed } from '../observed.ts';
import { textOf } from '../observed.ts';
import type { CertificateEntry, CertificateProblem, Counterpart } from './certificate-entry.ts';
import { readTimes, storedCertificate, unknownTimes } from './certificate-store.ts';
import type { SourceView } from './certificate-sources.ts';

const slots = [
  { property: 'OrgPrivCertificate', slot: 'current', role: 'current' },
  { property: 'OrgNextPrivCertificate', slot: 'next', role: 'next' },
  { property: 'OrgPrevPrivCertificate', slot: 'previous', role: 'past' },
] as const;

/** Both organisations' federation certificates, and whether the gateway encrypts to them. */
export async function federationEntries(view: SourceView): Promise<CertificateEntry[]> {
  const { sources, ask, attempt } = view;
  const entries: CertificateEntry[] = [];
  const onPremises = (await ask('OnPremises', 'Get-FederationTrust')) ?? [];
  const cloud = (await ask('Cloud', 'Get-FederationTrust')) ?? [];
  if (onPremises.length + cloud.length === 0) return [];
  const store = new Map(((await ask('OnPremises', 'Get-ExchangeCertificate')) ?? []).map(storedCertificate).map((certificate) => [certificate.thumbprint, certificate]));
  const { tokenService } = sources;
  const registered = await attempt('federation gateway', tokenService === undefined ? undefined : () => tokenService.listFederatedApplications());
  for (const [side, trusts] of [['on premises', onPremises], ['cloud', cloud]] as const) {
    for (const trust of trusts) {
      const application = registered?.find(({ applicationId }) => applicationId.toLowerCase() === textOf(trust, 'ApplicationIdentifier').toLowerCase());
      const known = new Map((application?.certificates ?? []).map(readTimes).map((certificate) => [certificate?.thumbprint, certificate]));
      for (const { property, slot, role } of slots) {
        const thumbprint = textOf(trust, property).toUpperCase();
        if (thumbprint === '') continue;
        const stored = side === 'cloud' ? undefined : store.get(thumbprint);
        const times = stored ?? known.get(thumbprint) ?? { ...unknownTimes, thumbprint };
        const state: Counterpart['state'] = registered === undefined ? 'unseen' : known.has(thumbprint) ? 'same' : role === 'current' ? 'missing' : 'none';
        entries.push({
          subject: times.subject,
          thumbprint,
          notBefore: times.notBefore,
          notAfter: times.notAfter,
          id: `federation-${side === 'cloud' ? 'cloud-' : ''}${slot}`,
          title: `Federation certificate${side === 'cloud' ? ' of the cloud' : ''}, ${slot}`,
          uses: [`${side}: FederationTrust ${textOf(trust, 'Name')}, signs requests and decrypts delegation tokens`, ...(state === 'same' ? ['federation gateway: encrypts to it'] : [])],
          counterpart: { state, detail: gatewayDetail(state, role) },
          role,
          renewal: side === 'cloud' ? 'by the operator of the cloud organisation' : 'hybridge certificates renew federation',
          problems: role === 'current' ? problemsOf(trust, side, stored !== undefined, stored?.hasPrivateKey === true, state) : [],
        });
      }
    }
  }
  return entries;
}

function gatewayDetail(state: Counterpart['state'], role: CertificateEntry['role']): string {
  if (state === 'unseen') return 'gateway: shows it to nobody';
  if (state === 'same') return 'gateway: same';
  return state === 'missing' ? 'gateway: missing' : role === 'next' ? 'gateway: not yet published' : 'gateway: not needed any more';
}

function problemsOf(trust: Observed, side: string, isStored: boolean, hasKey: boolean, state: Counterpart['state']): CertificateProblem[] {
  const problems: CertificateProblem[] = [];
  const text = 'delegation tokens cannot be decrypted: "An error occurred when processing the security tokens in the message".';
  if (side !== 'cloud' && !(isStored && hasKey)) {
    problems.push({ severity: 'critical', text: `The certificate is not in the certificate store${isStored ? ' with its key' : ''}; ${text}`, remedy: 'hybridge certificates renew federation' });
  }
  if (state === 'missing') problems.push({ severity: 'critical', text: `The gateway does not have it; ${text}`, remedy: `Set-FederationTrust '${textOf(trust, 'Name')}' -Thumbprint <thumbprint>, then -PublishFederationCertificate` });
  return problems;
}
