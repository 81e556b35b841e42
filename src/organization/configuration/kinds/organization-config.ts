import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** Get-OrganizationConfig, as far as hybrid and EWS need it. */
export interface OrganizationConfig {
  DisplayName: string;
  /** On-premises: whether Outlook for Windows is offered modern authentication. */
  OAuth2ClientProfileEnabled: boolean;
  /** Null leaves the decision to each mailbox. */
  EwsEnabled: boolean | null;
  EwsApplicationAccessPolicy: 'EnforceAllowList' | 'EnforceBlockList' | null;
  /** User agents. */
  EwsAllowList: string[];
  EwsBlockList: string[];
  /** Application ids that alone may use EWS, where there is one. Cloud only. */
  EwsAllowedAppIDs: string[];
  IsDehydrated: boolean;
}

export const organizationConfig: ConfigurationKind<OrganizationConfig> = {
  kind: 'OrganizationConfig',
  singleton: 'Organization',
  schema: z.strictObject({
    DisplayName: shortText.default(''),
    OAuth2ClientProfileEnabled: z.boolean().default(false),
    EwsEnabled: z.boolean().nullable().default(null),
    EwsApplicationAccessPolicy: z.enum(['EnforceAllowList', 'EnforceBlockList']).nullable().default(null),
    EwsAllowList: z.array(shortText).max(256).default([]),
    EwsBlockList: z.array(shortText).max(256).default([]),
    EwsAllowedAppIDs: z.array(z.guid('must be an application id')).max(256).default([]),
    IsDehydrated: z.boolean().default(false),
  }),
};
