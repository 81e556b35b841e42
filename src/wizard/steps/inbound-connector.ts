import type { SetupStep } from '../plan.ts';
import { ensureNamed } from './ensure-named.ts';

/** In the cloud: who shows the on-premises certificate is believed to be the other half. */
export const inboundConnector: SetupStep = {
  id: 'inbound-connector',
  title: 'Inbound connector of the cloud',
  why: 'Mail of on-premises servers is known by their certificate, and counts as internal.',
  isMail: true,
  needs: [{ session: 'Cloud', cmdlet: 'Get-InboundConnector' }],
  changes: async (view) => {
    const { mail, organizationGuid } = view.settings;
    if (mail === undefined) return [];
    return ensureNamed(view, {
      session: 'Cloud',
      noun: 'InboundConnector',
      name: `Inbound from ${organizationGuid}`,
      wanted: { ConnectorType: 'OnPremises', ConnectorSource: 'HybridWizard', SenderDomains: ['smtp:*;1'], RequireTls: true, TlsSenderCertificateName: mail.certificateDomain, CloudServicesMailEnabled: true, Enabled: true },
    });
  },
};
