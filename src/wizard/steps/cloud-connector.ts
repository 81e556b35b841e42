import { targetSharingEpr } from '../hybrid-endpoint.ts';
import type { SetupStep } from '../plan.ts';
import { ensureConnector } from './ensure-connector.ts';

/** In the cloud: addresses of the hybrid domains are looked up on premises, through the relay's endpoint or where Autodiscover says. */
export const cloudConnector: SetupStep = {
  id: 'cloud-connector',
  title: 'Connector to the on-premises organisation',
  why: "Cloud users' lookups of on-premises people go over OAuth.",
  isOAuth: true,
  changes: (view) =>
    ensureConnector(view, 'Cloud', async () => ({
      TargetAddressDomains: [...view.settings.hybridDomains],
      DiscoveryEndpoint: view.settings.onPremisesDiscoveryEndpoint,
      TargetSharingEpr: await targetSharingEpr(view),
      Enabled: true,
    })),
};
