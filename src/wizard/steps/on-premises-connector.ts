import type { SetupStep } from '../plan.ts';
import { ensureConnector } from './ensure-connector.ts';

/** On premises: addresses of the tenant's routing domain are looked up in the cloud, found by Autodiscover. */
export const onPremisesConnector: SetupStep = {
  id: 'on-premises-connector',
  title: 'Connector to the cloud',
  why: "On-premises users' lookups of cloud people go over OAuth.",
  isOAuth: true,
  changes: (view) =>
    ensureConnector(view, 'OnPremises', async () => ({
      TargetAddressDomains: [view.settings.coexistenceDomain],
      DiscoveryEndpoint: view.settings.cloudDiscoveryEndpoint,
      Enabled: true,
    })),
};
