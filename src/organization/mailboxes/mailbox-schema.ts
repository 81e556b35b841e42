import type { Generated } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from '../../store/index.ts';
import type { CalendarItemTable } from '../calendars/calendar-schema.ts';

/** Every write of a mailbox takes numbers from `change`: they order what happened in it, for good. */
export interface MailboxTable {
  number: Generated<number>;
  guid: string;
  /** Number of the latest change. */
  change: number;
  bytes: number;
  /** JSON of the OOF settings; null before they were set. */
  oof: string | null;
}

export interface MailboxFolderTable {
  number: Generated<number>;
  mailbox: number;
  /** Null for the root. */
  parent: number | null;
  distinguished: string | null;
  name: string;
  name_key: string;
  class: string;
  /** Change numbers. */
  created: number;
  changed: number;
  /** Counters of what is in it; associated items are not in `total`. */
  total: number;
  unread: number;
  associated: number;
  bytes: number;
  /** Milliseconds; at least a second later with every change of the folder or of what is in it, so that it moves for clients that see whole seconds. */
  modified_at: number;
  /** Deletions up to this change are no longer known. */
  forgotten: number;
  /** JSON of the bag. */
  properties: string;
}

export interface MailboxFolderPermissionTable {
  folder: number;
  grantee: string;
  level: string;
  /** JSON of the rights. */
  rights: string;
}

/** One row an item. What views sort and search by stands in columns. A moved item gets a new row, and keeps `content`. */
export interface MailboxItemTable {
  number: Generated<number>;
  mailbox: number;
  /** 0 while the content of an item still comes in. */
  folder: number;
  class: string;
  associated: number;
  /** Change that put it into this folder; also its IMAP uid, which therefore only grows. */
  created: number;
  /** Latest change, and latest change of more than the read flag. */
  changed: number;
  content_changed: number;
  is_read: number;
  has_attachments: number;
  received_at: number;
  created_at: number;
  modified_at: number;
  /** Of calendar items; 0 elsewhere. */
  start_at: number;
  size: number;
  subject_key: string;
  /** Tag 0x10f3, lower case. */
  url_name: string | null;
  message_id: string | null;
  /** Number that its blobs and attachments go by; 0 for its own, which only an item has that never moved. */
  content: number;
  /** Null when it was not made from MIME. */
  mime_size: number | null;
  /** 1 when there are properties too large for the row. */
  has_content: number;
  /** Positions that attachments have had. */
  attachment_count: number;
  properties: string;
  /** JSON of the calendar item. */
  calendar: string | null;
}

export interface MailboxAttachmentTable {
  number: Generated<number>;
  content: number;
  position: number;
  /** JSON: name, type and so on; of an attached item, all of it but MIME. */
  attachment: string;
  size: number;
}

/** Bytes in chunks. `id` is composed of whose they are and of their place: see `content-store.ts`. */
export interface MailboxBlobTable {
  id: number;
  data: Uint8Array;
}

/** An item that left a folder. */
export interface MailboxTombstoneTable {
  folder: number;
  item: number;
  created: number;
  deleted: number;
  deleted_at: number;
}

/** Somebody who has heard of the present absence of a mailbox's owner. */
export interface MailboxOofReplyTable {
  mailbox: number;
  /** Address, lower case. */
  sender: string;
}

/** Calendar items as they were before mailboxes had items: each is put into its mailbox at the next start. */
export interface FormerCalendarItemTable extends Omit<CalendarItemTable, 'item'> {
  id: string;
}

export interface MailboxSchema {
  calendar_item_former: FormerCalendarItemTable;
  mailbox: MailboxTable;
  mailbox_folder: MailboxFolderTable;
  mailbox_folder_permission: MailboxFolderPermissionTable;
  mailbox_item: MailboxItemTable;
  mailbox_attachment: MailboxAttachmentTable;
  mailbox_blob: MailboxBlobTable;
  mailbox_tombstone: MailboxTombstoneTable;
  mailbox_oof_reply: MailboxOofReplyTable;
}

export const mailboxMigrations: readonly Migration<MailboxSchema>[] = [
  async (transaction) => {
    const { schema } = transaction;
    await schema
      .createTable('mailbox')
      .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('guid', 'text', (column) => column.notNull().unique())
      .addColumn('change', 'bigint', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('oof', 'text')
      .execute();
    await schema
      .createTable('mailbox_folder')
      .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('mailbox', 'integer', (column) => column.notNull())
      .addColumn('parent', 'integer')
      .addColumn('distinguished', 'text')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('name_key', 'text', (column) => column.notNull())
      .addColumn('class', 'text', (column) => column.notNull())
      .addColumn('created', 'bigint', (column) => column.notNull())
      .addColumn('changed', 'bigint', (column) => column.notNull())
      .addColumn('total', 'integer', (column) => column.notNull())
      .addColumn('unread', 'integer', (column) => column.notNull())
      .addColumn('associated', 'integer', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('forgotten', 'bigint', (column) => column.notNull())
      .addColumn('properties', 'text', (column) => column.notNull())
      .addUniqueConstraint('mailbox_folder_name', ['mailbox', 'parent', 'name_key'])
      .addUniqueConstraint('mailbox_folder_distinguished', ['mailbox', 'distinguished'])
      .execute();
    await schema
      .createTable('mailbox_folder_permission')
      .addColumn('folder', 'integer', (column) => column.notNull())
      .addColumn('grantee', 'text', (column) => column.notNull())
      .addColumn('level', 'text', (column) => column.notNull())
      .addColumn('rights', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('mailbox_folder_permission_key', ['folder', 'grantee'])
      .execute();
    await schema
      .createTable('mailbox_item')
      .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('mailbox', 'integer', (column) => column.notNull())
      .addColumn('folder', 'integer', (column) => column.notNull())
      .addColumn('class', 'text', (column) => column.notNull())
      .addColumn('associated', 'integer', (column) => column.notNull())
      .addColumn('created', 'bigint', (column) => column.notNull())
      .addColumn('changed', 'bigint', (column) => column.notNull())
      .addColumn('content_changed', 'bigint', (column) => column.notNull())
      .addColumn('is_read', 'integer', (column) => column.notNull())
      .addColumn('has_attachments', 'integer', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('modified_at', 'bigint', (column) => column.notNull())
      .addColumn('start_at', 'bigint', (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addColumn('subject_key', 'text', (column) => column.notNull())
      .addColumn('url_name', 'text')
      .addColumn('message_id', 'text')
      .addColumn('content', 'bigint', (column) => column.notNull())
      .addColumn('mime_size', 'bigint')
      .addColumn('has_content', 'integer', (column) => column.notNull())
      .addColumn('attachment_count', 'integer', (column) => column.notNull())
      .addColumn('properties', 'text', (column) => column.notNull())
      .addColumn('calendar', 'text')
      .execute();
    const index = (name: string) => schema.createIndex(`mailbox_item_${name}`).on('mailbox_item');
    await index('received').columns(['folder', 'associated', 'received_at', 'number']).execute();
    await index('subject').columns(['folder', 'associated', 'subject_key', 'number']).execute();
    await index('created').columns(['mailbox', 'folder', 'created']).execute();
    await index('changed').columns(['folder', 'changed', 'created']).execute();
    await index('start').columns(['folder', 'associated', 'start_at', 'number']).execute();
    await index('url_name').columns(['folder', 'url_name']).where(sql`url_name`, 'is not', null).execute();
    await index('unread').columns(['folder', 'associated', 'received_at', 'number']).where(sql`is_read`, '=', sql.lit(0)).execute();
    await schema
      .createTable('mailbox_attachment')
      .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('content', 'bigint', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('attachment', 'text', (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('mailbox_attachment_position', ['content', 'position'])
      .execute();
    await schema
      .createTable('mailbox_blob')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('data', 'blob', (column) => column.notNull())
      .execute();
    await schema
      .createTable('mailbox_tombstone')
      .addColumn('folder', 'integer', (column) => column.notNull())
      .addColumn('item', 'bigint', (column) => column.notNull())
      .addColumn('created', 'bigint', (column) => column.notNull())
      .addColumn('deleted', 'bigint', (column) => column.notNull())
      .addColumn('deleted_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('mailbox_tombstone_key', ['folder', 'deleted'])
      .execute();
  },
  async (transaction) => {
    const { schema } = transaction;
    await schema.alterTable('calendar_item').renameTo('calendar_item_former').execute();
    await schema
      .createTable('calendar_item')
      .addColumn('item', 'integer', (column) => column.primaryKey())
      .addColumn('mailbox', 'text', (column) => column.notNull())
      .addColumn('uid', 'text', (column) => column.notNull())
      .addColumn('span_class', 'integer', (column) => column.notNull())
      .addColumn('span_start', 'bigint', (column) => column.notNull())
      .addColumn('span_end', 'bigint', (column) => column.notNull())
      .addColumn('start_at', 'bigint', (column) => column.notNull())
      .addColumn('end_at', 'bigint', (column) => column.notNull())
      .addColumn('time_zone', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('location', 'text', (column) => column.notNull())
      .addColumn('free_busy_status', 'text', (column) => column.notNull())
      .addColumn('sensitivity', 'text', (column) => column.notNull())
      .addColumn('flags', 'integer', (column) => column.notNull())
      .addColumn('series', 'text')
      .execute();
    await schema.createIndex('calendar_item_window').on('calendar_item').columns(['mailbox', 'span_class', 'span_start', 'span_end']).execute();
    await schema.createIndex('calendar_item_by_uid').on('calendar_item').columns(['mailbox', 'uid']).execute();
  },
];

export const oofReplyMigrations: readonly Migration<MailboxSchema>[] = [
  async ({ schema }) => {
    await schema
      .createTable('mailbox_oof_reply')
      .addColumn('mailbox', 'integer', (column) => column.notNull())
      .addColumn('sender', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('mailbox_oof_reply_key', ['mailbox', 'sender'])
      .execute();
  },
];
