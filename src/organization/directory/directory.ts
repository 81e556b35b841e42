import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import { ntHash } from '../../identity/index.ts';
import { OrganizationError } from '../organization-error.ts';
import { addressKey } from '../smtp-address.ts';
import { hasWildCard, wildCardMatcher } from '../wild-card.ts';
import type { DirectorySchema, RecipientTable } from './directory-schema.ts';
import type { NewRecipient, RecipientChanges } from './new-recipient.ts';
import { changeRecipient, completeRecipient } from './new-recipient.ts';
import type { NtHashCipher } from './nt-hash-cipher.ts';
import type { PasswordCost } from './password-hash.ts';
import { defaultPasswordCost, hashPassword, verifyPassword } from './password-hash.ts';
import type { Recipient, RecipientTypeDetails } from './recipient.ts';
import { mailTypes } from './recipient.ts';

export interface ListRecipients {
  /** Default: whatever mail can reach. */
  types?: readonly RecipientTypeDetails[];
  /** Default: all. */
  limit?: number;
}

/** Somebody who has a password. */
export interface SignInAccount {
  recipient: Recipient;
  /** Another text after every change of the password, of which it tells nothing. */
  passwordVersion: string;
}

/** A password as the directory keeps it. */
export interface StoredPasswordHash {
  guid: string;
  /** `scrypt$N$r$p$salt$key` (RFC 7914), salt and key in base64. It signs nobody in, but passwords can be guessed by it. */
  hash: string;
  /** As in `SignInAccount`. */
  passwordVersion: string;
}

/** The people, rooms and contacts of one organisation. */
export interface Directory {
  /**
   * Who an address belongs to, with or without `smtp:` before it and in any case. Undefined when nobody has it; one of
   * them when several do, which only `resolveAll` tells.
   */
  resolve(address: string): Promise<Recipient | undefined>;
  resolveAll(address: string): Promise<Recipient[]>;
  byGuid(guid: string): Promise<Recipient | undefined>;
  /** Undefined also when several recipients have the name: an ambiguous name signs nobody in. */
  byUserPrincipalName(userPrincipalName: string): Promise<Recipient | undefined>;
  /** By guid, alias, user principal name, any address or display name; `*` in it stands for anything. Of some types; by default whatever mail can reach. Sorted by display name. */
  find(identity: string, types?: readonly RecipientTypeDetails[]): Promise<Recipient[]>;
  /** Sorted by display name. */
  list(options?: ListRecipients): Promise<Recipient[]>;
  count(types?: readonly RecipientTypeDetails[]): Promise<number>;
  /** @throws OrganizationError `ORGANIZATION_INVALID_RECIPIENT`, `ORGANIZATION_ADDRESS_TAKEN`, `ORGANIZATION_NAME_TAKEN` */
  create(recipient: NewRecipient): Promise<Recipient>;
  /** @throws OrganizationError as `create`, and `ORGANIZATION_RECIPIENT_NOT_FOUND` */
  update(guid: string, changes: RecipientChanges): Promise<Recipient>;
  /** True when there was one to remove. Its password and role groups go with it. */
  remove(guid: string): Promise<boolean>;
  /** @throws OrganizationError `ORGANIZATION_RECIPIENT_NOT_FOUND` */
  setPassword(guid: string, password: string): Promise<void>;
  /**
   * Who signs in: `userName` is a user principal name, a primary address or `DOMAIN\alias` (any domain). Undefined for a
   * wrong password and for an unknown, ambiguous or passwordless user alike; all of them take as long.
   */
  checkPassword(userName: string, password: string): Promise<Recipient | undefined>;
  /**
   * Whom `checkPassword` would check a password of, and which password that is now: what was verified for one version
   * holds as long as name and version lead here. Undefined for a name that signs nobody in.
   */
  signInAccount(userName: string): Promise<SignInAccount | undefined>;
  /** The stored hashes of passwords, for directory synchronisation: whoever is not named there has none. */
  passwordHashes(guids: readonly string[]): Promise<readonly StoredPasswordHash[]>;
  /** Whether NT hashes are kept beside passwords, for NTLM. */
  readonly keepsNtHashes: boolean;
  /**
   * Who a user name means, as `checkPassword` reads it, with the NT hash of the password: the equivalent of the password
   * itself. Undefined for whoever has none.
   *
   * @throws OrganizationError `ORGANIZATION_NT_HASH_KEY`
   */
  findNtHash(userName: string): Promise<{ recipient: Recipient; ntHash: Buffer } | undefined>;
  /** Names of the role groups that somebody is in: built-in ones, and those that somebody made. */
  roleGroups(guid: string): Promise<string[]>;
  /** Replaces the role groups of a recipient. @throws OrganizationError `ORGANIZATION_RECIPIENT_NOT_FOUND` */
  setRoleGroups(guid: string, groups: readonly string[]): Promise<void>;
  /** Sorted by display name. */
  roleGroupMembers(group: string): Promise<Recipient[]>;
}

export interface DirectoryOptions {
  clock: Clock;
  /** What new passwords cost to hash. Default: 32 MiB. */
  passwordCost?: PasswordCost;
  /** Keeps NT hashes under this cipher. Default: none are kept. */
  ntHashCipher?: NtHashCipher;
}

type Row = Pick<RecipientTable, 'recipient' | 'created_at' | 'changed_at'>;
const columns = ['recipient.recipient', 'recipient.created_at', 'recipient.changed_at'] as const;

/** Opens the directory in a store whose migrations have run. */
export function createDirectory(db: Kysely<DirectorySchema>, options: DirectoryOptions): Directory {
  const passwordCost = options.passwordCost ?? defaultPasswordCost;
  const { ntHashCipher } = options;
  const sealedNtHash = (guid: string, password: string): string | null => ntHashCipher?.seal(guid, ntHash(password)) ?? null;
  let nobodysPassword: Promise<string> | undefined;

  const resolveAll = async (address: string): Promise<Recipient[]> => {
    const key = addressKey(address);
    const rows = await db
      .selectFrom('recipient_address')
      .innerJoin('recipient', 'recipient.guid', 'recipient_address.recipient_guid')
      .select(columns)
      .where('recipient_address.address_key', '=', key)
      .orderBy('recipient.guid')
      .execute();
    return rows.map(toRecipient);
  };

  const byUserPrincipalName = async (name: string): Promise<Recipient | undefined> => {
    const rows = await db.selectFrom('recipient').select(columns).where('user_principal_name_key', '=', name.toLowerCase()).limit(2).execute();
    return rows.length === 1 && rows[0] !== undefined ? toRecipient(rows[0]) : undefined;
  };

  const byAlias = async (alias: string): Promise<Recipient[]> => {
    const rows = await db.selectFrom('recipient').select(columns).where('alias_key', '=', alias.toLowerCase()).execute();
    return rows.map(toRecipient);
  };

  const list = async (query: ListRecipients = {}): Promise<Recipient[]> => {
    let select = db.selectFrom('recipient').select(columns).where('recipient_type', 'in', [...(query.types ?? mailTypes)]).orderBy('display_name_key').orderBy('guid');
    if (query.limit !== undefined) select = select.limit(query.limit);
    return (await select.execute()).map(toRecipient);
  };

  const byGuid = async (guid: string): Promise<Recipient | undefined> => {
    const row = await db.selectFrom('recipient').select(columns).where('guid', '=', guid.toLowerCase()).executeTakeFirst();
    return row === undefined ? undefined : toRecipient(row);
  };

  const find = async (identity: string, types = mailTypes): Promise<Recipient[]> => {
    if (hasWildCard(identity)) {
      const matches = wildCardMatcher(identity);
      return (await list({ types })).filter((recipient) => identitiesOf(recipient).some(matches));
    }
    const key = addressKey(identity);
    const rows = await db
      .selectFrom('recipient')
      .select(columns)
      .where((where) =>
        where.or([
          where('guid', '=', identity.toLowerCase()),
          where('alias_key', '=', key),
          where('user_principal_name_key', '=', key),
          where('display_name_key', '=', identity.toLowerCase()),
          where('guid', 'in', where.selectFrom('recipient_address').select('recipient_guid').where('address_key', '=', key)),
        ]),
      )
      .where('recipient_type', 'in', [...types])
      .orderBy('display_name_key')
      .orderBy('guid')
      .execute();
    return rows.map(toRecipient);
  };

  const signingIn = async (userName: string): Promise<Recipient | undefined> => {
    const meant = await meantBy(userName);
    return meant?.accountDisabled === true ? undefined : meant;
  };

  const meantBy = async (userName: string): Promise<Recipient | undefined> => {
    const slash = userName.indexOf('\\');
    if (slash !== -1) return onlyOne(await byAlias(userName.slice(slash + 1)));
    const named = await byUserPrincipalName(userName);
    if (named !== undefined) return named;
    const addressed = (await resolveAll(userName)).filter((recipient) => addressKey(recipient.primarySmtpAddress) === addressKey(userName));
    return onlyOne(addressed);
  };

  const passwordHashOf = async (recipient: Recipient): Promise<string | undefined> => {
    const row = await db.selectFrom('recipient_password').select('password_hash').where('recipient_guid', '=', recipient.guid).executeTakeFirst();
    return row?.password_hash;
  };

  /** A password from before NTLM was switched on gains its NT hash when it is next used. */
  const addNtHash = async ({ guid }: Recipient, password: string, passwordHash: string): Promise<void> => {
    await db
      .updateTable('recipient_password')
      .set({ nt_hash: sealedNtHash(guid, password) })
      .where('recipient_guid', '=', guid)
      .where('password_hash', '=', passwordHash)
      .where('nt_hash', 'is', null)
      .execute();
  };

  return {
    resolveAll,
    byUserPrincipalName,
    byGuid,
    list,
    find,
    async resolve(address) {
      return (await resolveAll(address))[0];
    },
    async count(types) {
      const select = db.selectFrom('recipient').select((count) => count.fn.countAll<number>().as('count')).where('recipient_type', 'in', [...(types ?? mailTypes)]);
      return (await select.executeTakeFirstOrThrow()).count;
    },
    async create(input) {
      const recipient = completeRecipient(input);
      return db.transaction().execute(async (transaction) => {
        await refuseTaken(transaction, recipient);
        const now = options.clock.now();
        await transaction.insertInto('recipient').values({ ...toRow(recipient, now), created_at: now }).execute();
        await insertAddresses(transaction, recipient);
        return { ...recipient, whenCreated: now, whenChanged: now };
      });
    },
    async update(guid, changes) {
      return db.transaction().execute(async (transaction) => {
        const row = await transaction.selectFrom('recipient').select(columns).where('guid', '=', guid.toLowerCase()).executeTakeFirst();
        if (row === undefined) throw recipientNotFound(guid);
        const former = toRecipient(row);
        const changed = changeRecipient(former, changes);
        await refuseTaken(transaction, changed, former);
        const now = options.clock.now();
        await transaction.updateTable('recipient').set(toRow(changed, now)).where('guid', '=', changed.guid).execute();
        await transaction.deleteFrom('recipient_address').where('recipient_guid', '=', changed.guid).execute();
        await insertAddresses(transaction, changed);
        return { ...changed, whenCreated: row.created_at, whenChanged: now };
      });
    },
    async remove(guid) {
      const result = await db.deleteFrom('recipient').where('guid', '=', guid.toLowerCase()).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    async setPassword(guid, password) {
      if ((await byGuid(guid)) === undefined) throw recipientNotFound(guid);
      const key = guid.toLowerCase();
      const hashes = { password_hash: await hashPassword(password, passwordCost), nt_hash: sealedNtHash(key, password) };
      await db
        .insertInto('recipient_password')
        .values({ recipient_guid: key, ...hashes })
        .onConflict((conflict) => conflict.column('recipient_guid').doUpdateSet(hashes))
        .execute();
    },
    async checkPassword(userName, password) {
      nobodysPassword ??= hashPassword('', passwordCost);
      const recipient = await signingIn(userName);
      const hash = recipient === undefined ? undefined : await passwordHashOf(recipient);
      const matches = await verifyPassword(password, hash ?? (await nobodysPassword));
      if (!matches || recipient === undefined || hash === undefined) return undefined;
      if (ntHashCipher !== undefined) await addNtHash(recipient, password, hash);
      return recipient;
    },
    async passwordHashes(guids) {
      if (guids.length === 0) return [];
      const rows = await db.selectFrom('recipient_password').select(['recipient_guid', 'password_hash']).where('recipient_guid', 'in', guids.map((guid) => guid.toLowerCase())).execute();
      return rows.map(({ recipient_guid: guid, password_hash: hash }) => ({ guid, hash, passwordVersion: versionOf(hash) }));
    },
    keepsNtHashes: ntHashCipher !== undefined,
    async findNtHash(userName) {
      if (ntHashCipher === undefined) return undefined;
      const recipient = await signingIn(userName);
      if (recipient === undefined) return undefined;
      const row = await db.selectFrom('recipient_password').select('nt_hash').where('recipient_guid', '=', recipient.guid).executeTakeFirst();
      return row?.nt_hash == null ? undefined : { recipient, ntHash: ntHashCipher.open(recipient.guid, row.nt_hash) };
    },
    async signInAccount(userName) {
      const recipient = await signingIn(userName);
      const hash = recipient === undefined ? undefined : await passwordHashOf(recipient);
      if (recipient === undefined || hash === undefined) return undefined;
      return { recipient, passwordVersion: versionOf(hash) };
    },
    async roleGroups(guid) {
      const rows = await db.selectFrom('role_group_member').select('role_group').where('recipient_guid', '=', guid.toLowerCase()).orderBy('role_group').execute();
      return rows.map((row) => row.role_group);
    },
    async roleGroupMembers(group) {
      const rows = await db.selectFrom('recipient').innerJoin('role_group_member', 'role_group_member.recipient_guid', 'recipient.guid').select(columns).where('role_group', '=', group).orderBy('recipient.display_name_key').orderBy('recipient.guid').execute();
      return rows.map(toRecipient);
    },
    async setRoleGroups(guid, groups) {
      await db.transaction().execute(async (transaction) => {
        const key = guid.toLowerCase();
        const row = await transaction.selectFrom('recipient').select('guid').where('guid', '=', key).executeTakeFirst();
        if (row === undefined) throw recipientNotFound(guid);
        await transaction.deleteFrom('role_group_member').where('recipient_guid', '=', key).execute();
        if (groups.length === 0) return;
        await transaction.insertInto('role_group_member').values([...new Set(groups)].map((group) => ({ recipient_guid: key, role_group: group }))).execute();
      });
    },
  };
}

function versionOf(hash: string): string {
  return createHash('sha256').update(hash).digest('base64');
}

/** Removes what is left of a time when NTLM was on. Returns how many hashes there were. */
export async function removeNtHashes(db: Kysely<DirectorySchema>): Promise<number> {
  const { numUpdatedRows } = await db.updateTable('recipient_password').set({ nt_hash: null }).where('nt_hash', 'is not', null).executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/**
 * Gives a recipient an address that somebody else may have: what directory synchronisation and ADSI Edit can do to a
 * real directory, and `create` and `update` refuse. For rehearsing what duplicates break.
 *
 * @throws OrganizationError `ORGANIZATION_RECIPIENT_NOT_FOUND`, `ORGANIZATION_INVALID_RECIPIENT`
 */
export async function addAddressUnchecked(db: Kysely<DirectorySchema>, guid: string, address: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await transaction.selectFrom('recipient').select(columns).where('guid', '=', guid.toLowerCase()).executeTakeFirst();
    if (row === undefined) throw recipientNotFound(guid);
    const recipient = toRecipient(row);
    const changed = changeRecipient(recipient, { emailAddresses: [...recipient.emailAddresses, address] });
    await transaction.updateTable('recipient').set(toRow(changed, row.changed_at)).where('guid', '=', changed.guid).execute();
    await transaction.deleteFrom('recipient_address').where('recipient_guid', '=', changed.guid).execute();
    await insertAddresses(transaction, changed);
  });
}

function identitiesOf(recipient: Recipient): string[] {
  return [recipient.displayName, recipient.alias, ...(recipient.userPrincipalName === undefined ? [] : [recipient.userPrincipalName]), ...recipient.emailAddresses];
}

function onlyOne(recipients: readonly Recipient[]): Recipient | undefined {
  return recipients.length === 1 ? recipients[0] : undefined;
}

function toRecipient(row: Row): Recipient {
  return { ...(JSON.parse(row.recipient) as Recipient), whenCreated: row.created_at, whenChanged: row.changed_at };
}

function toRow(recipient: Recipient, now: number): Omit<RecipientTable, 'created_at'> {
  const { whenCreated: _created, whenChanged: _changed, ...stored } = recipient;
  return {
    guid: recipient.guid,
    recipient_type: recipient.recipientTypeDetails,
    display_name: recipient.displayName,
    display_name_key: recipient.displayName.toLowerCase(),
    alias_key: recipient.alias.toLowerCase(),
    user_principal_name_key: recipient.userPrincipalName?.toLowerCase() ?? null,
    recipient: JSON.stringify(stored),
    changed_at: now,
  };
}

async function insertAddresses(transaction: Transaction<DirectorySchema>, recipient: Recipient): Promise<void> {
  const rows = recipient.emailAddresses.map((address) => ({ address_key: addressKey(address), recipient_guid: recipient.guid }));
  if (rows.length === 0) return;
  await transaction.insertInto('recipient_address').values(rows).execute();
}

/**
 * Nobody else may have one of these addresses, this alias or this sign-in name. Of a recipient that changes, only new
 * ones are looked at, so that one which shares an address already can still be changed otherwise.
 */
async function refuseTaken(transaction: Transaction<DirectorySchema>, recipient: Recipient, former?: Recipient): Promise<void> {
  const formerKeys = new Set(former?.emailAddresses.map(addressKey));
  const keys = recipient.emailAddresses.map(addressKey).filter((key) => !formerKeys.has(key));
  const holder = keys.length === 0 ? undefined : await transaction
    .selectFrom('recipient_address')
    .innerJoin('recipient', 'recipient.guid', 'recipient_address.recipient_guid')
    .select(['address_key', 'display_name', 'guid'])
    .where('address_key', 'in', keys)
    .where('recipient_guid', '!=', recipient.guid)
    .executeTakeFirst();
  if (holder !== undefined) {
    // Exchange's own wording, which administrators search for.
    throw new OrganizationError(
      'ORGANIZATION_ADDRESS_TAKEN',
      `The proxy address "smtp:${holder.address_key}" is already being used by the proxy addresses or LegacyExchangeDN of "${holder.display_name}". Please choose another proxy address.`,
      { facts: { address: holder.address_key, holder: holder.guid }, remedy: 'Take the address from its holder first, or choose another one.' },
    );
  }
  const namesake = await transaction
    .selectFrom('recipient')
    .select(['guid', 'display_name', 'alias_key'])
    .where((where) =>
      where.or([
        where('alias_key', '=', recipient.alias.toLowerCase()),
        ...(recipient.userPrincipalName === undefined ? [] : [where('user_principal_name_key', '=', recipient.userPrincipalName.toLowerCase())]),
      ]),
    )
    .where('guid', '!=', recipient.guid)
    .executeTakeFirst();
  if (namesake !== undefined) {
    const what = namesake.alias_key === recipient.alias.toLowerCase() ? `alias "${recipient.alias}"` : `user principal name "${recipient.userPrincipalName ?? ''}"`;
    throw new OrganizationError('ORGANIZATION_NAME_TAKEN', `The ${what} is already used by "${namesake.display_name}".`, { facts: { holder: namesake.guid }, remedy: 'Choose another one.' });
  }
  if (former !== undefined) return;
  const sameGuid = await transaction.selectFrom('recipient').select('guid').where('guid', '=', recipient.guid).executeTakeFirst();
  if (sameGuid !== undefined) {
    throw new OrganizationError('ORGANIZATION_NAME_TAKEN', `A recipient with the GUID ${recipient.guid} exists already.`, { facts: { guid: recipient.guid } });
  }
}

function recipientNotFound(guid: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_RECIPIENT_NOT_FOUND', `There is no recipient with the GUID ${guid}.`, { facts: { guid } });
}
