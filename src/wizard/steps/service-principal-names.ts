import { exchangeOnlineAppId, exchangeOnlinePrincipal } from '../exchange-online.ts';
import { hybridEndpointHost } from '../hybrid-endpoint.ts';
import { listOf, missingFrom, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/**
 * Registers every host name that a token may be meant for: `https://<host>` for users' tokens and
 * `<application id>/<host>` for servers'. A missing one is AADSTS500011 at the token service.
 */
export const servicePrincipalNames: SetupStep = {
  id: 'service-principal-names',
  title: 'Service principal names',
  why: 'Without the name of a host the token service issues no token for it (AADSTS500011).',
  async changes(view) {
    const { get, settings } = view;
    const [principal] = await get('Tenant', 'Get-MgServicePrincipal', exchangeOnlinePrincipal);
    const present = listOf(principal, 'ServicePrincipalNames');
    const hosts = [...settings.onPremisesHosts, ...settings.cloudHosts, ...(settings.topology === 'Modern' ? [await hybridEndpointHost(view)] : [])];
    const missing = missingFrom(
      present,
      hosts.flatMap((host) => [`https://${host}`, `${exchangeOnlineAppId}/${host}`]),
    );
    if (missing.length === 0) return [];
    return [{ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: textOf(principal, 'Id'), ServicePrincipalNames: [...present, ...missing] } }];
  },
};
