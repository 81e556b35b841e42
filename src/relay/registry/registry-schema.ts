import type { Generated } from 'kysely';
import type { Migration } from '../../store/index.ts';
import type { AdminKeyRole } from './admin-keys.ts';

/** Times are epoch milliseconds. */
export interface RegistrySchema {
  authority: { id: number; certificate: string; private_key: string };
  /** `limits` is JSON of `TenantLimitChanges`, `permissions` of `TenantPermissions`. */
  tenant: { id: string; name: string; created_at: number; limits: string; permissions: string };
  /** `settings` is JSON of `ApplicationSettings`. */
  application: { id: string; tenant_id: string; settings: string; created_at: number };
  /** Only the SHA-256 of a token is kept. */
  enrolment_token: { id: string; tenant_id: string; hash: string; created_at: number; expires_at: number; used_at: number | null; agent_id: string | null };
  agent: {
    id: string;
    tenant_id: string;
    machine_name: string;
    external_ip: string | null;
    version: string;
    enrolled_at: number;
    certificate_expires_at: number;
    last_seen_at: number | null;
    revoked_at: number | null;
  };
  /** Only SHA-256 hashes are kept. `previous_hash`: what the key was before its last rotation, good until `previous_until`. */
  admin_key: {
    id: string;
    tenant_id: string;
    name: string;
    role: AdminKeyRole;
    hash: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
    previous_hash: string | null;
    previous_until: number | null;
  };
  /** What administrators changed; `change` is JSON. Outlives what it speaks of. */
  audit: { id: Generated<number>; at: number; actor: string; actor_name: string; address: string; tenant_id: string | null; action: string; object: string | null; change: string | null };
  /** Endpoint GUIDs that were published once: their clients must never reach somebody else. */
  former_application: { id: string; tenant_id: string };
}

export const registryMigrations: readonly Migration<RegistrySchema>[] = [
  async (db) => {
    await db.schema.createTable('authority').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('certificate', 'text', (c) => c.notNull()).addColumn('private_key', 'text', (c) => c.notNull()).execute();
    await db.schema.createTable('tenant').addColumn('id', 'text', (c) => c.primaryKey()).addColumn('name', 'text', (c) => c.notNull()).addColumn('created_at', 'integer', (c) => c.notNull()).execute();
    await db.schema
      .createTable('application')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
      .addColumn('settings', 'text', (c) => c.notNull())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('enrolment_token')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
      .addColumn('hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer', (c) => c.notNull())
      .addColumn('used_at', 'integer')
      .addColumn('agent_id', 'text')
      .execute();
    await db.schema
      .createTable('agent')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
      .addColumn('machine_name', 'text', (c) => c.notNull())
      .addColumn('external_ip', 'text')
      .addColumn('version', 'text', (c) => c.notNull())
      .addColumn('enrolled_at', 'integer', (c) => c.notNull())
      .addColumn('certificate_expires_at', 'integer', (c) => c.notNull())
      .addColumn('last_seen_at', 'integer')
      .addColumn('revoked_at', 'integer')
      .execute();
  },
  async (db) => {
    await db.schema.alterTable('tenant').addColumn('limits', 'text', (c) => c.notNull().defaultTo('{}')).execute();
  },
  async (db) => {
    await db.schema.alterTable('tenant').addColumn('permissions', 'text', (c) => c.notNull().defaultTo('{}')).execute();
    await db.schema
      .createTable('admin_key')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', 'integer', (c) => c.notNull())
      .addColumn('expires_at', 'integer')
      .addColumn('last_used_at', 'integer')
      .addColumn('previous_hash', 'text')
      .addColumn('previous_until', 'integer')
      .execute();
    await db.schema
      .createTable('audit')
      .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      .addColumn('at', 'integer', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('actor_name', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('tenant_id', 'text')
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('object', 'text')
      .addColumn('change', 'text')
      .execute();
    await db.schema.createTable('former_application').addColumn('id', 'text', (c) => c.primaryKey()).addColumn('tenant_id', 'text', (c) => c.notNull()).execute();
  },
];
