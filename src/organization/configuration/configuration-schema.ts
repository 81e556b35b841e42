import type { Migration } from '../../store/index.ts';

export interface ConfigurationObjectTable {
  guid: string;
  kind: string;
  name: string;
  name_key: string;
  properties: string;
  version: number;
  created_at: number;
  changed_at: number;
}

/** Private keys, apart from the objects so that no Get can return one. */
export interface CertificateKeyTable {
  thumbprint: string;
  private_key: string;
}

/** One row: the version of the whole configuration. */
export interface ConfigurationVersionTable {
  id: number;
  version: number;
}

export interface ConfigurationSchema {
  configuration_object: ConfigurationObjectTable;
  certificate_key: CertificateKeyTable;
  configuration_version: ConfigurationVersionTable;
}

export const configurationMigrations: readonly Migration<ConfigurationSchema>[] = [
  async (transaction) => {
    const { schema } = transaction;
    await schema
      .createTable('configuration_object')
      .addColumn('guid', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_key', 'text', (column) => column.notNull())
      .addColumn('properties', 'text', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('configuration_object_name', ['kind', 'name_key'])
      .execute();
    await schema
      .createTable('certificate_key')
      .addColumn('thumbprint', 'text', (column) => column.primaryKey())
      .addColumn('private_key', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('configuration_version')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .execute();
    await transaction.insertInto('configuration_version').values({ id: 1, version: 0 }).execute();
  },
];
