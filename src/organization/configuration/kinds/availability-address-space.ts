import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { httpsUrl, shortText } from '../property-schemas.ts';

/** Get-AvailabilityAddressSpace: the last resort for a domain's free/busy. Its name is the forest name. */
export interface AvailabilityAddressSpace {
  /** The SMTP domain it stands for. */
  ForestName: string;
  UserName: string | null;
  UseServiceAccount: boolean;
  AccessMethod: 'PerUserFB' | 'OrgWideFB' | 'OrgWideFBToken' | 'OrgWideFBBasic' | 'PublicFolder' | 'InternalProxy';
  ProxyUrl: string | null;
  TargetAutodiscoverEpr: string | null;
  TargetServiceEpr: string | null;
  TargetTenantId: string | null;
}

export const availabilityAddressSpace: ConfigurationKind<AvailabilityAddressSpace> = {
  kind: 'AvailabilityAddressSpace',
  schema: z.strictObject({
    ForestName: shortText.min(1, 'may not be empty'),
    UserName: shortText.nullable().default(null),
    UseServiceAccount: z.boolean().default(false),
    AccessMethod: z.enum(['PerUserFB', 'OrgWideFB', 'OrgWideFBToken', 'OrgWideFBBasic', 'PublicFolder', 'InternalProxy']),
    ProxyUrl: httpsUrl.nullable().default(null),
    TargetAutodiscoverEpr: httpsUrl.nullable().default(null),
    TargetServiceEpr: httpsUrl.nullable().default(null),
    TargetTenantId: shortText.nullable().default(null),
  }),
  identities: (_, properties) => [properties.ForestName],
};
