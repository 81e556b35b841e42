import { textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/** The endpoint on the relay. One that leads elsewhere, to a load balancer say, was set by somebody and stays. */
export const hybridApplication: SetupStep = {
  id: 'hybrid-application',
  title: 'Hybrid Agent endpoint',
  why: 'The cloud reaches on-premises Exchange at this address of the relay, so that no inbound port is needed.',
  topology: 'Modern',
  configurations: ['Full', 'Minimal'],
  async changes({ get, settings }) {
    const application = (await get('Relay', 'Get-HybridApplication')).find((found) => textOf(found, 'appId').toLowerCase() === settings.hybridApplicationId.toLowerCase());
    if (application === undefined) return [{ session: 'Relay', cmdlet: 'New-HybridApplication', parameters: { AppId: settings.hybridApplicationId, TargetUri: settings.hybridTargetUri } }];
    if (textOf(application, 'internalUrl') !== '') return [];
    return [{ session: 'Relay', cmdlet: 'Update-HybridApplication', parameters: { AppId: settings.hybridApplicationId, TargetUri: settings.hybridTargetUri } }];
  },
};
