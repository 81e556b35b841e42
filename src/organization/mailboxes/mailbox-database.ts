import type { Kysely, Transaction } from 'kysely';
import type { CalendarSchema } from '../calendars/calendar-schema.ts';
import type { MailboxSchema } from './mailbox-schema.ts';

/** The tables of mailboxes and of calendars: an item and its time are written together. */
export type MailboxDatabase = Kysely<MailboxSchema & CalendarSchema>;

export type MailboxTransaction = Transaction<MailboxSchema & CalendarSchema>;
