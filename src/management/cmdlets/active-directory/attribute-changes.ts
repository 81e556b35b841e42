import type { Recipient, RecipientChanges } from '../../../organization/index.ts';
import { addressKey, bareSmtpAddress } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { changeEmailAddresses } from '../recipients/email-addresses.ts';
import { ldapValues } from './ldap-values.ts';

/** The attribute in which a source anchor survives a move of its object to another forest. */
export const sourceAnchorAttribute = 'mS-DS-ConsistencyGuid';

/** The attributes that Set-ADUser changes by -Add, -Remove, -Replace and -Clear, by their LDAP display names. */
export const changeableAttributes = ['displayName', 'givenName', 'mail', 'mailNickname', sourceAnchorAttribute, 'proxyAddresses', 'sn', 'targetAddress', 'userPrincipalName'] as const;

type ChangeableAttribute = (typeof changeableAttributes)[number];

/** Attribute names, as they were written, to values. */
interface AttributeRequest {
  Remove?: Readonly<Record<string, readonly string[]>> | undefined;
  Add?: Readonly<Record<string, readonly string[]>> | undefined;
  Replace?: Readonly<Record<string, readonly string[]>> | undefined;
  Clear?: readonly string[] | undefined;
}

/**
 * What Set-ADUser makes of its hashtables: values are removed, then added, then replaced, then cleared, as published.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for an attribute that is not kept here, a second value of one that
 * takes one, and values that an account cannot have
 */
export function attributeChanges(user: Recipient, { Remove = {}, Add = {}, Replace = {}, Clear = [] }: AttributeRequest): RecipientChanges {
  const values = new Map<ChangeableAttribute, readonly string[]>();
  const current = (name: ChangeableAttribute): readonly string[] => values.get(name) ?? ldapValues(user, name);
  for (const [written, removed] of Object.entries(Remove)) {
    const name = attributeOf(written);
    values.set(name, current(name).filter((value) => !removed.some((one) => same(name, one, value))));
  }
  for (const [written, added] of Object.entries(Add)) {
    const name = attributeOf(written);
    if (name !== 'proxyAddresses' && current(name).length + added.length > 1) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The specified attribute, or its value, is in use: it takes one value.', { facts: { attribute: name }, remedy: 'Use -Replace.' });
    values.set(name, [...current(name).filter((value) => !added.some((one) => same(name, one, value))), ...added]);
  }
  for (const [written, replaced] of Object.entries(Replace)) values.set(attributeOf(written), replaced);
  for (const written of Clear) values.set(attributeOf(written), []);
  const changes: RecipientChanges = {};
  for (const [name, list] of values) Object.assign(changes, changeOf(user, name, list));
  return changes;
}

function attributeOf(written: string): ChangeableAttribute {
  const name = changeableAttributes.find((one) => one.toLowerCase() === written.toLowerCase());
  if (name !== undefined) return name;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The specified directory service attribute or value does not exist: ${written.slice(0, 100)}.`, { facts: { attribute: written.slice(0, 100) }, remedy: `Attributes that can be changed here: ${changeableAttributes.join(', ')}.` });
}

/** An address is the same whether it is the primary one or not. */
function same(name: ChangeableAttribute, left: string, right: string): boolean {
  return name === 'proxyAddresses' ? addressKey(left) === addressKey(right) : left.toLowerCase() === right.toLowerCase();
}

function changeOf(user: Recipient, name: ChangeableAttribute, values: readonly string[]): RecipientChanges {
  const [first, ...others] = values;
  if (name !== 'proxyAddresses' && others.length > 0) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The attribute ${name} takes one value.`, { facts: { attribute: name } });
  const hasMail = user.recipientTypeDetails !== 'User';
  if (!hasMail && (name === 'mail' || name === 'mailNickname' || name === 'proxyAddresses' || name === 'targetAddress')) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The account "${user.displayName}" has no mail here.`, { facts: { attribute: name }, remedy: 'Enable-Mailbox, Enable-MailUser or Enable-RemoteMailbox give it some.' });
  }
  switch (name) {
    case 'displayName':
      return { displayName: required(name, first) };
    case 'givenName':
      return { firstName: first ?? null };
    case 'sn':
      return { lastName: first ?? null };
    case 'userPrincipalName':
      return { userPrincipalName: required(name, first) };
    case 'mailNickname':
      return { alias: required(name, first) };
    case 'mail':
      return changeEmailAddresses(user, undefined, required(name, first));
    case 'proxyAddresses':
      return changeEmailAddresses(user, { replace: values }, undefined);
    case 'targetAddress':
      return { externalEmailAddress: bareSmtpAddress(required(name, first)) };
    default: // mS-DS-ConsistencyGuid
      return { consistencyGuid: first === undefined ? null : anchorOf(first) };
  }
}

function required(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The attribute ${name} can't be emptied here: every account of its type has one.`, { facts: { attribute: name } });
}

function anchorOf(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length > 0 && bytes.length <= 64 && bytes.toString('base64') === value) return value;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `${sourceAnchorAttribute} takes 1 to 64 bytes; a GUID has 16.`, { remedy: "Give bytes, such as ([guid]'…').ToByteArray(), or their base64." });
}
