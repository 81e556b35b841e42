import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { BoundedCache } from '../../foundation/index.ts';
import type { FolderRow } from './folder-row.ts';

/** The row at which a page of a sorted view begins, or after which: what columns hold that the view is sorted by. */
export interface PagePlace {
  values: readonly (number | string)[];
  isAfter: boolean;
}

/** A view of a whole folder in one direction, sorted by columns; the last of them tells rows apart. */
export interface PlacedView {
  folder: Pick<FolderRow, 'number' | 'modified_at'>;
  isAssociated: boolean;
  columns: readonly string[];
  isDescending: boolean;
}

/** Places of which the latest asked for are kept, for all folders together. */
export const mostPlaces = 10_000;

/** Where a position of a view was, if nothing in the folder has changed since: every change moves its time. */
export function placeOf(places: BoundedCache<PagePlace>, view: PlacedView, position: number): PagePlace | undefined {
  return places.get(nameOf(view, position));
}

/** Remembers where a page began and where the next one will, so that neither has to be counted out from an end of the folder. */
export function rememberPlaces(places: BoundedCache<PagePlace>, view: PlacedView, first: number, rows: readonly Readonly<Record<string, unknown>>[]): void {
  const valuesOf = (row: Readonly<Record<string, unknown>>): readonly (number | string)[] => view.columns.map((column) => row[column] as number | string);
  const [start, end] = [rows[0], rows.at(-1)];
  if (start === undefined || end === undefined) return;
  places.set(nameOf(view, first), { values: valuesOf(start), isAfter: false });
  places.set(nameOf(view, first + rows.length), { values: valuesOf(end), isAfter: true });
}

/** The condition for rows from a place on. */
export function fromPlace({ columns, isDescending }: PlacedView, { values, isAfter }: PagePlace): RawBuilder<boolean> {
  const operator = `${isDescending ? '<' : '>'}${isAfter ? '' : '='}`;
  return sql<boolean>`(${sql.join(columns.map((column) => sql.ref(column)))}) ${sql.raw(operator)} (${sql.join(values)})`;
}

function nameOf({ folder, isAssociated, columns, isDescending }: PlacedView, position: number): string {
  return [folder.number, folder.modified_at, isAssociated, isDescending, ...columns, position].join(' ');
}
