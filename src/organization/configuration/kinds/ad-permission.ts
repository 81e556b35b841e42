import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** Get-ADPermission: one entry of a server's access control list. */
export interface AdPermission {
  /** Name of the server. */
  Object: string;
  /** `CONTOSO\Exchange Servers`. */
  User: string;
  AccessRights: 'ExtendedRight' | 'GenericAll';
  /** Published spelling, where it is a known right. */
  ExtendedRights: string[];
  Deny: boolean;
  IsInherited: boolean;
}

/** The rights with which the servers of an organisation hand requests on among themselves. */
export const serverRights = ['ms-Exch-EPI-Token-Serialization', 'ms-Exch-EPI-Impersonation'] as const;

export const adPermission: ConfigurationKind<AdPermission> = {
  kind: 'AdPermission',
  nameSchema: z.string().trim().min(1, 'Name may not be empty').max(256, 'Name may have at most 256 characters'),
  schema: z.strictObject({
    Object: shortText.min(1, 'may not be empty'),
    User: shortText.min(1, 'may not be empty'),
    AccessRights: z.enum(['ExtendedRight', 'GenericAll']).default('ExtendedRight'),
    ExtendedRights: z.array(shortText.min(1, 'may not be empty')).max(32).default([]),
    Deny: z.boolean().default(false),
    IsInherited: z.boolean().default(false),
  }),
  identities: (_, properties) => [properties.Object],
};
