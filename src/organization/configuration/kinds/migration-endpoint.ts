import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainName, shortText } from '../property-schemas.ts';

/** Get-MigrationEndpoint: where mailboxes would be moved from and to. Its password is among the organisation's credentials. */
export interface MigrationEndpoint {
  EndpointType: 'ExchangeRemoteMove';
  RemoteServer: string;
  Username: string;
  Authentication: 'Basic';
  /** Null: as many as there are. */
  MaxConcurrentMigrations: number | null;
  MaxConcurrentIncrementalSyncs: number | null;
}

const concurrency = z.int().min(1, 'must be at least 1').max(300, 'may be at most 300').nullable();

export const migrationEndpoint: ConfigurationKind<MigrationEndpoint> = {
  kind: 'MigrationEndpoint',
  schema: z.strictObject({
    EndpointType: z.literal('ExchangeRemoteMove').default('ExchangeRemoteMove'),
    RemoteServer: z.string().max(262).refine((text) => domainName.safeParse(text.replace(/:\d{1,5}$/, '')).success, 'is not a valid host name'),
    Username: shortText.min(1, 'may not be empty'),
    Authentication: z.literal('Basic').default('Basic'),
    MaxConcurrentMigrations: concurrency.default(20),
    MaxConcurrentIncrementalSyncs: concurrency.default(10),
  }),
};
