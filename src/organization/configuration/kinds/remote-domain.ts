import { z } from 'zod';
import { isSmtpDomain } from '../../smtp-address.ts';
import type { ConfigurationKind } from '../configuration-kind.ts';

/** Get-RemoteDomain: how mail for a domain elsewhere is treated. Of this, TargetDeliveryDomain acts here. */
export interface RemoteDomain {
  /** `contoso.com`, `*.contoso.com` or `*`. */
  DomainName: string;
  IsInternal: boolean;
  /** New remote mailboxes get their routing address in this domain. */
  TargetDeliveryDomain: boolean;
  AllowedOOFType: 'External' | 'InternalLegacy' | 'ExternalLegacy' | 'None';
  AutoReplyEnabled: boolean;
  AutoForwardEnabled: boolean;
  DeliveryReportEnabled: boolean;
  NDREnabled: boolean;
  TNEFEnabled: boolean | null;
  TrustedMailOutboundEnabled: boolean;
  TrustedMailInboundEnabled: boolean;
}

export const remoteDomain: ConfigurationKind<RemoteDomain> = {
  kind: 'RemoteDomain',
  schema: z.strictObject({
    DomainName: z
      .string()
      .trim()
      .refine((text) => text === '*' || isSmtpDomain(text.replace(/^\*\./, '')), 'is not a valid domain name'),
    IsInternal: z.boolean().default(false),
    TargetDeliveryDomain: z.boolean().default(false),
    AllowedOOFType: z.enum(['External', 'InternalLegacy', 'ExternalLegacy', 'None']).default('External'),
    AutoReplyEnabled: z.boolean().default(true),
    AutoForwardEnabled: z.boolean().default(true),
    DeliveryReportEnabled: z.boolean().default(true),
    NDREnabled: z.boolean().default(true),
    TNEFEnabled: z.boolean().nullable().default(null),
    TrustedMailOutboundEnabled: z.boolean().default(false),
    TrustedMailInboundEnabled: z.boolean().default(false),
  }),
  identities: (_, properties) => [properties.DomainName],
  exclusiveDomains: (properties) => [properties.DomainName],
};
