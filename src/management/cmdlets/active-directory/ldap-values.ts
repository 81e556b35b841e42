import type { Recipient, RecipientTypeDetails } from '../../../organization/index.ts';

/** The numbers of msExchRecipientTypeDetails; a plain account has none. */
const recipientTypeNumbers: Partial<Record<RecipientTypeDetails, number>> = { UserMailbox: 1, RoomMailbox: 16, EquipmentMailbox: 32, MailUser: 128, RemoteUserMailbox: 2_147_483_648 };

/** userAccountControl of a normal account, and its bit for a disabled one. */
const normalAccount = 0x200;
const disabledAccount = 0x2;

/** userAccountControl of an account. */
export function accountControl(user: Recipient): number {
  return normalAccount | (user.accountDisabled === true ? disabledAccount : 0);
}

/** msExchRecipientTypeDetails of a recipient; undefined for an account without mail. */
export function recipientTypeNumber(user: Recipient): number | undefined {
  return recipientTypeNumbers[user.recipientTypeDetails];
}

/** Addresses as Active Directory keeps them: `SMTP:` before the primary one, `smtp:` before the others. */
export function proxyAddresses(user: Recipient): string[] {
  return user.emailAddresses.map((address) => `${address === user.primarySmtpAddress ? 'SMTP' : 'smtp'}:${address}`);
}

/**
 * The values of an attribute of an account, by its LDAP display name in any case: texts, times as generalized time, what
 * are bytes in base64. None where it has no value, or where the attribute is not kept here.
 */
export function ldapValues(user: Recipient, attribute: string): readonly string[] {
  const hasMail = user.recipientTypeDetails !== 'User';
  switch (attribute.toLowerCase()) {
    case 'objectclass':
      return ['top', 'person', 'organizationalPerson', 'user'];
    case 'objectcategory':
      return ['person'];
    case 'cn':
    case 'name':
    case 'displayname':
      return [user.displayName];
    case 'givenname':
      return present(user.firstName);
    case 'sn':
      return present(user.lastName);
    case 'samaccountname':
      return [user.alias];
    case 'userprincipalname':
      return present(user.userPrincipalName);
    case 'mail':
      return hasMail ? [user.primarySmtpAddress] : [];
    case 'mailnickname':
      return hasMail ? [user.alias] : [];
    case 'proxyaddresses':
      return proxyAddresses(user);
    case 'targetaddress':
      return user.externalEmailAddress === undefined ? [] : [`SMTP:${user.externalEmailAddress}`];
    case 'useraccountcontrol':
      return [String(accountControl(user))];
    case 'msexchrecipienttypedetails':
      return present(recipientTypeNumber(user)?.toString());
    case 'whencreated':
      return [generalizedTime(user.whenCreated ?? 0)];
    case 'whenchanged':
      return [generalizedTime(user.whenChanged ?? 0)];
    case 'objectguid':
      return [guidBytes(user.guid).toString('base64')];
    case 'ms-ds-consistencyguid':
      return present(user.consistencyGuid);
    default:
      return [];
  }
}

/** True for attributes whose values are bytes. */
export function isOctetString(attribute: string): boolean {
  return ['objectguid', 'ms-ds-consistencyguid'].includes(attribute.toLowerCase());
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

/** `20261122103000.0Z`. */
function generalizedTime(time: number): string {
  return `${new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)}.0Z`;
}

/** A GUID as Windows keeps it: its first three groups with the least significant byte first. */
function guidBytes(guid: string): Buffer {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes.subarray(0, 4).reverse(), bytes.subarray(4, 6).reverse(), bytes.subarray(6, 8).reverse(), bytes.subarray(8)]);
}
