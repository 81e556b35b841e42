import type { Recipient, Stored } from '../../../organization/index.ts';
import { hasWildCard } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound, oneConfiguration } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { objectTail } from '../object-output.ts';

/** A group as Get-DistributionGroup shows it. */
export function distributionGroupOutput(group: Stored<'DistributionGroup'>): OutputObject {
  const { RecipientTypeDetails, Alias, DisplayName, PrimarySmtpAddress } = group.properties;
  const isSecurity = RecipientTypeDetails === 'MailUniversalSecurityGroup';
  return {
    GroupType: isSecurity ? 'Universal, SecurityEnabled' : 'Universal',
    Alias,
    DisplayName,
    EmailAddresses: [`SMTP:${PrimarySmtpAddress}`],
    PrimarySmtpAddress,
    RecipientType: isSecurity ? 'MailUniversalSecurityGroup' : 'MailUniversalDistributionGroup',
    RecipientTypeDetails,
    WindowsEmailAddress: PrimarySmtpAddress,
    ...objectTail({ ...group, identity: group.name }),
  };
}

/** Groups and recipients share names: one that somebody has is refused. @throws ManagementError `MANAGEMENT_OBJECT_EXISTS` */
export async function refuseTakenAddress({ organization }: ExchangeContext, address: string, alias: string): Promise<void> {
  const holder = (await organization.directory.resolve(address)) ?? (await organization.directory.find(alias)).find((recipient) => recipient.alias.toLowerCase() === alias.toLowerCase());
  if (holder === undefined) return;
  throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `The proxy address "SMTP:${address}" or the alias "${alias}" is already being used by "${holder.displayName}". Please choose another one.`, { facts: { holder: holder.guid } });
}

/** The one group that a cmdlet works on; where it changes something, within the caller's write scope. */
export async function theGroup(context: ExchangeContext, identity: string): Promise<Stored<'DistributionGroup'>> {
  const group = await oneConfiguration(context, 'DistributionGroup', identity);
  context.requireWriteScope(group);
  return group;
}

/** The recipient of a membership cmdlet. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND`, `MANAGEMENT_OBJECT_AMBIGUOUS` */
export async function theMember(context: ExchangeContext, identity: string): Promise<Recipient> {
  const found = hasWildCard(identity) ? [] : await context.organization.directory.find(identity);
  if (found.length > 1) throw new ManagementError('MANAGEMENT_OBJECT_AMBIGUOUS', `The operation couldn't be performed because '${identity.slice(0, 256)}' matches multiple entries.`, { remedy: 'Name the recipient by its GUID.' });
  const [only] = found;
  if (only === undefined) throw objectNotFound(context, identity);
  return only;
}

/** Members that are still there. */
export async function membersOf({ organization }: ExchangeContext, group: Stored<'DistributionGroup'>): Promise<Recipient[]> {
  const members = await Promise.all(group.properties.Members.map((guid) => organization.directory.byGuid(guid)));
  return members.filter((member) => member !== undefined);
}

/**
 * @param member a recipient for a room list. A room of the other organisation is a mail user here.
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for anybody who is none
 */
export function refuseOutsideRoomList(member: Recipient): void {
  if (member.recipientTypeDetails === 'RoomMailbox' || member.recipientTypeDetails === 'MailUser') return;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `'${member.displayName}' is no room, and a room list holds rooms only.`);
}
