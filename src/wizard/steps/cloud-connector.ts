import { hybridEndpointHost } from '../hybrid-endpoint.ts';
import type { SetupStep } from '../plan.ts';
import { ensureConnector } from './ensure-connector.ts';

/** In the cloud: addresses of the hybrid domains are looked up on premises, through the relay's endpoint. */
export const cloudConnector: SetupStep = {
  id: 'cloud-connector',
  title: 'Connector to the on-premises organisation',
  changes: (view) =>
    ensureConnector(view, 'Cloud', async () => ({
      TargetAddressDomains: [...view.settings.hybridDomains],
      DiscoveryEndpoint: view.settings.onPremisesDiscoveryEndpoint,
      TargetSharingEpr: `https://${await hybridEndpointHost(view)}/EWS/Exchange.asmx`,
      Enabled: true,
    })),
};
