import type { NewStsUser, StsDeletedUser, StsUser } from '../../identity/index.ts';
import type { SourceObject } from './source-object.ts';
import { indexAnchors } from './source-anchors.ts';
import { digestOf } from './source-object.ts';
import type { SyncState } from './sync-state.ts';

export type UserAttributes = Required<Pick<NewStsUser, 'userPrincipalName' | 'displayName' | 'mail' | 'proxyAddresses' | 'immutableId' | 'enabled'>>;

/** What is done to the tenant's directory for one object. */
export type DirectoryExport =
  /** Somebody of the same anchor who was deleted less than 30 days ago comes back in place of a new person. */
  | { kind: 'add'; source: SourceObject; attributes: UserAttributes; restores?: StsDeletedUser }
  | { kind: 'update'; source: SourceObject; objectId: string; changes: Partial<UserAttributes> }
  | { kind: 'delete'; anchor: string; user: StsUser };

/** Why an object is not exported, by the published names of such errors. */
export interface ExportError {
  /** `SourceAnchorChanged`: the name is ours, the published page says only that an error is thrown. */
  code: 'AttributeValueMustBeUnique' | 'InvalidSoftMatch' | 'ExistingAdminRoleConflict' | 'SourceAnchorChanged' | 'permission-issue' | 'ExportFailed';
  object: string;
  message: string;
}

export interface ExportPlan {
  exports: readonly DirectoryExport[];
  errors: readonly ExportError[];
  /** Source objects that a delta looks at, whether or not the directory changes. */
  concerned: readonly SourceObject[];
  /** Everybody on premises. */
  sources: readonly SourceObject[];
}

export interface PlanOptions {
  sources: readonly SourceObject[];
  users: readonly StsUser[];
  /** Who can be restored. */
  deleted?: readonly StsDeletedUser[];
  /** Verified domains of the tenant, the initial one first. */
  domains: readonly string[];
  /** Of former cycles; undefined where everything is compared. */
  state: SyncState | undefined;
  /** `Delta` looks at what changed on premises since the last cycle, `Initial` at everything. */
  policy: 'Delta' | 'Initial';
}

/**
 * Compares what is on premises with the tenant's directory. People are found by their source anchor (hard match), else by
 * sign-in name or primary address (`SMTP:`) where the directory's person has no anchor yet (soft match). Who is gone on premises
 * is deleted, where a former cycle had put or found them there.
 */
export function planExports(options: PlanOptions): ExportPlan {
  const { sources, users, state, policy } = options;
  const errors: ExportError[] = [];
  const exports: DirectoryExport[] = [];
  const concerned: SourceObject[] = [];
  const directory = indexUsers(users);
  const restorable = new Map((options.deleted ?? []).flatMap((user) => (user.immutableId === null ? [] : [[user.immutableId, user] as const])));
  const anchors = indexAnchors(sources, users, state);
  // First what goes, so that its names are free for what comes.
  for (const user of users) {
    if (user.immutableId === null || anchors.present.has(user.immutableId) || state?.objects[user.immutableId] === undefined) continue;
    exports.push({ kind: 'delete', anchor: user.immutableId, user });
    directory.forget(user);
  }
  for (const source of sources) {
    if (policy === 'Delta' && state?.objects[source.anchor]?.digest === digestOf(source)) continue;
    const match = directory.match(source);
    const error = anchors.errorOf(source) ?? matchError(source, match) ?? uniquenessError(source, match, directory, options.domains);
    if (error !== undefined) {
      errors.push(error);
      continue;
    }
    concerned.push(source);
    const attributes = attributesOf(source, options.domains);
    directory.claim(source.anchor, match, attributes);
    if (match === undefined) {
      const restores = restorable.get(source.anchor);
      exports.push({ kind: 'add', source, attributes, ...(restores === undefined ? {} : { restores }) });
      continue;
    }
    const changes = differences(match, attributes);
    // Who is not marked as synchronised yet is written once, though nothing else differs.
    if (Object.keys(changes).length > 0 || match.onPremisesLastSync === null) exports.push({ kind: 'update', source, objectId: match.objectId, changes });
  }
  return { exports, errors, concerned, sources };
}

interface UserIndex {
  match(source: SourceObject): StsUser | undefined;
  /** The object id or anchor of who has a sign-in name or address. */
  ownerOf(name: string): string | undefined;
  claim(anchor: string, user: StsUser | undefined, attributes: UserAttributes): void;
  forget(user: StsUser): void;
}

const bare = (address: string): string => address.replace(/^smtp:/i, '').toLowerCase();
const nameKey = (userPrincipalName: string): string => `upn:${userPrincipalName.toLowerCase()}`;

function indexUsers(users: readonly StsUser[]): UserIndex {
  const byAnchor = new Map<string, StsUser>();
  const byName = new Map<string, StsUser>();
  const owners = new Map<string, string>();
  for (const user of users) {
    if (user.immutableId !== null) byAnchor.set(user.immutableId, user);
    for (const name of [...user.proxyAddresses.filter((address) => address.startsWith('SMTP:')).map(bare), user.userPrincipalName.toLowerCase()]) byName.set(name, user);
    for (const key of [...user.proxyAddresses.map(bare), nameKey(user.userPrincipalName)]) owners.set(key, user.objectId);
  }
  return {
    match: (source) => byAnchor.get(source.anchor) ?? byName.get(source.userPrincipalName.toLowerCase()) ?? byName.get(source.mail.toLowerCase()),
    ownerOf: (name) => owners.get(name),
    claim(anchor, user, { userPrincipalName, proxyAddresses }) {
      for (const key of [...proxyAddresses.map(bare), nameKey(userPrincipalName)]) owners.set(key, user?.objectId ?? anchor);
    },
    forget(user) {
      byAnchor.delete(user.immutableId ?? '');
      for (const [name, other] of byName) if (other === user) byName.delete(name);
      for (const [key, owner] of owners) if (owner === user.objectId) owners.delete(key);
    },
  };
}

/** A match by name that may not be made. */
function matchError(source: SourceObject, match: StsUser | undefined): ExportError | undefined {
  if (match === undefined || match.immutableId === source.anchor) return undefined;
  const object = source.userPrincipalName;
  if (match.administrator) return { code: 'ExistingAdminRoleConflict', object, message: `The user ${match.userPrincipalName} in the tenant’s directory has an administrative role, and is not matched with an object from on premises by its names.` };
  if (match.immutableId === null) return undefined;
  return { code: 'InvalidSoftMatch', object, message: `Unable to update this object because the user ${match.userPrincipalName} in the tenant’s directory has its names, and already belongs to another source anchor (${match.immutableId}).` };
}

/** The published wording names every attribute with its value. */
function uniquenessError(source: SourceObject, match: StsUser | undefined, directory: UserIndex, domains: readonly string[]): ExportError | undefined {
  const { userPrincipalName, proxyAddresses } = attributesOf(source, domains);
  const self = match?.objectId ?? source.anchor;
  const taken = (key: string): boolean => ![undefined, self].includes(directory.ownerOf(key));
  const values = [...(taken(nameKey(userPrincipalName)) ? [`UserPrincipalName ${userPrincipalName}`] : []), ...proxyAddresses.filter((address) => taken(bare(address))).map((address) => `ProxyAddresses ${address}`)];
  if (values.length === 0) return undefined;
  return {
    code: 'AttributeValueMustBeUnique',
    object: source.userPrincipalName,
    message: `Unable to update this object because the following attributes associated with this object have values that may already be associated with another object in your local directory services: [${values.map((value) => `${value};`).join('')}]. Correct or remove the duplicate values in your local directory.`,
  };
}

/** A sign-in name whose domain the tenant has not proved becomes one in its initial domain, as the real directory does. */
function attributesOf(source: SourceObject, domains: readonly string[]): UserAttributes {
  const domain = source.userPrincipalName.slice(source.userPrincipalName.lastIndexOf('@') + 1).toLowerCase();
  const isVerified = domains.some((verified) => verified.toLowerCase() === domain);
  return {
    userPrincipalName: isVerified ? source.userPrincipalName : `${source.alias}@${domains[0] ?? domain}`,
    displayName: source.displayName,
    mail: source.mail,
    proxyAddresses: source.proxyAddresses,
    immutableId: source.anchor,
    enabled: source.enabled,
  };
}

function differences(user: StsUser, wanted: UserAttributes): Partial<UserAttributes> {
  const sorted = (addresses: readonly string[]): string => addresses.toSorted().join(' ');
  return {
    ...(user.userPrincipalName === wanted.userPrincipalName ? {} : { userPrincipalName: wanted.userPrincipalName }),
    ...(user.displayName === wanted.displayName ? {} : { displayName: wanted.displayName }),
    ...(user.mail === wanted.mail ? {} : { mail: wanted.mail }),
    ...(sorted(user.proxyAddresses) === sorted(wanted.proxyAddresses) ? {} : { proxyAddresses: wanted.proxyAddresses }),
    ...(user.immutableId === wanted.immutableId ? {} : { immutableId: wanted.immutableId }),
    ...(user.enabled === wanted.enabled ? {} : { enabled: wanted.enabled }),
  };
}
