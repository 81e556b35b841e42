import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { OrganizationError } from '../organization-error.ts';
import type { CalendarConfiguration } from './calendar-configuration.ts';
import { checkCalendarConfiguration, defaultCalendarConfiguration } from './calendar-configuration.ts';
import type { CalendarItem, CalendarOccurrence, NewCalendarItem } from './calendar-item.ts';
import type { CalendarAccessRights, CalendarPermission, FreeBusyAccess } from './calendar-permission.ts';
import { checkAccessRights, defaultCalendarPermissions, freeBusyAccessOf, granteeOf } from './calendar-permission.ts';
import { itemOfRow, rowOfItem } from './calendar-row.ts';
import type { CalendarItemTable, CalendarSchema } from './calendar-schema.ts';
import { checkCalendarItem } from './check-calendar-item.ts';
import type { InstantWindow } from './expand-item.ts';
import { expandItem } from './expand-item.ts';
import { spanClassesFor } from './span-class.ts';

/** The calendars of an organisation's mailboxes. Mailboxes are named by guid; that they exist is the caller's affair. */
export interface Calendars {
  /**
   * Stores an item; one with the same uid is replaced and keeps its id.
   *
   * @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_ITEM`, `ORGANIZATION_INVALID_RECURRENCE` or
   *   `ORGANIZATION_UNKNOWN_TIME_ZONE`
   */
  put(mailbox: string, item: NewCalendarItem): Promise<CalendarItem>;
  /** Stores all items or, where one is refused, none. Gives their number. Throws as `put` does. */
  putAll(mailbox: string, items: readonly NewCalendarItem[]): Promise<number>;
  /** False when there was no such item. */
  remove(mailbox: string, itemId: string): Promise<boolean>;
  get(mailbox: string, itemId: string): Promise<CalendarItem | undefined>;
  count(mailbox: string): Promise<number>;
  /** Removes all items, the configuration and the permissions of a mailbox. */
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
  /** Gives ids of new items. Default: random UUIDs. */
  createId?: () => string;
}

/** Opens the calendars in a store that has run `calendarMigrations`. */
export function createCalendars(db: Kysely<CalendarSchema>, options: CalendarsOptions = {}): Calendars {
  const createId = options.createId ?? randomUUID;

  const itemAt = (mailbox: string, itemId: string) => db.selectFrom('calendar_item').selectAll().where('id', '=', itemId).where('mailbox', '=', mailbox);

  const put = async (executor: Kysely<CalendarSchema>, mailbox: string, item: NewCalendarItem): Promise<CalendarItem> => {
    const { id: _, mailbox: __, uid: ___, ...replacement } = rowOfItem(mailbox, { ...item, id: '' });
    const { id } = await executor
      .insertInto('calendar_item')
      .values({ ...replacement, id: createId(), mailbox, uid: item.uid })
      .onConflict((conflict) => conflict.columns(['mailbox', 'uid']).doUpdateSet(replacement))
      .returning('id')
      .executeTakeFirstOrThrow();
    return { ...item, id };
  };

  /** Items whose span touches the window; at most `limit` of them where that is given. */
  const rowsIn = (mailbox: string, window: InstantWindow, series: boolean, limit?: number): Promise<CalendarItemTable[]> => {
    const [first, ...others] = spanClassesFor(window.start, series).map(({ spanClass, earliest }) =>
      db
        .selectFrom('calendar_item')
        .selectAll()
        .where('mailbox', '=', mailbox)
        .where('span_class', '=', spanClass)
        .where('span_start', '>=', earliest)
        .where('span_start', '<', window.end)
        .where((where) => where.or([where('span_end', '>', window.start), where('span_start', '>=', window.start)])),
    );
    if (first === undefined) return Promise.resolve([]);
    const all = others.reduce((union, query) => union.unionAll(query), first);
    return (limit === undefined ? all : all.limit(limit)).execute();
  };

  const storedConfiguration = async (executor: Kysely<CalendarSchema>, mailbox: string): Promise<Partial<CalendarConfiguration>> => {
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
      return put(db, mailbox, item);
    },
    async putAll(mailbox, items) {
      for (const item of items) checkCalendarItem(item);
      await db.transaction().execute(async (transaction) => {
        for (const item of items) await put(transaction, mailbox, item);
      });
      return items.length;
    },
    async remove(mailbox, itemId) {
      const { numDeletedRows } = await db.deleteFrom('calendar_item').where('id', '=', itemId).where('mailbox', '=', mailbox).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async get(mailbox, itemId) {
      const row = await itemAt(mailbox, itemId).executeTakeFirst();
      return row === undefined ? undefined : itemOfRow(row);
    },
    async count(mailbox) {
      const { items } = await db
        .selectFrom('calendar_item')
        .select((select) => select.fn.countAll().as('items'))
        .where('mailbox', '=', mailbox)
        .executeTakeFirstOrThrow();
      return Number(items);
    },
    async clear(mailbox) {
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('calendar_item').where('mailbox', '=', mailbox).execute();
        await transaction.deleteFrom('calendar_configuration').where('mailbox', '=', mailbox).execute();
        await transaction.deleteFrom('calendar_permission').where('mailbox', '=', mailbox).execute();
      });
    },
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
      collect(await rowsIn(mailbox, window, false, limit + 1));
      collect(await rowsIn(mailbox, window, true));
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
