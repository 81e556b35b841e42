import type { Migration } from '../../store/index.ts';

/** One row a recipient. `*_key` columns are lower case: SQLite and PostgreSQL differ on comparing without case. */
export interface RecipientTable {
  guid: string;
  recipient_type: string;
  display_name: string;
  display_name_key: string;
  alias_key: string;
  user_principal_name_key: string | null;
  /** The whole recipient as JSON. */
  recipient: string;
  created_at: number;
  changed_at: number;
}

/** Finds recipients by address. Not unique on purpose: a real directory can hold duplicates, and the lab injects them. */
export interface RecipientAddressTable {
  address_key: string;
  recipient_guid: string;
}

export interface RecipientPasswordTable {
  recipient_guid: string;
  password_hash: string;
  /** Encrypted (`NtHashCipher`). Null wherever NTLM is off, which it is by default. */
  nt_hash: string | null;
}

export interface RoleGroupMemberTable {
  role_group: string;
  recipient_guid: string;
}

export interface DirectorySchema {
  recipient: RecipientTable;
  recipient_address: RecipientAddressTable;
  recipient_password: RecipientPasswordTable;
  role_group_member: RoleGroupMemberTable;
}

export const directoryMigrations: readonly Migration<DirectorySchema>[] = [
  async (transaction) => {
    const { schema } = transaction;
    await schema
      .createTable('recipient')
      .addColumn('guid', 'text', (column) => column.primaryKey())
      .addColumn('recipient_type', 'text', (column) => column.notNull())
      .addColumn('display_name', 'text', (column) => column.notNull())
      .addColumn('display_name_key', 'text', (column) => column.notNull())
      .addColumn('alias_key', 'text', (column) => column.notNull())
      .addColumn('user_principal_name_key', 'text')
      .addColumn('recipient', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('recipient_display_name').on('recipient').columns(['display_name_key', 'guid']).execute();
    await schema.createIndex('recipient_alias').on('recipient').column('alias_key').execute();
    await schema.createIndex('recipient_user_principal_name').on('recipient').column('user_principal_name_key').execute();
    await schema
      .createTable('recipient_address')
      .addColumn('address_key', 'text', (column) => column.notNull())
      .addColumn('recipient_guid', 'text', (column) => column.notNull().references('recipient.guid').onDelete('cascade'))
      .addPrimaryKeyConstraint('recipient_address_key', ['address_key', 'recipient_guid'])
      .execute();
    await schema.createIndex('recipient_address_recipient').on('recipient_address').column('recipient_guid').execute();
    await schema
      .createTable('recipient_password')
      .addColumn('recipient_guid', 'text', (column) => column.primaryKey().references('recipient.guid').onDelete('cascade'))
      .addColumn('password_hash', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('role_group_member')
      .addColumn('role_group', 'text', (column) => column.notNull())
      .addColumn('recipient_guid', 'text', (column) => column.notNull().references('recipient.guid').onDelete('cascade'))
      .addPrimaryKeyConstraint('role_group_member_key', ['recipient_guid', 'role_group'])
      .execute();
  },
];

/** A later step: it stands at the end of the organisation's list. */
export const ntHashMigrations: readonly Migration<DirectorySchema>[] = [
  async ({ schema }) => {
    await schema.alterTable('recipient_password').addColumn('nt_hash', 'text').execute();
  },
];
