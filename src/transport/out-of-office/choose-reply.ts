import { addressKey, smtpDomainOf } from '../../organization/index.ts';
import type { OofSettings, Organization, Recipient } from '../../organization/index.ts';

/**
 * Which reply a sender gets, of the two that somebody who is away has written: the internal one from inside the hybrid and
 * in remote domains with `AllowedOOFType InternalLegacy`, the external one as far as the audience and the remote domain
 * allow it. Undefined where there is none for this sender.
 */
export async function chooseReply(organization: Organization, owner: Recipient, settings: OofSettings, sender: string, isInternal: boolean): Promise<string | undefined> {
  const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text);
  if (isInternal) return given(settings.internalReply);
  const allowed = await allowedType(organization, smtpDomainOf(sender));
  if (allowed === 'None') return undefined;
  if (allowed === 'InternalLegacy') return given(settings.internalReply);
  if (settings.externalAudience === 'None') return undefined;
  if (settings.externalAudience === 'Known' && !(await isContact(organization, owner, sender))) return undefined;
  return given(settings.externalReply);
}

/** Of the remote domain that names it most closely; `External` where none does, as the default remote domain has it. */
async function allowedType({ configuration }: Organization, domain: string): Promise<'External' | 'InternalLegacy' | 'ExternalLegacy' | 'None'> {
  const closeness = (pattern: string): number => {
    if (pattern === '*') return 0;
    const base = pattern.toLowerCase().replace(/^\*\./, '');
    return domain === base || (pattern.startsWith('*.') && domain.endsWith(`.${base}`)) ? base.length : -1;
  };
  const [closest] = (await configuration.list('RemoteDomain'))
    .map(({ properties }) => ({ properties, at: closeness(properties.DomainName) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at);
  return closest?.properties.AllowedOOFType ?? 'External';
}

const addressKeys = ['contacts:EmailAddress/EmailAddress1', 'contacts:EmailAddress/EmailAddress2', 'contacts:EmailAddress/EmailAddress3'] as const;
const page = 500;

/** Whether the owner has the sender among the contacts. Addresses are structured values, which no search finds. */
async function isContact({ mailboxes }: Organization, owner: Recipient, sender: string): Promise<boolean> {
  const { items, folders } = mailboxes.of(owner.guid);
  const contacts = await folders.distinguished('contacts');
  for (let offset = 0; ; offset += page) {
    const { entries } = await items.find(contacts.id, { limit: page, offset });
    if (entries.some(({ properties }) => addressKeys.some((key) => addressOfValue(properties[key]) === addressKey(sender)))) return true;
    if (entries.length < page) return false;
  }
}

function addressOfValue(value: unknown): string | undefined {
  const address = typeof value === 'string' ? value : (value as { address?: unknown } | undefined)?.address;
  return typeof address === 'string' ? addressKey(address) : undefined;
}
