import { z } from 'zod';
import { mailTip } from '../../mail-settings/mail-tip.ts';
import { bareSmtpAddress, isSmtpAddress } from '../../smtp-address.ts';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** Get-DistributionGroup: a group of recipients with an address, or a list of rooms. */
export interface DistributionGroup {
  RecipientTypeDetails: 'MailUniversalDistributionGroup' | 'MailUniversalSecurityGroup' | 'RoomList';
  Alias: string;
  DisplayName: string;
  PrimarySmtpAddress: string;
  /** GUIDs of recipients and groups. */
  Members: string[];
  /** Only people of the organisation, of either half, send to it. */
  RequireSenderAuthenticationEnabled: boolean;
  /** GUIDs of recipients and groups: only these send to it; empty for everybody. */
  AcceptMessagesOnlyFromSendersOrMembers: string[];
  /** GUIDs of recipients and groups: these do not. */
  RejectMessagesFromSendersOrMembers: string[];
  /** Who writes to it hears which of its members are away. */
  SendOofMessageToOriginatorEnabled: boolean;
  /** HTML, shown to people who write to it before they send. */
  MailTip: string | null;
}

export const distributionGroup: ConfigurationKind<DistributionGroup> = {
  kind: 'DistributionGroup',
  schema: z.strictObject({
    RecipientTypeDetails: z.enum(['MailUniversalDistributionGroup', 'MailUniversalSecurityGroup', 'RoomList']).default('MailUniversalDistributionGroup'),
    Alias: shortText.min(1, 'may not be empty').max(64, 'may have at most 64 characters').regex(/^[^\s@]+$/, 'is not a valid alias'),
    DisplayName: shortText.min(1, 'may not be empty'),
    PrimarySmtpAddress: z.string().transform(bareSmtpAddress).refine(isSmtpAddress, 'is not a valid SMTP address'),
    Members: z.array(z.guid()).max(10_000, 'may hold at most 10000 recipients').default([]),
    RequireSenderAuthenticationEnabled: z.boolean().default(true),
    AcceptMessagesOnlyFromSendersOrMembers: z.array(z.guid()).max(10_000).default([]),
    RejectMessagesFromSendersOrMembers: z.array(z.guid()).max(10_000).default([]),
    SendOofMessageToOriginatorEnabled: z.boolean().default(false),
    MailTip: mailTip,
  }),
  identities: (_, properties) => [properties.Alias, properties.PrimarySmtpAddress, properties.DisplayName],
  // Exclusive texts, which here are addresses: no two groups have the same.
  exclusiveDomains: (properties) => [properties.PrimarySmtpAddress, properties.Alias],
};
