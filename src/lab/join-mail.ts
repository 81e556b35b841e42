import type { CmdletSession } from '../management/index.ts';
import { labNames } from './lab-names.ts';

/** Connectors for mail between the organisations, made with the cmdlets that an administrator has, where there are none yet. */
export async function joinMail(onPremises: CmdletSession, cloud: CmdletSession): Promise<void> {
  const { onPremises: premises, cloud: service, domain, coexistenceDomain, tenantDomain } = labNames;
  const ensure = async (session: CmdletSession, noun: string, parameters: Record<string, unknown>): Promise<void> => {
    if ((await session.invoke(`Get-${noun}`)).length === 0) await session.invoke(`New-${noun}`, parameters);
  };
  await ensure(onPremises, 'SendConnector', {
    Name: 'Outbound to Office 365',
    AddressSpaces: [`smtp:${coexistenceDomain};1`, `smtp:${tenantDomain};1`],
    DNSRoutingEnabled: true,
    RequireTLS: true,
    TlsAuthLevel: 'DomainValidation',
    TlsDomain: service.smtp,
    CloudServicesMailEnabled: true,
  });
  const capability = `${service.smtp}:AcceptCloudServicesMail`;
  for (const connector of await onPremises.invoke('Get-ReceiveConnector')) {
    const present = connector['TlsDomainCapabilities'];
    if (Array.isArray(present) && present.length === 0) await onPremises.invoke('Set-ReceiveConnector', { Identity: connector['Identity'], TlsDomainCapabilities: [capability] });
  }
  await ensure(cloud, 'InboundConnector', { Name: `Inbound from ${labNames.company}`, ConnectorType: 'OnPremises', SenderDomains: ['*'], RequireTls: true, TlsSenderCertificateName: premises.smtp, CloudServicesMailEnabled: true });
  await ensure(cloud, 'OutboundConnector', {
    Name: `Outbound to ${labNames.company}`,
    ConnectorType: 'OnPremises',
    RecipientDomains: [domain],
    UseMXRecord: false,
    SmartHosts: [premises.smtp],
    TlsSettings: 'DomainValidation',
    TlsDomain: premises.smtp,
    CloudServicesMailEnabled: true,
  });
}
