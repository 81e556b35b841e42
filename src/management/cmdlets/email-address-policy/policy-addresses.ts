import type { ConfigurationProperties, Recipient } from '../../../organization/index.ts';
import { isMailbox } from '../../../organization/index.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';
import { recipientOutput } from '../recipients/recipient-output.ts';

type Policy = ConfigurationProperties['EmailAddressPolicy'];

/** Whether a policy is for a recipient. */
export function policyIncludes(policy: Policy, recipient: Recipient): boolean {
  const type = recipient.recipientTypeDetails;
  if (policy.RecipientFilter !== null) return readRecipientFilter(policy.RecipientFilter)(recipientOutput(recipient));
  return policy.IncludedRecipients.some((included) => {
    if (included === 'AllRecipients') return true;
    if (included === 'MailboxUsers') return isMailbox(recipient);
    if (included === 'MailContacts') return type === 'MailContact';
    if (included === 'Resources') return type === 'RoomMailbox' || type === 'EquipmentMailbox';
    return type === 'MailUser' || type === 'RemoteUserMailbox';
  });
}

/** The addresses that a policy's templates make for a recipient; `primary` where one of them is of that kind. */
export function policyAddresses(policy: Policy, recipient: Recipient): { primary: string | undefined; all: string[] } {
  const made = policy.EnabledEmailAddressTemplates.map((template) => ({ isPrimary: template.startsWith('SMTP:'), address: fillIn(template.replace(/^smtp:/i, ''), recipient) }));
  return { primary: made.find(({ isPrimary }) => isPrimary)?.address, all: made.map(({ address }) => address) };
}

/** `%m` and its like; a template that begins with `@` means the alias. */
function fillIn(template: string, recipient: Recipient): string {
  const at = template.lastIndexOf('@');
  const words = recipient.displayName.trim().split(/\s+/);
  const given = recipient.firstName ?? (words.slice(0, -1).join('') || (words[0] ?? ''));
  const surname = recipient.lastName ?? (words.length > 1 ? (words.at(-1) ?? '') : '');
  const parts: Readonly<Record<string, string>> = { m: recipient.alias, d: recipient.displayName, g: given, s: surname };
  const local = at === 0 ? recipient.alias : template.slice(0, at).replace(/%([1-9])?([mdgs])/g, (_, length: string | undefined, part: string) => addressText(parts[part] ?? '').slice(0, length === undefined ? undefined : Number(length)));
  return `${local.replace(/^\.+|\.+$/g, '') || recipient.alias}${template.slice(at)}`;
}

/** What of a name an address can hold; marks on letters go. */
function addressText(text: string): string {
  return text.normalize('NFKD').replace(/[^A-Za-z0-9._-]/g, '');
}
