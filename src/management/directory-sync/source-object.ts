import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ManagementError } from '../management-error.ts';
import type { CmdletSession } from '../sessions/cmdlet-session.ts';

/** A person or room on premises, as the synchronisation reads them. */
export interface SourceObject {
  /** mS-DS-ConsistencyGuid, else objectGUID, its bytes in base64: the `ImmutableId` of the person in the tenant's directory. */
  anchor: string;
  /** The anchor is objectGUID, and mS-DS-ConsistencyGuid empty: once exported, it is written there. Absent: it is there. */
  anchorIsUnwritten?: true;
  /** objectGUID, lower case. */
  guid: string;
  displayName: string;
  alias: string;
  userPrincipalName: string;
  mail: string;
  /** `SMTP:` for the primary address, `smtp:` for the others. */
  proxyAddresses: readonly string[];
  /** Rooms sign nobody in. */
  enabled: boolean;
  /** Whether the mailbox is kept on premises, in the cloud (a remote mailbox), or elsewhere (a mail user). */
  mailbox: 'OnPremises' | 'Cloud' | 'Elsewhere';
  /** Where mail and free/busy really are, seen from the cloud; undefined for who has the mailbox there. */
  externalEmailAddress: string | undefined;
  /** Exchange's own ImmutableId attribute, which the federation gateway looks at; normally null. */
  exchangeImmutableId: string | null;
}

const rowSchema = z.object({
  Guid: z.guid(),
  Alias: z.string(),
  DisplayName: z.string(),
  UserPrincipalName: z.string(),
  PrimarySmtpAddress: z.string(),
  EmailAddresses: z.array(z.string()),
  RecipientTypeDetails: z.string(),
  AccountDisabled: z.boolean().default(false),
  ImmutableId: z.string().nullish(),
  ExternalEmailAddress: z.string().nullish(),
});

const consistencyGuid = 'mS-DS-ConsistencyGuid';
const types = ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox', 'MailUser', 'RemoteUserMailbox'];
/** The built-in administrator (isCriticalSystemObject) and the accounts of the synchronisation itself stay where they are. */
const excluded = /^(?:administrator|guest|krbtgt|AAD_.*|MSOL_.*|SystemMailbox\{.*|HealthMailbox.*)$/i;

/** Everybody on premises who is to be in the tenant's directory. @throws ManagementError as the session; `MANAGEMENT_UNEXPECTED_ANSWER` */
export async function readSourceObjects(session: CmdletSession): Promise<SourceObject[]> {
  const [rows, accounts] = await Promise.all([
    session.invoke('Get-Recipient', { ResultSize: 'Unlimited', RecipientTypeDetails: types }),
    session.invoke('Get-ADUser', { Filter: '*', Properties: [consistencyGuid] }),
  ]);
  const anchors = new Map(accounts.map((account) => [String(account['ObjectGUID']).toLowerCase(), textOfBytes(account[consistencyGuid])]));
  return rows.flatMap((row) => {
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) throw new ManagementError('MANAGEMENT_UNEXPECTED_ANSWER', 'Get-Recipient on premises shows a recipient that cannot be read.', { facts: { identity: row['Identity'], issues: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) } });
    return excluded.test(parsed.data.Alias) ? [] : [toSource(parsed.data, anchors.get(parsed.data.Guid.toLowerCase()))];
  });
}

const textOfBytes = (value: unknown): string | undefined => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : typeof value === 'string' && value !== '' ? value : undefined);

function toSource(row: z.output<typeof rowSchema>, anchor: string | undefined): SourceObject {
  const type = row.RecipientTypeDetails;
  const mailbox = type === 'RemoteUserMailbox' ? 'Cloud' : type === 'MailUser' ? 'Elsewhere' : 'OnPremises';
  const target = mailbox === 'Cloud' ? undefined : mailbox === 'Elsewhere' ? (row.ExternalEmailAddress ?? row.PrimarySmtpAddress) : row.PrimarySmtpAddress;
  return {
    anchor: anchor ?? anchorOf(row.Guid),
    ...(anchor === undefined ? { anchorIsUnwritten: true as const } : {}),
    guid: row.Guid.toLowerCase(),
    displayName: row.DisplayName,
    alias: row.Alias,
    userPrincipalName: row.UserPrincipalName,
    mail: row.PrimarySmtpAddress,
    proxyAddresses: row.EmailAddresses,
    enabled: !row.AccountDisabled && type !== 'RoomMailbox' && type !== 'EquipmentMailbox',
    mailbox,
    externalEmailAddress: target?.replace(/^smtp:/i, ''),
    exchangeImmutableId: row.ImmutableId ?? null,
  };
}

/** A GUID's bytes as Windows keeps them (the first three groups little-endian), in base64. */
export function anchorOf(guid: string): string {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes.toString('base64');
}

/** Of what is exported: where the anchor is written does not count. */
export function digestOf(source: SourceObject): string {
  return createHash('sha256').update(JSON.stringify({ ...source, anchorIsUnwritten: undefined })).digest('base64');
}

/** Keeps the anchor of somebody who has been exported, so that it survives a new object. */
export async function writeAnchor(session: CmdletSession, { guid, anchor }: SourceObject): Promise<void> {
  await session.invoke('Set-ADUser', { Identity: guid, Replace: { [consistencyGuid]: anchor } });
}
