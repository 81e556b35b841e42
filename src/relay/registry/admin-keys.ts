import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import { RelayError } from '../relay-error.ts';
import type { RegistrySchema } from './registry-schema.ts';

/** `administrator` may change what belongs to the tenant, `reader` only looks. */
export type AdminKeyRole = 'administrator' | 'reader';

/** A key of the admin API that is good for one tenant. Times are epoch milliseconds. */
export interface AdminKey {
  id: string;
  tenantId: string;
  /** For people: who or what uses it. */
  name: string;
  role: AdminKeyRole;
  createdAt: number;
  expiresAt?: number;
  /** To the hour. */
  lastUsedAt?: number;
  /** Until when the key that the last rotation replaced is accepted as well. */
  previousUntil?: number;
}

export interface AdminKeys {
  /** The key itself is in this answer only. @throws RelayError `RELAY_TENANT_FULL` */
  issue(key: { tenantId: string; name: string; role: AdminKeyRole; lifetimeMs?: number | undefined }): Promise<AdminKey & { key: string }>;
  list(tenantId: string): readonly AdminKey[];
  get(id: string): AdminKey | undefined;
  /** Gives a key another secret; the one before is accepted for `overlapMs` more. */
  rotate(id: string, overlapMs: number): Promise<AdminKey & { key: string }>;
  revoke(id: string): Promise<void>;
  /** Who brings this secret; undefined for nobody, and for a key that is over. */
  find(secret: string): AdminKey | undefined;
  /** Called when a key is revoked, rotated or its tenant removed: what it opened must be looked at again. */
  onChanged(listener: (id: string) => void): () => void;
  /** Drops a removed tenant's keys from memory. */
  forgetTenant(tenantId: string): void;
}

type Row = RegistrySchema['admin_key'];

const maximumKeysPerTenant = 100;
const lastUsedGranularityMs = 3600_000;

/** Keys of tenants' administrators. Held in memory by their hashes: every call of the admin API asks. */
export async function openAdminKeys(db: Kysely<RegistrySchema>, clock: Clock): Promise<AdminKeys> {
  const rows = new Map<string, Row>();
  const byHash = new Map<string, string>();
  const listeners = new Set<(id: string) => void>();
  const remember = (row: Row): void => {
    forget(row.id);
    rows.set(row.id, row);
    byHash.set(row.hash, row.id);
    if (row.previous_hash !== null) byHash.set(row.previous_hash, row.id);
  };
  const forget = (id: string): void => {
    const row = rows.get(id);
    if (row === undefined) return;
    byHash.delete(row.hash);
    if (row.previous_hash !== null) byHash.delete(row.previous_hash);
    rows.delete(id);
  };
  const announce = (id: string): void => {
    for (const listener of listeners) listener(id);
  };
  const known = (id: string): Row => {
    const row = rows.get(id);
    if (row === undefined) throw unknownKey(id);
    return row;
  };
  for (const row of await db.selectFrom('admin_key').selectAll().execute()) remember(row);
  return {
    async issue({ tenantId, name, role, lifetimeMs }) {
      if ([...rows.values()].filter((row) => row.tenant_id === tenantId).length >= maximumKeysPerTenant) {
        throw new RelayError('RELAY_TENANT_FULL', `A tenant has at most ${maximumKeysPerTenant} admin keys.`, { facts: { tenantId }, remedy: 'Revoke keys that nobody uses.' });
      }
      const key = newSecret();
      const now = clock.now();
      const row: Row = { id: randomUUID(), tenant_id: tenantId, name, role, hash: hashOf(key), created_at: now, expires_at: lifetimeMs === undefined ? null : now + lifetimeMs, last_used_at: null, previous_hash: null, previous_until: null };
      await db.insertInto('admin_key').values(row).execute();
      remember(row);
      return { ...keyOf(row), key };
    },
    list: (tenantId) => [...rows.values()].filter((row) => row.tenant_id === tenantId).map(keyOf),
    get(id) {
      const row = rows.get(id);
      return row === undefined ? undefined : keyOf(row);
    },
    async rotate(id, overlapMs) {
      const before = known(id);
      const key = newSecret();
      const row: Row = { ...before, hash: hashOf(key), previous_hash: overlapMs === 0 ? null : before.hash, previous_until: overlapMs === 0 ? null : clock.now() + overlapMs };
      await db.updateTable('admin_key').set({ hash: row.hash, previous_hash: row.previous_hash, previous_until: row.previous_until }).where('id', '=', id).execute();
      remember(row);
      announce(id);
      return { ...keyOf(row), key };
    },
    async revoke(id) {
      known(id);
      forget(id);
      announce(id);
      await db.deleteFrom('admin_key').where('id', '=', id).execute();
    },
    find(secret) {
      const hash = hashOf(secret);
      const row = rows.get(byHash.get(hash) ?? '');
      const now = clock.now();
      if (row === undefined || (row.expires_at !== null && row.expires_at <= now)) return undefined;
      if (row.hash !== hash && (row.previous_until ?? 0) <= now) return undefined;
      if (now - (row.last_used_at ?? 0) > lastUsedGranularityMs) {
        row.last_used_at = now;
        // Best effort: that a key was used must not fail the call that uses it.
        db.updateTable('admin_key').set({ last_used_at: now }).where('id', '=', row.id).execute().catch(() => undefined);
      }
      return keyOf(row);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forgetTenant(tenantId) {
      for (const row of rows.values()) {
        if (row.tenant_id !== tenantId) continue;
        forget(row.id);
        announce(row.id);
      }
    },
  };
}

export function unknownKey(id: string): RelayError {
  return new RelayError('RELAY_KEY_UNKNOWN', 'There is no such admin key.', { facts: { keyId: id }, remedy: 'See hybridge relay key list; revoked keys are gone from it.' });
}

function newSecret(): string {
  return `hbadmin_${randomBytes(32).toString('base64url')}`;
}

/** Secrets have 256 random bits: a plain hash is enough, and looking it up tells nothing by its time. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function keyOf(row: Row): AdminKey {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
    ...(row.previous_until === null ? {} : { previousUntil: row.previous_until }),
  };
}
