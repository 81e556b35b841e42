import type { MailboxContext } from '../mailboxes/mailbox-context.ts';
import type { MailboxDatabase } from '../mailboxes/mailbox-database.ts';
import { writeMailbox } from '../mailboxes/mailbox-write.ts';
import { OrganizationError } from '../organization-error.ts';
import { clearCalendar, mergeCalendarEvent, putCalendarItem, removeCalendarItem, storedCalendarItem } from './calendar-items.ts';
import type { CalendarEventToMerge } from './calendar-items.ts';
import type { CalendarConfiguration } from './calendar-configuration.ts';
import { checkCalendarConfiguration, defaultCalendarConfiguration } from './calendar-configuration.ts';
import type { CalendarItem, CalendarOccurrence, NewCalendarItem } from './calendar-item.ts';
import type { CalendarAccessRights, CalendarPermission, FreeBusyAccess } from './calendar-permission.ts';
import { checkAccessRights, defaultCalendarPermissions, freeBusyAccessOf, granteeOf } from './calendar-permission.ts';
import { itemOfRow } from './calendar-row.ts';
import type { CalendarItemTable } from './calendar-schema.ts';
import { checkCalendarItem } from './check-calendar-item.ts';
import type { InstantWindow } from './expand-item.ts';
import { expandItem } from './expand-item.ts';
import { rowsInWindow } from './rows-in-window.ts';

/**
 * The calendars of an organisation's mailboxes. Mailboxes are named by guid; that they exist is the caller's affair. The
 * items are those of the mailbox's calendar folder: what is put here is found there, and the other way round.
 */
export interface Calendars {
  /**
   * Stores an item; one with the same uid is replaced and keeps its id, and what else the mailbox item has.
   *
   * @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_ITEM`, `ORGANIZATION_INVALID_RECURRENCE` or
   *   `ORGANIZATION_UNKNOWN_TIME_ZONE`
   */
  put(mailbox: string, item: NewCalendarItem): Promise<CalendarItem>;
  /** Stores all items or, where one is refused, none. Gives their number. Throws as `put` does. */
  putAll(mailbox: string, items: readonly NewCalendarItem[]): Promise<number>;
  /**
   * Enters events with all their properties: new ones, and changed ones in place of those with their uid. All or none.
   * Throws as `put` does.
   */
  merge(mailbox: string, events: readonly CalendarEventToMerge[]): Promise<{ created: number; replaced: number; unchanged: number }>;
  /** False when there was no such item. */
  remove(mailbox: string, itemId: string): Promise<boolean>;
  get(mailbox: string, itemId: string): Promise<CalendarItem | undefined>;
  count(mailbox: string): Promise<number>;
  /** Removes all items, the configuration and the permissions of a mailbox's calendar. */
  clear(mailbox: string): Promise<void>;
  /**
   * What happens in a window, by start: all that begins before its end and ends after its start. The cost follows what is
   * in the window, not the size of the mailbox.
   *
   * @throws OrganizationError `ORGANIZATION_TOO_MANY_OCCURRENCES` when there are more than `limit`
   */
  occurrences(mailbox: string, window: InstantWindow, limit: number): Promise<readonly CalendarOccurrence[]>;
  configuration(mailbox: string): Promise<CalendarConfiguration>;
  /** @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_CONFIGURATION` or `ORGANIZATION_UNKNOWN_TIME_ZONE` */
  setConfiguration(mailbox: string, changes: Partial<CalendarConfiguration>): Promise<CalendarConfiguration>;
  /** `Default` and `Anonymous` first; they are always there. */
  permissions(mailbox: string): Promise<readonly CalendarPermission[]>;
  /** @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_PERMISSION` */
  setPermission(mailbox: string, user: string, accessRights: CalendarAccessRights): Promise<void>;
  /** Back to the default for `Default` and `Anonymous`. False when nothing was set. */
  removePermission(mailbox: string, user: string): Promise<boolean>;
  /** By the requester's own entry, or else by `Default`. */
  freeBusyAccess(mailbox: string, requesterGuid?: string): Promise<FreeBusyAccess>;
}

export interface CalendarsOptions {
  /** The Windows zone id of a mailbox, for its default working hours. Where it gives none, UTC. */
  timeZoneOf?: (mailbox: string) => Promise<string | undefined>;
}

/** Opens the calendars of an organisation's mailboxes. */
export function createCalendars(context: MailboxContext, options: CalendarsOptions = {}): Calendars {
  const { db } = context;

  const storedConfiguration = async (executor: MailboxDatabase, mailbox: string): Promise<Partial<CalendarConfiguration>> => {
    const row = await executor.selectFrom('calendar_configuration').select('configuration').where('mailbox', '=', mailbox).executeTakeFirst();
    return row === undefined ? {} : (JSON.parse(row.configuration) as Partial<CalendarConfiguration>);
  };

  const completed = async (mailbox: string, stored: Partial<CalendarConfiguration>): Promise<CalendarConfiguration> => {
    const timeZone = stored.workingHoursTimeZone ?? (await options.timeZoneOf?.(mailbox)) ?? 'UTC';
    return { ...defaultCalendarConfiguration(timeZone), ...stored };
  };

  const storedPermissions = async (mailbox: string): Promise<readonly CalendarPermission[]> => {
    const rows = await db.selectFrom('calendar_permission').select(['grantee', 'access_rights']).where('mailbox', '=', mailbox).orderBy('grantee').execute();
    return rows.map((row) => ({ user: row.grantee, accessRights: row.access_rights as CalendarAccessRights }));
  };

  return {
    async put(mailbox, item) {
      checkCalendarItem(item);
      return writeMailbox(context, mailbox, async (to) => putCalendarItem(to, item, context.limits.itemSize));
    },
    async putAll(mailbox, items) {
      for (const item of items) checkCalendarItem(item);
      await writeMailbox(context, mailbox, async (to) => {
        for (const item of items) await putCalendarItem(to, item, context.limits.itemSize);
      });
      return items.length;
    },
    async merge(mailbox, events) {
      for (const { calendar } of events) checkCalendarItem(calendar);
      const counts = { created: 0, replaced: 0, unchanged: 0 };
      await writeMailbox(context, mailbox, async (to) => {
        for (const event of events) counts[await mergeCalendarEvent(to, event, context.limits.itemSize)] += 1;
      });
      return counts;
    },
    remove: (mailbox, itemId) => writeMailbox(context, mailbox, async (to) => removeCalendarItem(to, itemId)),
    get: (mailbox, itemId) => storedCalendarItem(db, mailbox, itemId),
    async count(mailbox) {
      const { items } = await db
        .selectFrom('calendar_item')
        .select((select) => select.fn.countAll().as('items'))
        .where('mailbox', '=', mailbox)
        .executeTakeFirstOrThrow();
      return Number(items);
    },
    clear: (mailbox) => writeMailbox(context, mailbox, async (to) => clearCalendar(to)),
    async occurrences(mailbox, window, limit) {
      const found: CalendarOccurrence[] = [];
      const collect = (rows: readonly CalendarItemTable[]): void => {
        for (const row of rows) {
          for (const occurrence of expandItem(itemOfRow(row), window)) {
            if (found.length >= limit) throw tooMany(mailbox, limit);
            found.push(occurrence);
          }
        }
      };
      collect(await rowsInWindow(db, mailbox, window, false, limit + 1));
      collect(await rowsInWindow(db, mailbox, window, true));
      return found.sort((a, b) => a.start - b.start || a.end - b.end || (a.itemId < b.itemId ? -1 : 1));
    },
    async configuration(mailbox) {
      return completed(mailbox, await storedConfiguration(db, mailbox));
    },
    async setConfiguration(mailbox, changes) {
      const defaults = await completed(mailbox, {});
      return db.transaction().execute(async (transaction) => {
        const stored = { ...(await storedConfiguration(transaction, mailbox)), ...changes };
        const changed = { ...defaults, ...stored };
        checkCalendarConfiguration(changed);
        const configuration = JSON.stringify(stored);
        await transaction
          .insertInto('calendar_configuration')
          .values({ mailbox, configuration })
          .onConflict((conflict) => conflict.column('mailbox').doUpdateSet({ configuration }))
          .execute();
        return changed;
      });
    },
    async permissions(mailbox) {
      const stored = await storedPermissions(mailbox);
      const builtIn = defaultCalendarPermissions.map((permission) => stored.find(({ user }) => user === permission.user) ?? permission);
      return [...builtIn, ...stored.filter(({ user }) => !builtIn.some((permission) => permission.user === user))];
    },
    async setPermission(mailbox, user, accessRights) {
      checkAccessRights(accessRights);
      await db
        .insertInto('calendar_permission')
        .values({ mailbox, grantee: granteeOf(user), access_rights: accessRights })
        .onConflict((conflict) => conflict.columns(['mailbox', 'grantee']).doUpdateSet({ access_rights: accessRights }))
        .execute();
    },
    async removePermission(mailbox, user) {
      const { numDeletedRows } = await db.deleteFrom('calendar_permission').where('mailbox', '=', mailbox).where('grantee', '=', granteeOf(user)).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async freeBusyAccess(mailbox, requesterGuid) {
      const stored = await storedPermissions(mailbox);
      const own = requesterGuid === undefined ? undefined : stored.find(({ user }) => user === granteeOf(requesterGuid));
      return freeBusyAccessOf((own ?? stored.find(({ user }) => user === 'Default'))?.accessRights ?? 'AvailabilityOnly');
    },
  };
}

function tooMany(mailbox: string, limit: number): OrganizationError {
  return new OrganizationError('ORGANIZATION_TOO_MANY_OCCURRENCES', `The calendar has more than ${limit} appointments in that time.`, {
    facts: { mailbox, limit },
    remedy: 'Ask for a shorter time.',
  });
}
