import { createHash } from 'node:crypto';
import { z } from 'zod';
import { errorText } from '../../foundation/index.ts';
import { ManagementError } from '../management-error.ts';
import type { CmdletSession } from '../sessions/cmdlet-session.ts';
import type { ExportError } from './plan-exports.ts';
import { anchorOf } from './source-object.ts';
import type { ExportedRecipient } from './sync-state.ts';

export interface ContactsAndGroups {
  adds: number;
  updates: number;
  deletes: number;
  errors: readonly ExportError[];
  /** For the next cycle, by source anchor. */
  recipients: Readonly<Record<string, ExportedRecipient>>;
}

interface Source {
  kind: 'MailContact' | 'DistributionGroup';
  anchor: string;
  name: string;
  alias: string;
  mail: string;
  /** Target of a contact. */
  target: string;
  proxyAddresses: readonly string[];
  /** Primary addresses of a group's members, sorted. */
  members: readonly string[];
  /** Of a group: who may send to it, and whether its members' absence is told. */
  settings: z.output<typeof settingsSchema>;
  groupType: string;
}

const settingsSchema = z.object({ RequireSenderAuthenticationEnabled: z.boolean().optional(), SendOofMessageToOriginatorEnabled: z.boolean().optional() });

const rowSchema = z.object({
  Guid: z.guid(),
  Alias: z.string(),
  DisplayName: z.string(),
  PrimarySmtpAddress: z.string(),
  EmailAddresses: z.array(z.string()),
  ExternalEmailAddress: z.string().nullish(),
  RecipientTypeDetails: z.string(),
  ...settingsSchema.shape,
});
type Row = z.output<typeof rowSchema>;

/**
 * Brings contacts and groups on premises into the cloud's Exchange; the tenant's directory here holds people only. They
 * are found by what a former cycle made, else by primary address. Members that are not in the cloud are left out, as the
 * real synchronisation leaves out who is not in its scope.
 */
export async function synchronizeContactsAndGroups(onPremises: CmdletSession, cloud: CmdletSession, former: Readonly<Record<string, ExportedRecipient>>, policy: 'Delta' | 'Initial'): Promise<ContactsAndGroups> {
  const sources = await readSources(onPremises);
  const [contacts, groups] = await Promise.all([rowsOf(cloud, 'MailContact'), rowsOf(cloud, 'DistributionGroup')]);
  const targets = { MailContact: contacts, DistributionGroup: groups };
  const recipients: Record<string, ExportedRecipient> = {};
  const errors: ExportError[] = [];
  const counts = { adds: 0, updates: 0, deletes: 0 };
  const attempt = async (object: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      const taken = error instanceof ManagementError && error.code === 'MANAGEMENT_OBJECT_EXISTS';
      errors.push({ code: taken ? 'AttributeValueMustBeUnique' : 'ExportFailed', object, message: `Exchange in the cloud: ${errorText(error)}` });
      return false;
    }
  };
  const present = new Set(sources.map(({ anchor }) => anchor));
  const groupAddresses = new Set(sources.filter(({ kind }) => kind === 'DistributionGroup').map(({ mail }) => mail.toLowerCase()));
  for (const [anchor, { guid, kind, name }] of Object.entries(former)) {
    if (present.has(anchor)) continue;
    const isThere = targets[kind].some((row) => row.Guid === guid);
    const done = !isThere || (await attempt(name, async () => void (await cloud.invoke(`Remove-${kind}`, { Identity: guid, Confirm: false }))));
    if (done && isThere) counts.deletes += 1;
    if (!done) recipients[anchor] = { guid, kind, name, digest: '' };
  }
  let byAddress: ReadonlyMap<string, string> | undefined;
  const incomplete: { source: Source; guid: string }[] = [];
  // Contacts first: they may be members of groups.
  for (const source of sources) {
    const known = former[source.anchor];
    const row = targets[source.kind].find(({ Guid }) => Guid === known?.guid) ?? targets[source.kind].find(({ PrimarySmtpAddress }) => PrimarySmtpAddress.toLowerCase() === source.mail.toLowerCase());
    if (policy === 'Delta' && row !== undefined && known?.digest === digestOf(source)) {
      recipients[source.anchor] = known;
      continue;
    }
    let guid = row?.Guid ?? '';
    const done = await attempt(source.name, async () => {
      // Read when the first group needs it: by then the contacts are there.
      if (source.members.length > 0) byAddress ??= await recipientsByAddress(cloud);
      const members = membersInCloud(source, byAddress ?? new Map());
      if (row === undefined) {
        guid = await create(cloud, source, members);
        counts.adds += 1;
      } else if (await update(cloud, source, row, members)) counts.updates += 1;
      // Groups may hold groups that come later, and one another.
      if (source.members.some((member) => groupAddresses.has(member) && byAddress?.has(member) !== true)) incomplete.push({ source, guid });
    });
    if (guid !== '') recipients[source.anchor] = { guid, kind: source.kind, name: source.name, digest: done ? digestOf(source) : '' };
  }
  if (incomplete.length > 0) byAddress = await recipientsByAddress(cloud);
  for (const { source, guid } of incomplete) {
    const done = await attempt(source.name, async () => void (await cloud.invoke('Update-DistributionGroupMember', { Identity: guid, Members: membersInCloud(source, byAddress ?? new Map()), Confirm: false })));
    if (!done) recipients[source.anchor] = { guid, kind: source.kind, name: source.name, digest: '' };
  }
  return { ...counts, errors, recipients };
}

const digestOf = (source: Source): string => createHash('sha256').update(JSON.stringify(source)).digest('base64');
const bare = (address: string): string => address.replace(/^smtp:/i, '');

async function readSources(session: CmdletSession): Promise<Source[]> {
  const contacts = (await rowsOf(session, 'MailContact')).map((row) => toSource('MailContact', row, []));
  const groups: Source[] = [];
  for (const row of await rowsOf(session, 'DistributionGroup')) {
    const members = await session.invoke('Get-DistributionGroupMember', { Identity: row.Guid, ResultSize: 'Unlimited' });
    groups.push(toSource('DistributionGroup', row, members.map((member) => String(member['PrimarySmtpAddress']).toLowerCase()).toSorted()));
  }
  return [...contacts, ...groups];
}

function toSource(kind: Source['kind'], row: Row, members: readonly string[]): Source {
  return { kind, anchor: anchorOf(row.Guid), name: row.DisplayName, alias: row.Alias, mail: row.PrimarySmtpAddress, target: bare(row.ExternalEmailAddress ?? ''), proxyAddresses: row.EmailAddresses, members, groupType: row.RecipientTypeDetails, settings: settingsSchema.parse(row) };
}

async function rowsOf(session: CmdletSession, noun: Source['kind']): Promise<Row[]> {
  const rows = await session.invoke(`Get-${noun}`, { ResultSize: 'Unlimited' });
  return rows.map((row) => {
    const parsed = rowSchema.safeParse(row);
    if (parsed.success) return parsed.data;
    throw new ManagementError('MANAGEMENT_UNEXPECTED_ANSWER', `Get-${noun} shows an object that cannot be read.`, { facts: { identity: row['Identity'], issues: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) } });
  });
}

async function create(cloud: CmdletSession, source: Source, members: readonly string[]): Promise<string> {
  const names = { Name: source.name, Alias: source.alias, PrimarySmtpAddress: source.mail };
  if (source.kind === 'MailContact') {
    const [made] = await cloud.invoke('New-MailContact', { ...names, ExternalEmailAddress: source.target });
    const guid = String(made?.['Guid']);
    if (source.proxyAddresses.length > 1) await cloud.invoke('Set-MailContact', { Identity: guid, EmailAddresses: [...source.proxyAddresses] });
    return guid;
  }
  const type = source.groupType === 'RoomList' ? { RoomList: true } : { Type: source.groupType === 'MailUniversalSecurityGroup' ? 'Security' : 'Distribution' };
  const [made] = await cloud.invoke('New-DistributionGroup', { ...names, ...type, Members: [...members] });
  const guid = String(made?.['Guid']);
  const settings = changedSettings(source.settings, settingsSchema.parse(made ?? {}));
  if (Object.keys(settings).length > 0) await cloud.invoke('Set-DistributionGroup', { Identity: guid, ...settings });
  return guid;
}

/** True when something had to change. */
async function update(cloud: CmdletSession, source: Source, row: Row, members: readonly string[]): Promise<boolean> {
  const changes = {
    ...(row.DisplayName === source.name ? {} : { DisplayName: source.name }),
    ...(row.Alias === source.alias ? {} : { Alias: source.alias }),
  };
  if (source.kind === 'MailContact') {
    const sorted = (addresses: readonly string[]): string => addresses.toSorted().join(' ');
    const all = {
      ...changes,
      ...(sorted(row.EmailAddresses) === sorted(source.proxyAddresses) ? {} : { EmailAddresses: [...source.proxyAddresses] }),
      ...(bare(row.ExternalEmailAddress ?? '').toLowerCase() === source.target.toLowerCase() ? {} : { ExternalEmailAddress: source.target }),
    };
    if (Object.keys(all).length === 0) return false;
    await cloud.invoke('Set-MailContact', { Identity: row.Guid, ...all });
    return true;
  }
  const names = { ...changes, ...changedSettings(source.settings, settingsSchema.parse(row)), ...(row.PrimarySmtpAddress.toLowerCase() === source.mail.toLowerCase() ? {} : { PrimarySmtpAddress: source.mail }) };
  if (Object.keys(names).length > 0) await cloud.invoke('Set-DistributionGroup', { Identity: row.Guid, ...names });
  const present = await cloud.invoke('Get-DistributionGroupMember', { Identity: row.Guid, ResultSize: 'Unlimited' });
  const same = members.toSorted().join(' ') === present.map((member) => String(member['Guid'])).toSorted().join(' ');
  if (!same) await cloud.invoke('Update-DistributionGroupMember', { Identity: row.Guid, Members: [...members], Confirm: false });
  return !same || Object.keys(names).length > 0;
}

/** Settings of a group that differ in the cloud. */
function changedSettings(source: Source['settings'], there: Source['settings']): Record<string, boolean> {
  return Object.fromEntries(Object.entries(source).filter(([name, value]) => value !== undefined && there[name as keyof typeof there] !== value)) as Record<string, boolean>;
}

/** GUIDs of the cloud's recipients and groups by address. */
async function recipientsByAddress(cloud: CmdletSession): Promise<ReadonlyMap<string, string>> {
  const rows = [...(await cloud.invoke('Get-Recipient', { ResultSize: 'Unlimited' })), ...(await cloud.invoke('Get-DistributionGroup', { ResultSize: 'Unlimited' }))];
  return new Map(rows.flatMap((row) => (row['EmailAddresses'] as string[]).map((address) => [bare(address).toLowerCase(), String(row['Guid'])] as const)));
}

/** GUIDs of the members that the cloud has. */
function membersInCloud(source: Source, byAddress: ReadonlyMap<string, string>): string[] {
  return source.members.map((member) => byAddress.get(member)).filter((guid) => guid !== undefined);
}
