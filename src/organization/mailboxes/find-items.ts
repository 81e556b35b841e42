import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Page, PageRequest } from './folder.ts';
import type { FolderRow } from './folder-row.ts';
import { compareMissing, groupOrder, groupValue } from './group-order.ts';
import type { Item, ItemQuery } from './item.ts';
import type { ItemRow } from './item-row.ts';
import { itemOfRow, propertiesOfRow } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { checkRestriction, keysOf, matchesRestriction } from './match-restriction.ts';
import { pageOf, rangeOf } from './page.ts';
import { fromPlace, placeOf, rememberPlaces } from './page-places.ts';
import type { PlacedView } from './page-places.ts';
import type { PropertyBag, PropertyKey, PropertyValue } from './property.ts';
import { numberColumns, restrictionToSql } from './restriction-to-sql.ts';
import type { GroupBy, Restriction, SortBy } from './restriction.ts';

/** Rows looked at in one go while a filter is tried on them; then others get their turn. */
const batch = 400;

/** Properties that are not in the row, nor computed from it. */
const contentKeys = new Set<PropertyKey>(['item:Body', 'item:TextBody', 'item:UniqueBody', 'item:NormalizedBody', '0x1000', '0x1013']);

const sortColumns: Readonly<Record<PropertyKey, string>> = { ...numberColumns, 'item:Subject': 'subject_key', 'message:IsRead': 'is_read', 'item:HasAttachments': 'has_attachments', 'calendar:Start': 'start_at' };

/** Gives an item's heavy properties, wherever they are. */
export type ReadHeavy = (row: ItemRow) => Promise<PropertyBag>;

interface View {
  folder: FolderRow;
  isAssociated: boolean;
  condition: RawBuilder<unknown> | undefined;
  /** What columns cannot tell. */
  rest: Restriction | undefined;
  sortBy: readonly SortBy[];
  seek: Restriction | undefined;
  groupBy: GroupBy | undefined;
}

/** The page in numbers of rows, and where in the view it was found to begin. */
interface Found {
  numbers: readonly number[];
  total: number;
  request: PageRequest;
}

/**
 * One page of a folder. A view in one of the usual orders, whole or filtered by columns, costs what its page costs; other
 * orders and filters look at the whole folder, in turns with others.
 */
export async function findItems(context: MailboxContext, guid: string, folder: FolderRow, query: ItemQuery, readHeavy: ReadHeavy): Promise<Page<Item>> {
  if (query.traversal === 'SoftDeleted') return pageOf(query, 0, []);
  const restriction = withWords(query.restriction, query.words ?? []);
  for (const part of [restriction, query.seek]) if (part !== undefined) checkRestriction(part);
  const inColumns = restriction === undefined ? undefined : restrictionToSql(restriction);
  const view: View = {
    folder,
    isAssociated: query.traversal === 'Associated',
    condition: inColumns?.condition,
    rest: inColumns?.isExact === true ? undefined : restriction,
    sortBy: (query.sortBy ?? []).slice(0, 3),
    seek: query.seek,
    groupBy: query.groupBy,
  };
  if (view.sortBy.length === 0) view.sortBy = [{ key: 'item:DateTimeReceived', direction: 'Descending' }];
  const isPlain = view.seek === undefined && view.groupBy === undefined && view.rest === undefined && view.sortBy.every(({ key }) => sortColumns[key] !== undefined);
  const { numbers, total, request } = isPlain ? await pageBySql(context, view, query) : await pageByLooking(context.db, view, query, readHeavy);
  const rows = numbers.length === 0 ? [] : await context.db.selectFrom('mailbox_item').selectAll().where('number', 'in', numbers).execute();
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const entries = numbers.flatMap((number) => {
    const row = byNumber.get(number);
    return row === undefined ? [] : [itemOfRow(guid, row)];
  });
  return pageOf(request, total, entries);
}

async function pageBySql({ db, places }: MailboxContext, view: View, request: PageRequest): Promise<Found> {
  const total = view.condition === undefined ? (view.isAssociated ? view.folder.associated : view.folder.total) : await countRows(db, view);
  const { first, count } = rangeOf(request, total);
  if (count === 0) return { numbers: [], total, request };
  const placed = placedView(view);
  const place = placed === undefined ? undefined : placeOf(places, placed, first);
  // From a known place, else from whichever end is nearer.
  const isBackward = place === undefined && first > total / 2;
  const offset = place !== undefined ? 0 : isBackward ? total - first - count : first;
  const begun = placed === undefined || place === undefined ? rowsOf(db, view) : rowsOf(db, view).where(fromPlace(placed, place));
  const selected = begun.select('number').select((placed?.columns ?? []).map((column) => sql<number | string>`${sql.ref(column)}`.as(column)));
  const rows = await ordered(selected, view, isBackward).limit(count).offset(offset).execute();
  if (isBackward) rows.reverse();
  if (placed !== undefined) rememberPlaces(places, placed, first, rows);
  return { numbers: rows.map(({ number }) => number), total, request };
}

/** Views of which places are remembered: whole folders, all columns in one direction. Filters are counted out anyway. */
function placedView({ folder, isAssociated, condition, sortBy }: View): PlacedView | undefined {
  const [{ direction } = { direction: 'Ascending' }] = sortBy;
  if (condition !== undefined || sortBy.some((one) => one.direction !== direction)) return undefined;
  const columns = new Set([...sortBy.map(({ key }) => sortColumns[key] ?? 'number'), 'number']);
  return { folder, isAssociated, columns: [...columns], isDescending: direction === 'Descending' };
}

/** Looks at every row that columns let through; the whole order is made here unless columns give it. */
async function pageByLooking(db: MailboxDatabase, view: View, request: PageRequest, readHeavy: ReadHeavy): Promise<Found> {
  const { rest, sortBy, seek, groupBy } = view;
  const keys = sortBy.map(({ key }) => key);
  const grouped = groupBy === undefined ? [] : [groupBy.key, groupBy.aggregateKey];
  const needsContent = [...[rest, seek].flatMap((part) => (part === undefined ? [] : keysOf(part))), ...keys, ...grouped].some((key) => contentKeys.has(key));
  const found: { number: number; values: readonly (PropertyValue | undefined)[]; isSought: boolean; group: PropertyValue | undefined; aggregated: PropertyValue | undefined }[] = [];
  let after = 0;
  for (;;) {
    const rows = await rowsOf(db, view).selectAll().where('number', '>', after).orderBy('number').limit(batch).execute();
    for (const row of rows) {
      const bag = propertiesOfRow(row, needsContent ? await readHeavy(row) : undefined);
      if (rest !== undefined && !matchesRestriction(bag, rest)) continue;
      const [group, aggregated] = grouped.map((key) => groupValue(bag[key]));
      found.push({ number: row.number, values: keys.map((key) => groupValue(bag[key])), isSought: seek !== undefined && matchesRestriction(bag, seek), group, aggregated });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < batch) break;
    after = last.number;
    await setImmediate();
  }
  const byGroup = groupBy === undefined ? undefined : groupOrder(groupBy, found);
  found.sort((a, b) => {
    const groups = byGroup?.(a, b) ?? 0;
    if (groups !== 0) return groups;
    for (const [index, { direction }] of sortBy.entries()) {
      const order = compareMissing(a.values[index], b.values[index]);
      if (order !== 0) return direction === 'Ascending' ? order : -order;
    }
    return sortBy[0]?.direction === 'Descending' ? b.number - a.number : a.number - b.number;
  });
  const begun = seek === undefined ? request : from(request, request.from === 'End' ? found.findLastIndex(({ isSought }) => isSought) : found.findIndex(({ isSought }) => isSought), found.length);
  const { first, count } = rangeOf(begun, found.length);
  return { numbers: found.slice(first, first + count).map(({ number }) => number), total: found.length, request: begun };
}

/** The page that begins at a place of the view; an empty one at its end where there is no such place. */
function from({ from = 'Beginning', limit }: PageRequest, place: number, total: number): PageRequest {
  if (place === -1) return { from, limit, offset: total };
  return { from, limit, offset: from === 'End' ? total - 1 - place : place };
}

function rowsOf(db: MailboxDatabase, { folder, isAssociated, condition }: View) {
  const rows = db
    .selectFrom('mailbox_item')
    .where('folder', '=', folder.number)
    .where('associated', '=', isAssociated ? 1 : 0);
  return condition === undefined ? rows : rows.where(sql<boolean>`${condition}`);
}

async function countRows(db: MailboxDatabase, view: View): Promise<number> {
  const { rows } = await rowsOf(db, view)
    .select((select) => select.fn.countAll().as('rows'))
    .executeTakeFirstOrThrow();
  return Number(rows);
}

function ordered<Query extends { orderBy(expression: RawBuilder<unknown>): Query }>(query: Query, { sortBy }: View, isBackward: boolean): Query {
  const word = (isDescending: boolean): RawBuilder<unknown> => sql.raw(isDescending === isBackward ? 'asc' : 'desc');
  let sorted = query;
  for (const { key, direction } of sortBy) sorted = sorted.orderBy(sql`${sql.ref(sortColumns[key] ?? 'number')} ${word(direction === 'Descending')}`);
  // Of equals the older comes first, or last in a view that goes down.
  return sorted.orderBy(sql`number ${word(sortBy[0]?.direction === 'Descending')}`);
}

function withWords(restriction: Restriction | undefined, words: readonly string[]): Restriction | undefined {
  if (words.length === 0) return restriction;
  const keys = ['item:Subject', 'message:From', 'message:ToRecipients', 'message:CcRecipients', 'calendar:Location', 'contacts:DisplayName', 'item:Body'];
  const search = words.map((value): Restriction => ({ type: 'Or', of: keys.map((key): Restriction => ({ type: 'Contains', key, value, mode: 'PrefixOnWords', comparison: 'IgnoreCaseAndNonSpacingCharacters' })) }));
  return { type: 'And', of: restriction === undefined ? search : [restriction, ...search] };
}
