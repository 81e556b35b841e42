import type { MailboxLimits } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

/**
 * Forgets deletions that are older than any client that still synchronizes, and the oldest where a folder has too many.
 * States from before are then refused, so that nobody misses one unawares.
 */
export async function forgetTombstones(db: MailboxDatabase, now: number, limits: Pick<MailboxLimits, 'tombstoneDays' | 'tombstones'>, folder?: number): Promise<void> {
  const before = now - limits.tombstoneDays * 86_400_000;
  const counts = await db
    .selectFrom('mailbox_tombstone')
    .select(['folder', (select) => select.fn.countAll().as('count'), (select) => select.fn.min<number>('deleted_at').as('oldest')])
    .$if(folder !== undefined, (query) => query.where('folder', '=', folder ?? 0))
    .groupBy('folder')
    .execute();
  for (const { folder: number, count, oldest } of counts) {
    const surplus = Math.max(0, Number(count) - limits.tombstones);
    if (surplus === 0 && oldest >= before) continue;
    const aged = await db
      .selectFrom('mailbox_tombstone')
      .select((select) => select.fn.max<number | null>('deleted').as('deleted'))
      .where('folder', '=', number)
      .where('deleted_at', '<', before)
      .executeTakeFirst();
    const extra = surplus === 0 ? undefined : await db.selectFrom('mailbox_tombstone').select('deleted').where('folder', '=', number).orderBy('deleted').offset(surplus - 1).limit(1).executeTakeFirst();
    const upTo = Math.max(aged?.deleted ?? 0, extra?.deleted ?? 0);
    await db.updateTable('mailbox_folder').set({ forgotten: upTo }).where('number', '=', number).where('forgotten', '<', upTo).execute();
    await db.deleteFrom('mailbox_tombstone').where('folder', '=', number).where('deleted', '<=', upTo).execute();
  }
}
