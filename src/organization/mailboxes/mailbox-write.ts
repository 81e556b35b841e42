import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { OrganizationError } from '../organization-error.ts';
import { addDistinguishedFolders } from './distinguished-folders.ts';
import type { NewMailboxEvent } from './event-hub.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxTransaction } from './mailbox-database.ts';

export interface FolderCounts {
  total: number;
  unread: number;
  associated: number;
  bytes: number;
}

/** A transaction on one mailbox. What it counts and tells is written and told when it is committed. */
export interface MailboxWrite {
  readonly db: MailboxTransaction;
  readonly guid: string;
  readonly mailbox: number;
  /** Milliseconds: the same for all that is written. */
  readonly now: number;
  nextChange(): number;
  /** Adds to a folder's counters. Every change of an item does, be it by nothing: its folder has then been modified. */
  count(folder: number, counts: Partial<FolderCounts>): void;
  emit(event: NewMailboxEvent): void;
}

/** Runs one transaction on a mailbox, which is made first where there is none. Writes to one mailbox take turns. */
export async function writeMailbox<Result>(context: MailboxContext, guid: string, work: (write: MailboxWrite) => Promise<Result>): Promise<Result> {
  await mailboxNumber(context, guid);
  const events: NewMailboxEvent[] = [];
  const result = await context.db.transaction().execute(async (db) => {
    // An update that changes nothing locks the row where writers do not take turns anyway.
    const row = await db
      .updateTable('mailbox')
      .set({ change: sql<number>`change + 0` })
      .where('guid', '=', guid)
      .returning(['number', 'change', 'bytes'])
      .executeTakeFirstOrThrow();
    let { change } = row;
    const now = context.clock.now();
    const counts = new Map<number, FolderCounts>();
    const result = await work({
      db,
      guid,
      mailbox: row.number,
      now,
      nextChange: () => ++change,
      count(folder, more) {
        const sum = counts.get(folder) ?? { total: 0, unread: 0, associated: 0, bytes: 0 };
        sum.total += more.total ?? 0;
        sum.unread += more.unread ?? 0;
        sum.associated += more.associated ?? 0;
        sum.bytes += more.bytes ?? 0;
        counts.set(folder, sum);
      },
      emit: (event) => void events.push(event),
    });
    let added = 0;
    for (const [folder, sum] of counts) {
      added += sum.bytes;
      await db
        .updateTable('mailbox_folder')
        .set({ total: sql<number>`total + ${sum.total}`, unread: sql<number>`unread + ${sum.unread}`, associated: sql<number>`associated + ${sum.associated}`, bytes: sql<number>`bytes + ${sum.bytes}`, modified_at: laterThanBefore(now) })
        .where('number', '=', folder)
        .execute();
    }
    const bytes = row.bytes + added;
    if (added > 0 && bytes > context.limits.quota) throw mailboxFull(guid, context.limits.quota);
    if (change !== row.change || added !== 0) await db.updateTable('mailbox').set({ change, bytes }).where('number', '=', row.number).execute();
    return result;
  });
  context.hub.publish(guid, events);
  return result;
}

/** What the `modified_at` of a folder or item becomes: now, or a second more than it was, so that clients that see whole seconds see every change. */
export function laterThan(before: number, now: number): number {
  return Math.max(now, before + 1000);
}

/** The same, of the column. */
export function laterThanBefore(now: number): RawBuilder<number> {
  return sql<number>`case when modified_at + 1000 > ${now} then modified_at + 1000 else ${now} end`;
}

/** The row number of a mailbox, which is made with its folders on first use. */
export async function mailboxNumber(context: MailboxContext, guid: string): Promise<number> {
  const known = context.known.get(guid);
  if (known !== undefined) return known;
  const number = await context.db.transaction().execute(async (db) => {
    const there = await db.selectFrom('mailbox').select('number').where('guid', '=', guid).executeTakeFirst();
    const { number } = there ?? (await db.insertInto('mailbox').values({ guid, change: 0, bytes: 0, oof: null }).returning('number').executeTakeFirstOrThrow());
    await addDistinguishedFolders(db, number, context.clock.now());
    return number;
  });
  if (context.known.size > 100_000) context.known.clear();
  context.known.set(guid, number);
  return number;
}

function mailboxFull(mailbox: string, quota: number): OrganizationError {
  return new OrganizationError('ORGANIZATION_MAILBOX_FULL', 'The mailbox is full.', { facts: { mailbox, quota }, remedy: 'Delete what is not needed, or raise the quota.' });
}
