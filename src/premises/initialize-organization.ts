import type { Clock } from '../foundation/index.ts';
import { createAuthCertificate, readCertificate } from '../identity/index.ts';
import type { Organization } from '../organization/index.ts';
import { serverRights } from '../organization/index.ts';

export interface InitialOrganization {
  organization: Organization;
  displayName: string;
  server: { name: string; fqdn: string; version: string };
  acceptedDomains: readonly string[];
  administrator: { userPrincipalName: string; password: string };
  clock: Clock;
}

/** The account of Exchange Online's application, and the roles that setup gives it (free/busy error table, row 18). */
const applicationAccount = 'Exchange Online-ApplicationAccount';
const applicationRoles = ['UserApplication', 'ArchiveApplication', 'LegalHoldApplication', 'Mailbox Search', 'TeamMailboxLifecycleApplication', 'MailboxSearchApplication', 'MeetingGraphApplication'];

/**
 * What an organisation has when its first server has just been installed: the server, its virtual directories as
 * Exchange sets them up, the Auth certificate, accepted domains and an administrator. Nothing hybrid: that is the
 * wizard's work.
 */
export async function initializeOrganization(options: InitialOrganization): Promise<void> {
  const { configuration, directory } = options.organization;
  const { name, fqdn, version } = options.server;
  await configuration.update('OrganizationConfig', (await configuration.singleton('OrganizationConfig')).name, { DisplayName: options.displayName });
  await configuration.create('ExchangeServer', name, { Fqdn: fqdn, AdminDisplayVersion: version });
  const ewsUrl = `https://${fqdn}/EWS/Exchange.asmx`;
  await configuration.create('WebServicesVirtualDirectory', `${name}\\EWS (Default Web Site)`, { Server: name, InternalUrl: ewsUrl, ExternalUrl: ewsUrl, BasicAuthentication: true });
  await configuration.create('AutodiscoverVirtualDirectory', `${name}\\Autodiscover (Default Web Site)`, { Server: name });
  await configuration.create('MapiVirtualDirectory', `${name}\\mapi (Default Web Site)`, { Server: name, InternalUrl: `https://${fqdn}/mapi`, ExternalUrl: `https://${fqdn}/mapi` });
  await configuration.create('OabVirtualDirectory', `${name}\\OAB (Default Web Site)`, { Server: name, InternalUrl: `https://${fqdn}/OAB`, ExternalUrl: `https://${fqdn}/OAB` });
  await makeAuthCertificate(options);
  const serversGroup = `${(options.acceptedDomains[0] ?? '').split('.')[0]?.toUpperCase() ?? ''}\\Exchange Servers`;
  for (const right of serverRights) {
    await configuration.create('AdPermission', `${name}, ${serversGroup}, allow ExtendedRight ${right}`, { Object: name, User: serversGroup, ExtendedRights: [right], IsInherited: true });
  }
  for (const role of applicationRoles) {
    await configuration.create('ManagementRoleAssignment', `${role}-${applicationAccount}`, { Role: role, RoleAssignee: applicationAccount, RoleAssigneeName: applicationAccount });
  }
  for (const [index, domain] of options.acceptedDomains.entries()) {
    await configuration.create('AcceptedDomain', domain, { DomainName: domain, DomainType: 'Authoritative', Default: index === 0 });
  }
  const { guid } = await directory.create({
    recipientTypeDetails: 'UserMailbox',
    displayName: 'Administrator',
    userPrincipalName: options.administrator.userPrincipalName,
    primarySmtpAddress: options.administrator.userPrincipalName,
    timeZone: 'UTC',
  });
  await directory.setPassword(guid, options.administrator.password);
  await directory.setRoleGroups(guid, ['Organization Management']);
}

/** As Exchange's own set-up does, so that an organisation has had an identity between servers from its first day. */
async function makeAuthCertificate({ organization: { configuration }, clock }: InitialOrganization): Promise<void> {
  const { certificate, privateKey } = await createAuthCertificate({ clock });
  const facts = readCertificate(certificate);
  await configuration.create('ExchangeCertificate', facts.thumbprint, {
    Thumbprint: facts.thumbprint,
    Subject: facts.subject,
    Issuer: facts.issuer,
    FriendlyName: 'Microsoft Exchange Server Auth Certificate',
    SerialNumber: facts.serialNumber,
    NotBefore: new Date(facts.notBefore).toISOString(),
    NotAfter: new Date(facts.notAfter).toISOString(),
    IsSelfSigned: true,
    PublicKeySize: 2048,
    // It belongs on every server of the organisation.
    PrivateKeyExportable: true,
    Certificate: certificate,
  });
  await configuration.setCertificateKey(facts.thumbprint, privateKey);
  await configuration.update('AuthConfig', (await configuration.singleton('AuthConfig')).name, { CurrentCertificateThumbprint: facts.thumbprint });
}
