import type { Recipient, RecipientChanges, RecipientTypeDetails } from '../../../organization/index.ts';
import { changeRecipient, hasWildCard } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { completeNames } from './new-recipient-parameters.ts';
import { mailboxTypes, oneRecipient } from './recipient-cmdlets.ts';
import { recipientOutput } from './recipient-output.ts';

/** What the Enable- cmdlets of people take. */
export const enableParameters = {
  Alias: { type: 'string', description: 'Unique short name. Default: the one that the account has.' },
  DisplayName: { type: 'string', description: 'The name that people see.' },
  PrimarySmtpAddress: { type: 'smtpAddress', description: 'Default: alias and default accepted domain.' },
} as const;

interface GivenNames {
  Alias?: string;
  DisplayName?: string;
  PrimarySmtpAddress?: string;
}

/** The account without mail that an Enable- cmdlet works on. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND`, `MANAGEMENT_INVALID_VALUE` for one that has mail already */
export async function plainUser(context: ExchangeContext, identity: string): Promise<Recipient> {
  const { directory } = context.organization;
  const [found] = hasWildCard(identity) ? [] : await directory.find(identity, ['User']);
  if (found !== undefined) {
    context.requireWriteScope(found);
    return found;
  }
  const [other] = hasWildCard(identity) ? [] : await directory.find(identity, [...mailboxTypes, 'MailUser', 'RemoteUserMailbox']);
  if (other === undefined) throw objectNotFound(context, identity);
  // Exchange's own words, which administrators search for.
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `This task does not support recipients of this type. The specified recipient ${other.displayName} is of type ${other.recipientTypeDetails}. Please make sure that this recipient matches the required recipient type for this task.`, {
    facts: { identity, type: other.recipientTypeDetails },
    remedy: 'Only an account without mail can be given some: Get-User shows which are of the type User.',
  });
}

/** Gives an account mail, and shows the recipient that it becomes. */
export async function enableMail(context: ExchangeContext, user: Recipient, given: GivenNames, mail: { type: RecipientTypeDetails; target?: string; addresses?: readonly string[] }): Promise<readonly OutputObject[]> {
  const alias = given.Alias ?? user.alias;
  const names = await completeNames(context, { Name: user.displayName, Alias: alias, ...(given.PrimarySmtpAddress && { PrimarySmtpAddress: given.PrimarySmtpAddress }) }, mail.type === 'MailUser' ? mail.target : undefined);
  const changes: RecipientChanges = {
    recipientTypeDetails: mail.type,
    alias,
    ...(given.DisplayName && { displayName: given.DisplayName }),
    primarySmtpAddress: names.primarySmtpAddress,
    emailAddresses: [names.primarySmtpAddress, ...(mail.addresses ?? [])],
    ...(mail.target && { externalEmailAddress: mail.target }),
  };
  context.requireWriteScope(changeRecipient(user, changes));
  const enabled = await context.change({ target: user.displayName, before: recipientOutput(user), apply: () => context.organization.directory.update(user.guid, changes), after: recipientOutput });
  return enabled === undefined ? [] : [recipientOutput(enabled)];
}

/** Takes a person's mail away; the account stays, with its password and its role groups. Gives nothing, as published. */
export async function disableMail(context: ExchangeContext, types: readonly RecipientTypeDetails[], identity: string): Promise<readonly OutputObject[]> {
  const former = await oneRecipient(context, types, identity);
  await context.change({
    target: former.displayName,
    before: recipientOutput(former),
    apply: () => context.organization.directory.update(former.guid, { recipientTypeDetails: 'User', emailAddresses: [], externalEmailAddress: null }),
    after: recipientOutput,
  });
  return [];
}
