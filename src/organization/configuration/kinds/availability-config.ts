import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** Get-AvailabilityConfig: whom this organisation lets ask for free/busy on behalf of another forest's people. */
export interface AvailabilityConfig {
  /** An account that may see what each calendar gives to everybody. */
  PerUserAccount: string | null;
  /** An account that sees when people are busy and nothing else. */
  OrgWideAccount: string | null;
  /** Tenants with which free/busy is shared by OrgWideFBToken. Kept and shown; at most 25. */
  AllowedTenantIds: string[];
}

export const availabilityConfig: ConfigurationKind<AvailabilityConfig> = {
  kind: 'AvailabilityConfig',
  schema: z.strictObject({
    PerUserAccount: shortText.nullable().default(null),
    OrgWideAccount: shortText.nullable().default(null),
    AllowedTenantIds: z.array(z.guid()).max(25, 'may hold at most 25 tenants').default([]),
  }),
};
