import type { Recipient } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';

/** What Get-ADUser shows of everybody, as published; as much as is kept here. */
export const shownProperties = ['Enabled', 'GivenName', 'Name', 'ObjectClass', 'ObjectGUID', 'SamAccountName', 'Surname', 'UserPrincipalName'];

/** The attribute in which a source anchor survives a move of its object to another forest. */
export const sourceAnchorAttribute = 'mS-DS-ConsistencyGuid';

/** An account with all the properties that are kept here. */
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
    proxyAddresses: user.emailAddresses.map((address) => `${address === user.primarySmtpAddress ? 'SMTP' : 'smtp'}:${address}`),
    ...(user.consistencyGuid === undefined ? {} : { [`${sourceAnchorAttribute}@data.type`]: 'System.Byte[]' }),
    [sourceAnchorAttribute]: user.consistencyGuid ?? null,
  };
}

/** Those properties that are shown: some always, some when asked for. */
export function chosenProperties(row: OutputObject, asked: readonly string[]): OutputObject {
  const wanted = new Set([...shownProperties, ...asked].map((name) => name.toLowerCase()));
  return wanted.has('*') ? row : Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has((name.split('@')[0] ?? name).toLowerCase())));
}
