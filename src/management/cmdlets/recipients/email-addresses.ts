import type { Recipient } from '../../../organization/index.ts';
import { addressKey, bareSmtpAddress, isSmtpAddress } from '../../../organization/index.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';

/** The parameters with which Set- cmdlets change addresses. */
export const emailAddressParameters = {
  EmailAddresses: { type: 'string', many: true, description: 'All SMTP addresses, the primary one marked by SMTP: in capitals; or @{add=…; remove=…}.' },
  PrimarySmtpAddress: { type: 'smtpAddress', aliases: ['WindowsEmailAddress'], description: 'The primary address; the former one stays as a further address.' },
} as const;

/**
 * The addresses after a change. `SMTP:` in capitals marks the primary one, as in Exchange; where a new list marks none,
 * its first is the primary one.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE`
 */
export function changeEmailAddresses(recipient: Recipient, change: MultiValued | undefined, primary: string | undefined): { primarySmtpAddress?: string; emailAddresses?: string[] } {
  if (change === undefined) return primary === undefined ? {} : { primarySmtpAddress: primary, emailAddresses: [primary, ...recipient.emailAddresses] };
  if (primary !== undefined) throw invalid("The parameters EmailAddresses and PrimarySmtpAddress can't be used together.");
  const added = ('replace' in change ? change.replace : change.add).map(checked);
  const marked = added.filter((address) => address.startsWith('SMTP:')).map(bareSmtpAddress);
  if (marked.length > 1) throw invalid('There are multiple primary SMTP addresses. Only one may be marked by SMTP: in capitals.');
  if ('replace' in change) {
    const addresses = added.map(bareSmtpAddress);
    const [first] = addresses;
    if (first === undefined) throw invalid('A recipient needs at least one address.');
    return { primarySmtpAddress: marked[0] ?? first, emailAddresses: addresses };
  }
  const removed = new Set(change.remove.map(addressKey));
  const primaryAfter = marked[0] ?? recipient.primarySmtpAddress;
  if (removed.has(addressKey(primaryAfter))) throw invalid(`The address "${primaryAfter}" is the primary SMTP address and can't be removed. Make another one the primary address first.`);
  const kept = recipient.emailAddresses.filter((address) => !removed.has(addressKey(address)));
  return { primarySmtpAddress: primaryAfter, emailAddresses: [...kept, ...added.map(bareSmtpAddress)] };
}

function checked(address: string): string {
  if (isSmtpAddress(bareSmtpAddress(address))) return address.trim();
  const kind = /^([a-z0-9]{1,9}):/i.exec(address)?.[1]?.toUpperCase();
  if (kind !== undefined && kind !== 'SMTP') throw invalid(`Addresses of the type ${kind} are not kept here; only SMTP addresses are.`);
  throw invalid(`"${address.slice(0, 100)}" isn't a valid SMTP address.`);
}

function invalid(message: string): ManagementError {
  return new ManagementError('MANAGEMENT_INVALID_VALUE', message, { facts: { parameter: 'EmailAddresses' } });
}
