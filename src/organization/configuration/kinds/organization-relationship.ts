import { z } from 'zod';
import { isSmtpAddress } from '../../smtp-address.ts';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainNames, httpsUrl, shortText } from '../property-schemas.ts';

/** Get-OrganizationRelationship: what is shared with another organisation, and how it is reached with delegation tokens. */
export interface OrganizationRelationship {
  /** A domain belongs to one relationship only. */
  DomainNames: string[];
  FreeBusyAccessEnabled: boolean;
  FreeBusyAccessLevel: 'None' | 'AvailabilityOnly' | 'LimitedDetails';
  /** A group whose members alone are shared; null shares everybody. */
  FreeBusyAccessScope: string | null;
  MailboxMoveEnabled: boolean;
  DeliveryReportEnabled: boolean;
  MailTipsAccessEnabled: boolean;
  MailTipsAccessLevel: 'None' | 'All' | 'Limited';
  MailTipsAccessScope: string | null;
  PhotosEnabled: boolean;
  TargetApplicationUri: string | null;
  TargetSharingEpr: string | null;
  TargetOwaURL: string | null;
  TargetAutodiscoverEpr: string | null;
  OrganizationContact: string | null;
  Enabled: boolean;
  ArchiveAccessEnabled: boolean;
}

export const organizationRelationship: ConfigurationKind<OrganizationRelationship> = {
  kind: 'OrganizationRelationship',
  schema: z.strictObject({
    DomainNames: domainNames.default([]),
    FreeBusyAccessEnabled: z.boolean().default(false),
    FreeBusyAccessLevel: z.enum(['None', 'AvailabilityOnly', 'LimitedDetails']).default('None'),
    FreeBusyAccessScope: shortText.nullable().default(null),
    MailboxMoveEnabled: z.boolean().default(false),
    DeliveryReportEnabled: z.boolean().default(false),
    MailTipsAccessEnabled: z.boolean().default(false),
    MailTipsAccessLevel: z.enum(['None', 'All', 'Limited']).default('None'),
    MailTipsAccessScope: shortText.nullable().default(null),
    PhotosEnabled: z.boolean().default(false),
    // A URI of any scheme or none: HCW writes `outlook.com` and `FYDIBOHF25SPDLT.<domain>`.
    TargetApplicationUri: shortText.nullable().default(null),
    TargetSharingEpr: httpsUrl.nullable().default(null),
    TargetOwaURL: httpsUrl.nullable().default(null),
    TargetAutodiscoverEpr: httpsUrl.nullable().default(null),
    OrganizationContact: z.string().refine(isSmtpAddress, 'is not a valid SMTP address').nullable().default(null),
    Enabled: z.boolean().default(true),
    ArchiveAccessEnabled: z.boolean().default(false),
  }),
  exclusiveDomains: (properties) => properties.DomainNames,
};
