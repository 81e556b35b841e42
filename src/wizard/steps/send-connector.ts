import type { SetupStep } from '../plan.ts';
import { ensureNamed } from './ensure-named.ts';

/** On premises: mail for the routing domain goes to Exchange Online over TLS, with what says who sent it. */
export const sendConnector: SetupStep = {
  id: 'send-connector',
  title: 'Send connector to the cloud',
  why: 'Mail to mailboxes in the cloud stays internal: encrypted, and trusted by the other side.',
  isMail: true,
  needs: [{ session: 'OnPremises', cmdlet: 'Get-SendConnector' }],
  changes: async (view) => {
    const { mail, coexistenceDomain, organizationGuid } = view.settings;
    if (mail === undefined) return [];
    return ensureNamed(view, {
      session: 'OnPremises',
      noun: 'SendConnector',
      name: `Outbound to Office 365 - ${organizationGuid}`,
      wanted: {
        AddressSpaces: [`smtp:${coexistenceDomain};1`],
        DNSRoutingEnabled: mail.cloudSmartHost === undefined,
        SmartHosts: mail.cloudSmartHost === undefined ? [] : [mail.cloudSmartHost],
        RequireTLS: true,
        TlsAuthLevel: 'DomainValidation',
        TlsDomain: mail.cloudTlsDomain,
        TlsCertificateName: mail.certificateName,
        CloudServicesMailEnabled: true,
        Enabled: true,
      },
    });
  },
};
