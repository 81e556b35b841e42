import { errorText } from '../../foundation/index.ts';
import type { CmdletSession } from '../sessions/cmdlet-session.ts';
import type { ExportError } from './plan-exports.ts';
import type { SourceObject } from './source-object.ts';

/** What the cloud's Exchange makes of the tenant's directory. */
export interface ProvisionResult {
  changed: number;
  errors: readonly ExportError[];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Gives the cloud's Exchange the recipients that the real service makes of its directory: mail users for everybody whose
 * mailbox is elsewhere, and the same names, addresses and ImmutableId for those who have it there. A mailbox is never
 * made, turned into a mail user or removed: those are moves, licences and an administrator's decision.
 */
export async function provisionRecipients(cloud: CmdletSession, sources: readonly SourceObject[], gone: readonly string[]): Promise<ProvisionResult> {
  const rows = await cloud.invoke('Get-Recipient', { ResultSize: 'Unlimited' });
  const byAddress = new Map(rows.flatMap((row) => [row['UserPrincipalName'], ...(row['EmailAddresses'] as string[])].map((name) => [bare(name), row] as const)));
  const errors: ExportError[] = [];
  let changed = 0;
  const attempt = async (object: string, apply: () => Promise<number>): Promise<void> => {
    try {
      changed += await apply();
    } catch (error) {
      errors.push({ code: 'ExportFailed', object, message: `Exchange in the cloud: ${errorText(error)}` });
    }
  };
  for (const name of gone) {
    const row = byAddress.get(bare(name));
    if (row?.['RecipientTypeDetails'] === 'MailUser') await attempt(name, () => remove(cloud, row));
  }
  for (const source of sources) {
    const row = byAddress.get(bare(source.userPrincipalName)) ?? byAddress.get(bare(source.mail));
    await attempt(source.userPrincipalName, () => (row === undefined ? create(cloud, source) : update(cloud, source, row)));
  }
  return { changed, errors };
}

const bare = (name: unknown): string => String(name).replace(/^smtp:/i, '').toLowerCase();

async function remove(cloud: CmdletSession, row: Row): Promise<number> {
  await cloud.invoke('Remove-MailUser', { Identity: row['Guid'], Confirm: false });
  return 1;
}

async function create(cloud: CmdletSession, source: SourceObject): Promise<number> {
  if (source.externalEmailAddress === undefined) return 0;
  const [made] = await cloud.invoke('New-MailUser', { Name: source.displayName, Alias: source.alias, MicrosoftOnlineServicesID: source.userPrincipalName, PrimarySmtpAddress: source.mail, ExternalEmailAddress: source.externalEmailAddress, ...(source.exchangeImmutableId === null ? {} : { ImmutableId: source.exchangeImmutableId }) });
  if (source.proxyAddresses.length > 1) await cloud.invoke('Set-MailUser', { Identity: made?.['Guid'] ?? source.userPrincipalName, EmailAddresses: [...source.proxyAddresses] });
  return 1;
}

async function update(cloud: CmdletSession, source: SourceObject, row: Row): Promise<number> {
  const isMailUser = row['RecipientTypeDetails'] === 'MailUser';
  if (!isMailUser && !String(row['RecipientTypeDetails']).endsWith('Mailbox')) return 0;
  const same = (name: string, value: unknown): boolean => (row[name] ?? null) === value;
  const addresses = (list: unknown): string => (list as string[]).toSorted().join(' ');
  const changes = {
    ...(same('DisplayName', source.displayName) ? {} : { DisplayName: source.displayName }),
    ...(same('Alias', source.alias) ? {} : { Alias: source.alias }),
    ...(same('UserPrincipalName', source.userPrincipalName) ? {} : { UserPrincipalName: source.userPrincipalName }),
    ...(same('ImmutableId', source.exchangeImmutableId) ? {} : { ImmutableId: source.exchangeImmutableId }),
    ...(addresses(row['EmailAddresses']) === addresses(source.proxyAddresses) ? {} : { EmailAddresses: [...source.proxyAddresses] }),
    ...(isMailUser && source.externalEmailAddress !== undefined && bare(row['ExternalEmailAddress']) !== bare(source.externalEmailAddress) ? { ExternalEmailAddress: source.externalEmailAddress } : {}),
  };
  if (Object.keys(changes).length === 0) return 0;
  await cloud.invoke(isMailUser ? 'Set-MailUser' : 'Set-Mailbox', { Identity: row['Guid'], ...changes });
  return 1;
}
