import { textOf } from '../observed.ts';
import type { CertificateEntry } from './certificate-entry.ts';
import { readTimes, unknownTimes } from './certificate-store.ts';
import type { SourceView } from './certificate-sources.ts';

/** What the tenant believes of the identity providers of federated domains. They themselves are not asked. */
export async function identityProviderEntries({ ask }: SourceView): Promise<CertificateEntry[]> {
  const entries: CertificateEntry[] = [];
  for (const domain of (await ask('Tenant', 'Get-MgDomain', {})) ?? []) {
    if (textOf(domain, 'AuthenticationType') !== 'Federated') continue;
    const name = textOf(domain, 'Id');
    const settings = (await ask('Tenant', 'Get-MgDomainFederationConfiguration', { DomainId: name }))?.[0];
    const [current, next] = [textOf(settings, 'SigningCertificate'), textOf(settings, 'NextSigningCertificate')];
    if (current !== '') entries.push(entryOf(name, current, 'current'));
    if (next !== '' && next !== current) entries.push(entryOf(name, next, 'next'));
  }
  return entries;
}

function entryOf(domain: string, certificate: string, role: 'current' | 'next'): CertificateEntry {
  return {
    ...(readTimes(certificate) ?? unknownTimes),
    id: `identity-provider-${role}-${domain}`,
    title: `Identity provider of ${domain}${role === 'next' ? ', next' : ''}`,
    uses: [`tenant: federation of ${domain}`, 'identity provider: signs assertions'],
    counterpart: { state: 'unseen', detail: 'provider: not asked' },
    role,
    renewal: 'at the identity provider; Update-MgDomainFederationConfiguration -NextSigningCertificate before it rolls',
    problems: [],
  };
}
