import type { Migration } from '../../store/index.ts';

/**
 * When the appointments of a mailbox take place: one row each, a copy of what `mailbox_item` holds. What
 * lookups search by stands in columns, a series' pattern and exceptions in JSON.
 */
export interface CalendarItemTable {
  /** Row of the mailbox item. */
  item: number;
  /** Guid, for the mailbox's own calendar, which free/busy reads; see `otherCalendar` for those in other folders. */
  mailbox: string;
  uid: string;
  /** How long the span is, in steps, and whether it is a series: see `span-class.ts`. */
  span_class: number;
  /** From the beginning of the first happening to the end of the last; endless series end at the end of time. */
  span_start: number;
  span_end: number;
  start_at: number;
  end_at: number;
  time_zone: string;
  subject: string;
  location: string;
  free_busy_status: string;
  sensitivity: string;
  /** Bits: 1 all day, 2 meeting, 4 reminder. */
  flags: number;
  /** JSON of recurrence, exceptions and time zone rules; null for a single item in a named zone. */
  series: string | null;
}

export interface CalendarConfigurationTable {
  mailbox: string;
  /** JSON of what was set; the rest are defaults. */
  configuration: string;
}

export interface CalendarPermissionTable {
  mailbox: string;
  /** `Default`, `Anonymous` or the guid of a recipient, lower case. */
  grantee: string;
  access_rights: string;
}

export interface CalendarSchema {
  calendar_item: CalendarItemTable;
  calendar_configuration: CalendarConfigurationTable;
  calendar_permission: CalendarPermissionTable;
}

/** The calendars' first steps of the schema, oldest first; later ones are among `mailboxMigrations`. */
export const calendarMigrations: readonly Migration<CalendarSchema>[] = [
  async (transaction) => {
    const { schema } = transaction;
    await schema
      .createTable('calendar_item')
      .addColumn('id', 'text', (column) => column.primaryKey())
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
      .addUniqueConstraint('calendar_item_uid', ['mailbox', 'uid'])
      .execute();
    await schema.createIndex('calendar_item_span').on('calendar_item').columns(['mailbox', 'span_class', 'span_start', 'span_end']).execute();
    await schema
      .createTable('calendar_configuration')
      .addColumn('mailbox', 'text', (column) => column.primaryKey())
      .addColumn('configuration', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('calendar_permission')
      .addColumn('mailbox', 'text', (column) => column.notNull())
      .addColumn('grantee', 'text', (column) => column.notNull())
      .addColumn('access_rights', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('calendar_permission_key', ['mailbox', 'grantee'])
      .execute();
  },
];
