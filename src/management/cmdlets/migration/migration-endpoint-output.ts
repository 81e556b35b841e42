import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** An endpoint as Get-MigrationEndpoint shows it; absent limits are Unlimited. */
export function migrationEndpointOutput(endpoint: Stored<'MigrationEndpoint'>): OutputObject {
  const { EndpointType, RemoteServer, Username, Authentication, MaxConcurrentMigrations, MaxConcurrentIncrementalSyncs } = endpoint.properties;
  const { Name: _, ...tail } = objectTail({ ...endpoint, identity: endpoint.name });
  return { ...tail, EndpointType, RemoteServer, Username, Authentication, MaxConcurrentMigrations: MaxConcurrentMigrations ?? 'Unlimited', MaxConcurrentIncrementalSyncs: MaxConcurrentIncrementalSyncs ?? 'Unlimited' };
}
