export type RecipientTypeDetails = 'UserMailbox' | 'RoomMailbox' | 'EquipmentMailbox' | 'MailUser' | 'RemoteUserMailbox' | 'MailContact' | 'User';

/** What mail can reach: everything but a plain account. */
export const mailTypes: readonly RecipientTypeDetails[] = ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox', 'MailUser', 'RemoteUserMailbox', 'MailContact'];

/** A directory object that mail can reach, or a `User`: an account without mail. Addresses are compared without regard to case. */
export interface Recipient {
  /** objectGuid. */
  guid: string;
  recipientTypeDetails: RecipientTypeDetails;
  displayName: string;
  /** givenName and sn of a person. */
  firstName?: string;
  lastName?: string;
  /** mailNickname; unique in the organisation. */
  alias: string;
  /** Sign-in name; absent on contacts. */
  userPrincipalName?: string;
  /** Of a `User`, who has none, the sign-in name. */
  primarySmtpAddress: string;
  /** All SMTP addresses, the primary one among them, without the `smtp:` prefix. */
  emailAddresses: readonly string[];
  /** The target address of a mail user, remote mailbox or contact: where its mail and free/busy really are. */
  externalEmailAddress?: string;
  /** Object id of the same person in the tenant's directory, where synchronised. */
  externalDirectoryObjectId?: string;
  /** Windows zone id. Mailboxes only. */
  timeZone?: string;
  /** Source anchor of a federated identity; normally absent. */
  immutableId?: string;
  /** mS-DS-ConsistencyGuid in base64: the source anchor of directory synchronisation, which survives a new object. */
  consistencyGuid?: string;
  /** Nobody signs in with this account, and no partner on its behalf. */
  accountDisabled?: boolean;
  /** Epoch milliseconds. */
  whenCreated?: number;
  whenChanged?: number;
}

/** True for the types whose calendar is kept here. */
export function isMailbox(recipient: Recipient): boolean {
  return recipient.recipientTypeDetails === 'UserMailbox' || recipient.recipientTypeDetails === 'RoomMailbox' || recipient.recipientTypeDetails === 'EquipmentMailbox';
}

/** Exchange's coarser RecipientType. */
export function recipientType(recipient: Recipient): 'UserMailbox' | 'MailUser' | 'MailContact' | 'User' {
  if (recipient.recipientTypeDetails === 'User') return 'User';
  if (isMailbox(recipient)) return 'UserMailbox';
  return recipient.recipientTypeDetails === 'MailContact' ? 'MailContact' : 'MailUser';
}
