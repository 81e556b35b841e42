import { one } from './fault.ts';
import type { FaultSessions, Registration } from './fault.ts';

/** What the gateway knows of the organisation on premises, as that organisation knows it itself. */
export async function registeredOnPremises(sessions: FaultSessions): Promise<Registration> {
  const { ApplicationIdentifier, ApplicationUri, OrgPrivCertificate, OrgPrevPrivCertificate } = await one(sessions, 'OnPremises', 'Get-FederationTrust');
  const { AccountNamespace, Domains } = await one(sessions, 'OnPremises', 'Get-FederatedOrganizationIdentifier');
  const names = (Array.isArray(Domains) ? Domains : []).map(String);
  const certificates: string[] = [];
  for (const thumbprint of [OrgPrivCertificate, OrgPrevPrivCertificate]) {
    if (typeof thumbprint !== 'string') continue;
    const [exported] = await sessions.OnPremises.invoke('Export-ExchangeCertificate', { Thumbprint: thumbprint }).catch(() => []);
    if (typeof exported?.['FileData'] === 'string') certificates.push(exported['FileData']);
  }
  return { applicationId: String(ApplicationIdentifier), uris: [...new Set([ApplicationUri, AccountNamespace].map(String))], domains: names, certificates };
}
