import type { Generated } from 'kysely';
import type { Migration } from '../../store/index.ts';

export interface AuditTable {
  id: Generated<number>;
  at: number;
  who: string;
  cmdlet: string;
  cmdlet_key: string;
  object: string | null;
  parameters: string;
  before: string | null;
  after: string | null;
  succeeded: number;
  error: string | null;
  request_id: string | null;
}

export interface AuditSchema {
  audit_entry: AuditTable;
}

export const auditMigrations: readonly Migration<AuditSchema>[] = [
  async (transaction) => {
    await transaction.schema
      .createTable('audit_entry')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('who', 'text', (column) => column.notNull())
      .addColumn('cmdlet', 'text', (column) => column.notNull())
      .addColumn('cmdlet_key', 'text', (column) => column.notNull())
      .addColumn('object', 'text')
      .addColumn('parameters', 'text', (column) => column.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .addColumn('succeeded', 'integer', (column) => column.notNull())
      .addColumn('error', 'text')
      .addColumn('request_id', 'text')
      .execute();
    await transaction.schema.createIndex('audit_entry_at').on('audit_entry').column('at').execute();
  },
];
