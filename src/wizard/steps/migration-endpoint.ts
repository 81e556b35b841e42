import { hybridEndpointHost } from '../hybrid-endpoint.ts';
import { firstTextOf, textOf } from '../observed.ts';
import { onPremisesCredential } from '../on-premises-credential.ts';
import type { SetupStep } from '../plan.ts';

/** The published name; one per organisation. */
const endpointName = 'Hybrid Migration Endpoint - EWS (Default Web Site)';

/** In the cloud: where mailboxes are moved from and to. Making it tests the way, so a failure here is HCW8078 and no more. */
export const migrationEndpoint: SetupStep = {
  id: 'migration-endpoint',
  title: 'Migration endpoint',
  why: 'Mailboxes move through it; making it tests the way to the MRS proxy.',
  configurations: ['Full', 'Minimal'],
  needs: [{ session: 'Cloud', cmdlet: 'Get-MigrationEndpoint' }],
  needsAccount: true,
  mayFailAs: 'HCW8078',
  async changes(view) {
    const { get, settings } = view;
    const remoteServer = settings.topology === 'Classic' ? settings.migrationHost : await hybridEndpointHost(view);
    if (remoteServer === '') return [];
    const endpoints = await get('Cloud', 'Get-MigrationEndpoint');
    if (endpoints.some((endpoint) => textOf(endpoint, 'RemoteServer').toLowerCase() === remoteServer.toLowerCase())) return [];
    const own = endpoints.find((endpoint) => firstTextOf(endpoint, 'Identity', 'Name') === endpointName);
    if (own === undefined) return [{ session: 'Cloud', cmdlet: 'New-MigrationEndpoint', parameters: { Name: endpointName, ExchangeRemoteMove: true, RemoteServer: remoteServer, Credentials: onPremisesCredential } }];
    return [{ session: 'Cloud', cmdlet: 'Set-MigrationEndpoint', parameters: { Identity: endpointName, RemoteServer: remoteServer, Credentials: onPremisesCredential } }];
  },
};
