import type { MailboxDatabase } from '../mailboxes/mailbox-database.ts';
import type { CalendarItemTable } from './calendar-schema.ts';
import type { InstantWindow } from './expand-item.ts';
import { spanClassesFor } from './span-class.ts';

/** Appointments of a calendar whose span touches the window, series or the others; at most `limit` of them where that is given. */
export async function rowsInWindow(db: MailboxDatabase, calendar: string, window: InstantWindow, series: boolean, limit?: number): Promise<CalendarItemTable[]> {
  const [first, ...others] = spanClassesFor(window.start, series).map(({ spanClass, earliest }) =>
    db
      .selectFrom('calendar_item')
      .selectAll()
      .where('mailbox', '=', calendar)
      .where('span_class', '=', spanClass)
      .where('span_start', '>=', earliest)
      .where('span_start', '<', window.end)
      .where((where) => where.or([where('span_end', '>', window.start), where('span_start', '>=', window.start)])),
  );
  if (first === undefined) return [];
  const all = others.reduce((union, query) => union.unionAll(query), first);
  return (limit === undefined ? all : all.limit(limit)).execute();
}
