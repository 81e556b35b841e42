import { forgetTokens, one, overDelegation, together, toOnPremises } from './fault.ts';
import type { Fault, FaultSessions, Registration } from './fault.ts';

/** The gateway has lost the registration of the organisation on premises. Its operator can write it anew, from what the organisation itself knows of it. */
export const notFederated: Fault = {
  id: 'w2-not-federated',
  symptom: toOnPremises,
  trust: 'DAuth',
  async plan(sessions) {
    const registration = await registered(sessions);
    return together(await overDelegation(sessions), { inject: [{ loseRegistration: registration.applicationId }, ...(await forgetTokens(sessions))], undo: [{ restoreRegistration: registration }, ...(await forgetTokens(sessions))] });
  },
};

async function registered(sessions: FaultSessions): Promise<Registration> {
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
