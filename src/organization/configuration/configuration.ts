import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { z } from 'zod';
import type { Clock } from '../../foundation/index.ts';
import { isDuplicateKey } from '../../store/index.ts';
import { OrganizationError } from '../organization-error.ts';
import { hasWildCard, wildCardMatcher } from '../wild-card.ts';
import type { ConfigurationKind } from './configuration-kind.ts';
import type { ConfigurationKindName, ConfigurationProperties, SingletonKindName } from './configuration-kinds.ts';
import { configurationKinds } from './configuration-kinds.ts';
import type { ConfigurationObjectTable, ConfigurationSchema } from './configuration-schema.ts';
import { nameSchema } from './property-schemas.ts';

/** A configuration object as it is kept. Frozen: changes go through `update`. */
export interface Stored<Kind extends ConfigurationKindName = ConfigurationKindName> {
  readonly kind: Kind;
  readonly guid: string;
  readonly name: string;
  readonly properties: Readonly<ConfigurationProperties[Kind]>;
  /** The configuration's version that this object's last change made. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly whenCreated: number;
  readonly whenChanged: number;
}

export interface ConfigurationChange {
  kind: ConfigurationKindName;
  action: 'created' | 'updated' | 'removed';
  guid: string;
  name: string;
  version: number;
}

/**
 * The typed, versioned configuration of one organisation. Reads are answered from memory after the first one, so they
 * may be made for every request; one process has the store open.
 */
export interface Configuration {
  /** Sorted by name. */
  list<Kind extends ConfigurationKindName>(kind: Kind): Promise<readonly Stored<Kind>[]>;
  /** By guid, name or a kind's further identity; `*` in it stands for anything. */
  find<Kind extends ConfigurationKindName>(kind: Kind, identity: string): Promise<readonly Stored<Kind>[]>;
  /** The one object that `identity` names without wild cards. @throws OrganizationError `ORGANIZATION_OBJECT_AMBIGUOUS` */
  get<Kind extends ConfigurationKindName>(kind: Kind, identity: string): Promise<Stored<Kind> | undefined>;
  /** The only object of a kind that has one. */
  singleton<Kind extends SingletonKindName>(kind: Kind): Promise<Stored<Kind>>;
  /** @throws OrganizationError `ORGANIZATION_INVALID_OBJECT`, `ORGANIZATION_NAME_TAKEN`, `ORGANIZATION_DOMAIN_TAKEN`, `ORGANIZATION_SINGLETON` */
  create<Kind extends ConfigurationKindName>(kind: Kind, name: string, properties: Partial<ConfigurationProperties[Kind]>): Promise<Stored<Kind>>;
  /** Changes some properties, and the name where given. @throws OrganizationError as `get` and `create`, `ORGANIZATION_OBJECT_NOT_FOUND` */
  update<Kind extends ConfigurationKindName>(kind: Kind, identity: string, changes: Partial<ConfigurationProperties[Kind]>, newName?: string): Promise<Stored<Kind>>;
  /** True when there was one to remove. A certificate's key goes with it. @throws OrganizationError `ORGANIZATION_OBJECT_AMBIGUOUS`, `ORGANIZATION_SINGLETON` */
  remove(kind: ConfigurationKindName, identity: string): Promise<boolean>;
  /** PEM, or undefined where this organisation does not hold the key. */
  certificateKey(thumbprint: string): Promise<string | undefined>;
  setCertificateKey(thumbprint: string, privateKey: string): Promise<void>;
  /** Grows with each change. */
  readonly version: number;
  /** Calls `listener` after each change is kept; call what is returned to stop. A listener must not throw. */
  onChange(listener: (change: ConfigurationChange) => void): () => void;
}

type AnyStored = Stored;
const keyOf = (thumbprint: string): string => thumbprint.replace(/[\s\u200e\u200f]/g, '').toUpperCase();

/** Opens the configuration in a store whose migrations have run, and makes what there must be exactly one of. */
export async function openConfiguration(db: Kysely<ConfigurationSchema>, clock: Clock): Promise<Configuration> {
  let { version } = await db.selectFrom('configuration_version').select('version').where('id', '=', 1).executeTakeFirstOrThrow();
  const cache = new Map<ConfigurationKindName, readonly AnyStored[]>();
  const listeners = new Set<(change: ConfigurationChange) => void>();

  const load = async (kind: ConfigurationKindName, from: Kysely<ConfigurationSchema>): Promise<readonly AnyStored[]> => {
    const rows = await from.selectFrom('configuration_object').selectAll().where('kind', '=', kind).orderBy('name_key').execute();
    return rows.map(toStored);
  };
  const all = async (kind: ConfigurationKindName): Promise<readonly AnyStored[]> => {
    const cached = cache.get(kind);
    if (cached !== undefined) return cached;
    const asked = version;
    const loaded = await load(kind, db);
    if (asked === version) cache.set(kind, loaded);
    return loaded;
  };

  /** One change: in a transaction, under the next version; listeners hear of it once it is kept. */
  const change = async <Result extends AnyStored>(action: ConfigurationChange['action'], work: (transaction: Transaction<ConfigurationSchema>, version: number) => Promise<Result>): Promise<Result> => {
    const { stored, next } = await db.transaction().execute(async (transaction) => {
      const row = await transaction
        .updateTable('configuration_version')
        .set((column) => ({ version: column('version', '+', 1) }))
        .where('id', '=', 1)
        .returning('version')
        .executeTakeFirstOrThrow();
      return { stored: await work(transaction, row.version), next: row.version };
    });
    version = Math.max(version, next);
    cache.delete(stored.kind);
    for (const listener of listeners) listener({ kind: stored.kind, action, guid: stored.guid, name: stored.name, version: next });
    return stored;
  };

  const insert = async (kind: ConfigurationKindName, name: string, properties: unknown): Promise<AnyStored> => {
    const checkedName = parse(kindOf(kind).nameSchema ?? nameSchema, name, kind, name);
    const checked = parse(kindOf(kind).schema, properties, kind, checkedName);
    return change('created', async (transaction, next) => {
      refuseTakenDomains(kind, checked, await load(kind, transaction));
      const now = clock.now();
      const row = { guid: randomUUID(), kind, name: checkedName, name_key: checkedName.toLowerCase(), properties: JSON.stringify(checked), version: next, created_at: now, changed_at: now };
      try {
        await transaction.insertInto('configuration_object').values(row).execute();
      } catch (error) {
        throw isDuplicateKey(error) ? nameTaken(kind, checkedName) : error;
      }
      return toStored(row);
    });
  };

  for (const kind of Object.values(configurationKinds)) {
    const name = kind.kind as ConfigurationKindName;
    if (kind.singleton !== undefined && (await load(name, db)).length === 0) await insert(name, kind.singleton, {});
  }

  const configuration: Configuration = {
    list: async (kind) => (await all(kind)) as never,
    find: async (kind, identity) => findIn(await all(kind), identity) as never,
    get: async (kind, identity) => onlyOne(kind, identity, await all(kind)) as never,
    singleton: async (kind) => (await all(kind))[0] as never,
    async create(kind, name, properties) {
      if (kindOf(kind).singleton !== undefined) throw singletonError(kind);
      return (await insert(kind, name, properties)) as never;
    },
    async update(kind, identity, changes, newName) {
      const updated = await change('updated', async (transaction, next) => {
        const others = await load(kind, transaction);
        const former = onlyOne(kind, identity, others);
        if (former === undefined) throw notFound(kind, identity);
        const name = newName === undefined ? former.name : parse(kindOf(kind).nameSchema ?? nameSchema, newName, kind, newName);
        const properties = parse(kindOf(kind).schema, { ...former.properties, ...definedOnly(changes) }, kind, name);
        refuseTakenDomains(kind, properties, others.filter((other) => other.guid !== former.guid), former.properties);
        const row = { name, name_key: name.toLowerCase(), properties: JSON.stringify(properties), version: next, changed_at: clock.now() };
        try {
          await transaction.updateTable('configuration_object').set(row).where('guid', '=', former.guid).execute();
        } catch (error) {
          throw isDuplicateKey(error) ? nameTaken(kind, name) : error;
        }
        return toStored({ ...row, guid: former.guid, kind, created_at: former.whenCreated });
      });
      return updated as never;
    },
    async remove(kind, identity) {
      if (kindOf(kind).singleton !== undefined) throw singletonError(kind);
      if (onlyOne(kind, identity, await all(kind)) === undefined) return false;
      await change('removed', async (transaction) => {
        const former = onlyOne(kind, identity, await load(kind, transaction));
        if (former === undefined) throw notFound(kind, identity);
        await transaction.deleteFrom('configuration_object').where('guid', '=', former.guid).execute();
        if (kind === 'ExchangeCertificate') await transaction.deleteFrom('certificate_key').where('thumbprint', '=', keyOf(former.name)).execute();
        return former;
      });
      return true;
    },
    async certificateKey(thumbprint) {
      const row = await db.selectFrom('certificate_key').select('private_key').where('thumbprint', '=', keyOf(thumbprint)).executeTakeFirst();
      return row?.private_key;
    },
    async setCertificateKey(thumbprint, privateKey) {
      await db
        .insertInto('certificate_key')
        .values({ thumbprint: keyOf(thumbprint), private_key: privateKey })
        .onConflict((conflict) => conflict.column('thumbprint').doUpdateSet({ private_key: privateKey }))
        .execute();
    },
    get version() {
      return version;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return configuration;
}

function kindOf(kind: ConfigurationKindName): ConfigurationKind<object> {
  return configurationKinds[kind] as unknown as ConfigurationKind<object>;
}

function definedOnly(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function toStored(row: ConfigurationObjectTable): AnyStored {
  return Object.freeze({
    kind: row.kind as ConfigurationKindName,
    guid: row.guid,
    name: row.name,
    properties: freezeProperties(JSON.parse(row.properties) as ConfigurationProperties[ConfigurationKindName]),
    version: row.version,
    whenCreated: row.created_at,
    whenChanged: row.changed_at,
  });
}

function freezeProperties<Properties extends object>(properties: Properties): Properties {
  for (const value of Object.values(properties)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze(properties);
}

function identitiesOf(stored: AnyStored): readonly string[] {
  return [stored.name, stored.guid, ...(kindOf(stored.kind).identities?.(stored.name, stored.properties) ?? [])];
}

function findIn(objects: readonly AnyStored[], identity: string): readonly AnyStored[] {
  // Exchange's `Get-… ""` is refused before it comes here; `SERVER\x` of a certificate is the bare thumbprint's alias.
  const wanted = objects[0]?.kind === 'ExchangeCertificate' ? identity.slice(identity.lastIndexOf('\\') + 1) : identity;
  if (!hasWildCard(wanted)) {
    const named = objects.filter((object) => object.name.toLowerCase() === wanted.toLowerCase() || object.guid === wanted.toLowerCase());
    if (named.length > 0) return named;
  }
  const matches = wildCardMatcher(wanted);
  return objects.filter((object) => identitiesOf(object).some(matches));
}

function onlyOne(kind: ConfigurationKindName, identity: string, objects: readonly AnyStored[]): AnyStored | undefined {
  if (hasWildCard(identity)) return undefined;
  const found = findIn(objects, identity);
  if (found.length > 1) {
    throw new OrganizationError('ORGANIZATION_OBJECT_AMBIGUOUS', `'${identity}' matches ${found.length} objects of the kind ${kind}.`, {
      facts: { kind, identity, matches: found.map((object) => object.name) },
      remedy: 'Name the object by its full identity or its GUID.',
    });
  }
  return found[0];
}

function parse<Value>(schema: z.ZodType<Value>, value: unknown, kind: string, name: string): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`));
  throw new OrganizationError('ORGANIZATION_INVALID_OBJECT', `${kind} '${name.slice(0, 64)}' is not valid. ${issues.join('; ')}.`, {
    facts: { kind, issues },
    remedy: 'Correct the properties named and try again.',
  });
}

/** Only domains that this object did not hold before are looked at, so that an old conflict does not freeze an object. */
function refuseTakenDomains(kind: ConfigurationKindName, properties: object, others: readonly AnyStored[], former?: object): void {
  const domainsOf = kindOf(kind).exclusiveDomains;
  if (domainsOf === undefined) return;
  const formerDomains = new Set(former === undefined ? [] : domainsOf(former).map((domain) => domain.toLowerCase()));
  const wanted = new Set(domainsOf(properties).map((domain) => domain.toLowerCase()).filter((domain) => !formerDomains.has(domain)));
  for (const other of others) {
    const shared = domainsOf(other.properties).find((domain) => wanted.has(domain.toLowerCase()));
    if (shared === undefined) continue;
    throw new OrganizationError('ORGANIZATION_DOMAIN_TAKEN', `The domain '${shared}' already belongs to the ${kind} '${other.name}'.`, {
      facts: { kind, domain: shared, holder: other.name },
      remedy: `Take the domain out of '${other.name}' first, or leave it out here.`,
    });
  }
}

function nameTaken(kind: string, name: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_NAME_TAKEN', `An object of the kind ${kind} with the name '${name}' exists already.`, { facts: { kind, name }, remedy: 'Choose another name.' });
}

function notFound(kind: string, identity: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_OBJECT_NOT_FOUND', `There is no ${kind} '${identity}'.`, { facts: { kind, identity } });
}

function singletonError(kind: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_SINGLETON', `There is always exactly one ${kind}; it can only be changed.`, { facts: { kind } });
}
