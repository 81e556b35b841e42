import type { Recipient, Stored } from '../../../organization/index.ts';
import { hasWildCard } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound, oneConfiguration } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { objectTail } from '../object-output.ts';

/** A group as it is stored; its lists of people by GUID. */
export function distributionGroupOutput(group: Stored<'DistributionGroup'>): OutputObject {
  const { RecipientTypeDetails, Alias, DisplayName, PrimarySmtpAddress, RequireSenderAuthenticationEnabled, AcceptMessagesOnlyFromSendersOrMembers, RejectMessagesFromSendersOrMembers, SendOofMessageToOriginatorEnabled, MailTip } = group.properties;
  const isSecurity = RecipientTypeDetails === 'MailUniversalSecurityGroup';
  return {
    GroupType: isSecurity ? 'Universal, SecurityEnabled' : 'Universal',
    Alias,
    DisplayName,
    EmailAddresses: [`SMTP:${PrimarySmtpAddress}`],
    PrimarySmtpAddress,
    AcceptMessagesOnlyFromSendersOrMembers,
    RejectMessagesFromSendersOrMembers,
    RequireSenderAuthenticationEnabled,
    SendOofMessageToOriginatorEnabled,
    MailTip,
    RecipientType: isSecurity ? 'MailUniversalSecurityGroup' : 'MailUniversalDistributionGroup',
    RecipientTypeDetails,
    WindowsEmailAddress: PrimarySmtpAddress,
    ...objectTail({ ...group, identity: group.name }),
  };
}

/** A group as Get-DistributionGroup shows it: who may send by name, people and groups together and each kind by itself. */
export async function namedGroupOutput(context: ExchangeContext, group: Stored<'DistributionGroup'>): Promise<OutputObject> {
  const { AcceptMessagesOnlyFromSendersOrMembers: accepted, RejectMessagesFromSendersOrMembers: rejected, ...rest } = distributionGroupOutput(group);
  const lists: Record<string, readonly string[]> = {};
  for (const [name, guids] of [['AcceptMessagesOnlyFrom', accepted], ['RejectMessagesFrom', rejected]] as const) {
    const members = await membersByGuid(context, guids as readonly string[]);
    const namesOf = (some: readonly Member[]): string[] => some.map(({ displayName }) => displayName);
    lists[name] = namesOf(members.filter(({ kind }) => kind === 'recipient'));
    lists[`${name}DLMembers`] = namesOf(members.filter(({ kind }) => kind === 'group'));
    lists[`${name}SendersOrMembers`] = namesOf(members);
  }
  return { ...rest, ...lists };
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

/** Who can be in a group: a recipient, or another group. */
export type Member = { kind: 'recipient'; guid: string; displayName: string; recipient: Recipient } | { kind: 'group'; guid: string; displayName: string; group: Stored<'DistributionGroup'> };

/** The recipient or group of a membership cmdlet. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND`, `MANAGEMENT_OBJECT_AMBIGUOUS` */
export async function theMember(context: ExchangeContext, identity: string): Promise<Member> {
  const found: Member[] = hasWildCard(identity) ? [] : (await context.organization.directory.find(identity)).map((recipient) => ({ kind: 'recipient', guid: recipient.guid, displayName: recipient.displayName, recipient }));
  const group = hasWildCard(identity) ? undefined : await context.organization.configuration.get('DistributionGroup', identity);
  if (group !== undefined) found.push(asMember(group));
  if (found.length > 1) throw new ManagementError('MANAGEMENT_OBJECT_AMBIGUOUS', `The operation couldn't be performed because '${identity.slice(0, 256)}' matches multiple entries.`, { remedy: 'Name the recipient by its GUID.' });
  const [only] = found;
  if (only === undefined) throw objectNotFound(context, identity);
  return only;
}

function asMember(group: Stored<'DistributionGroup'>): Member {
  return { kind: 'group', guid: group.guid, displayName: group.properties.DisplayName, group };
}

/** GUIDs of the people and groups that are named. */
export async function guidsOfMembers(context: ExchangeContext, names: readonly string[]): Promise<string[]> {
  return [...new Set(await Promise.all(names.map(async (name) => (await theMember(context, name)).guid)))];
}

/** Members of these GUIDs that are still there. */
export async function membersByGuid({ organization }: ExchangeContext, guids: readonly string[]): Promise<Member[]> {
  const members = await Promise.all(
    guids.map(async (guid): Promise<Member | undefined> => {
      const recipient = await organization.directory.byGuid(guid);
      if (recipient !== undefined) return { kind: 'recipient', guid: recipient.guid, displayName: recipient.displayName, recipient };
      const group = await organization.configuration.get('DistributionGroup', guid);
      return group === undefined ? undefined : asMember(group);
    }),
  );
  return members.filter((member) => member !== undefined);
}

/**
 * @param member a recipient for a room list. A room of the other organisation is a mail user here.
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for anybody who is none
 */
export function refuseOutsideRoomList(member: Member): void {
  if (member.kind === 'recipient' && (member.recipient.recipientTypeDetails === 'RoomMailbox' || member.recipient.recipientTypeDetails === 'MailUser')) return;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `'${member.displayName}' is no room, and a room list holds rooms only.`);
}
