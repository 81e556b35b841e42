import type { Migration } from '../../store/index.ts';

/** Times are epoch milliseconds. */
export interface RegistrySchema {
  authority: { id: number; certificate: string; private_key: string };
  /** `limits` is JSON of `TenantLimitChanges`. */
  tenant: { id: string; name: string; created_at: number; limits: string };
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
];
