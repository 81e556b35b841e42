import type { SetupStep } from '../plan.ts';
import { ensureNamed } from './ensure-named.ts';

/** In the cloud: mail for the shared domains goes to on-premises servers over TLS; with centralised transport all mail for the outside does. */
export const outboundConnector: SetupStep = {
  id: 'outbound-connector',
  title: 'Outbound connector of the cloud',
  why: 'Mail to mailboxes on premises stays internal: encrypted, and trusted by the other side.',
  isMail: true,
  needs: [{ session: 'Cloud', cmdlet: 'Get-OutboundConnector' }],
  changes: async (view) => {
    const { mail, organizationGuid, hybridDomains } = view.settings;
    if (mail === undefined) return [];
    return ensureNamed(view, {
      session: 'Cloud',
      noun: 'OutboundConnector',
      name: `Outbound to ${organizationGuid}`,
      wanted: {
        ConnectorType: 'OnPremises',
        ConnectorSource: 'HybridWizard',
        RecipientDomains: mail.isCentralized ? ['*'] : [...hybridDomains],
        RouteAllMessagesViaOnPremises: mail.isCentralized,
        UseMXRecord: false,
        SmartHosts: [mail.host],
        TlsSettings: 'DomainValidation',
        TlsDomain: mail.certificateDomain,
        CloudServicesMailEnabled: true,
        Enabled: true,
      },
    });
  },
};
