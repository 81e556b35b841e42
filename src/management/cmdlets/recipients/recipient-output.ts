import type { Recipient } from '../../../organization/index.ts';
import { isMailbox, recipientType } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** Proxy addresses as published: `SMTP:` before the primary one, `smtp:` before the others. */
function proxyAddresses(recipient: Recipient): string[] {
  return recipient.emailAddresses.map((address) => `${address === recipient.primarySmtpAddress ? 'SMTP' : 'smtp'}:${address}`);
}

/** A recipient as its Get- cmdlet shows it. Only what is kept here; the real cmdlets show many more properties. */
export function recipientOutput(recipient: Recipient): OutputObject {
  const external = recipient.externalEmailAddress === undefined ? null : `SMTP:${recipient.externalEmailAddress}`;
  const hasMail = recipient.recipientTypeDetails !== 'User';
  const { Identity, IsValid, Name, Guid, ObjectState, ...tail } = objectTail({ name: recipient.displayName, identity: recipient.displayName, guid: recipient.guid, whenCreated: recipient.whenCreated ?? 0, whenChanged: recipient.whenChanged ?? 0 });
  return {
    ...(recipient.recipientTypeDetails === 'RemoteUserMailbox' ? { RemoteRoutingAddress: external } : {}),
    ...(isMailbox(recipient) ? { ExchangeGuid: recipient.guid } : hasMail ? { ExternalEmailAddress: external } : {}),
    ...(recipient.recipientTypeDetails === 'MailContact' ? {} : { UserPrincipalName: recipient.userPrincipalName ?? null, ImmutableId: recipient.immutableId ?? null, AccountDisabled: recipient.accountDisabled === true }),
    Alias: recipient.alias,
    DisplayName: recipient.displayName,
    EmailAddresses: proxyAddresses(recipient),
    ExternalDirectoryObjectId: recipient.externalDirectoryObjectId ?? null,
    // Nobody can be hidden here. It is said, because reports sift by it: `-eq $false` would find nobody.
    ...(hasMail ? { HiddenFromAddressListsEnabled: false } : {}),
    PrimarySmtpAddress: hasMail ? recipient.primarySmtpAddress : null,
    RecipientType: recipientType(recipient),
    RecipientTypeDetails: recipient.recipientTypeDetails,
    WindowsEmailAddress: hasMail ? recipient.primarySmtpAddress : null,
    // Recipients are not shown as they are kept: their identity stands before the name.
    Identity,
    IsValid,
    Name,
    Guid,
    ...tail,
    ObjectState,
  };
}
