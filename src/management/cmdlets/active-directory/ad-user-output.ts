import type { Recipient } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { sourceAnchorAttribute } from './attribute-changes.ts';
import { accountControl, proxyAddresses, recipientTypeNumber } from './ldap-values.ts';

/** What Get-ADUser shows of everybody, as published; as much as is kept here. */
export const shownProperties = ['Enabled', 'GivenName', 'Name', 'ObjectClass', 'ObjectGUID', 'SamAccountName', 'Surname', 'UserPrincipalName'];

/** An account with all the properties that are kept here: the cmdlet's own, and attributes by their LDAP display names. */
export function adUserOutput(user: Recipient): OutputObject {
  const hasMail = user.recipientTypeDetails !== 'User';
  return {
    Enabled: user.accountDisabled !== true,
    GivenName: user.firstName ?? null,
    Name: user.displayName,
    ObjectClass: 'user',
    ObjectGUID: user.guid,
    SamAccountName: user.alias,
    Surname: user.lastName ?? null,
    UserPrincipalName: user.userPrincipalName ?? null,
    DisplayName: user.displayName,
    EmailAddress: hasMail ? user.primarySmtpAddress : null,
    mailNickname: hasMail ? user.alias : null,
    cn: user.displayName,
    mail: hasMail ? user.primarySmtpAddress : null,
    msExchRecipientTypeDetails: recipientTypeNumber(user) ?? null,
    proxyAddresses: proxyAddresses(user),
    sn: user.lastName ?? null,
    targetAddress: user.externalEmailAddress === undefined ? null : `SMTP:${user.externalEmailAddress}`,
    userAccountControl: accountControl(user),
    whenChanged: new Date(user.whenChanged ?? 0).toISOString(),
    whenCreated: new Date(user.whenCreated ?? 0).toISOString(),
    ...(user.consistencyGuid === undefined ? {} : { [`${sourceAnchorAttribute}@data.type`]: 'System.Byte[]' }),
    [sourceAnchorAttribute]: user.consistencyGuid ?? null,
  };
}

/** Those properties that are shown, in the order of their names: some always, some when asked for. */
export function chosenProperties(row: OutputObject, asked: readonly string[]): OutputObject {
  const wanted = new Set([...shownProperties, ...asked].map((name) => name.toLowerCase()));
  const plain = (name: string): string => (name.split('@')[0] ?? name).toLowerCase();
  const shown = Object.entries(row).filter(([name]) => wanted.has('*') || wanted.has(plain(name)));
  return Object.fromEntries(shown.toSorted(([a], [b]) => plain(a).localeCompare(plain(b), 'en')));
}
