import type { MultiValued } from '../../binding/parameter-definition.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import type { LocalContext } from '../../sessions/create-local-session.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { readFilter } from '../tenant/filter.ts';

export const propertyParameter = { type: 'string', many: true, aliases: ['Select'], description: 'Only these properties; the others come empty. All that is kept is shown by default.' } as const;

/** The same of what has certificates. */
export const keyProperty = { ...propertyParameter, description: 'Only these properties; the others come empty. With KeyCredentials among them, certificates come with their bytes. Everything else that is kept is shown by default.' } as const;

/** What every Get- cmdlet of Microsoft Graph takes that shows a list. */
export const graphListParameters = {
  Filter: { type: 'string', description: "OData: displayName eq '…', startswith(displayName,'…'), proxyAddresses/any(x:x eq 'smtp:…'), joined by and, or, not and parentheses." },
  Sort: { type: 'string', many: true, aliases: ['OrderBy'], description: "Properties to sort by; 'displayName desc' from the last one." },
  Top: { type: 'integer', aliases: ['Limit'], description: 'How many at most; default 100.' },
  All: { type: 'switch', description: 'All of them.' },
  CountVariable: { type: 'string', aliases: ['CV'], description: 'Name of a variable that gets how many there are, cut or not.' },
  PageSize: { type: 'integer', ignored: true, description: 'Accepted and without effect: all come at once.' },
  Property: propertyParameter,
} as const;

/** What those take besides whose objects Microsoft Graph can search. */
export const graphSearchParameters = {
  Search: { type: 'string', description: `'"displayName:bert"', with -ConsistencyLevel eventual: a word of the name, or of another property its beginning, begins so. Several are joined by AND and OR.` },
  ConsistencyLevel: { type: ['eventual'], description: 'Microsoft Graph insists on it with -Search; here everything is consistent.' },
} as const;

export interface GraphList {
  readonly Filter?: string;
  readonly Search?: string;
  readonly ConsistencyLevel?: string;
  readonly Sort?: MultiValued;
  readonly Top?: number;
  readonly CountVariable?: string;
  readonly All?: boolean;
  readonly Property?: MultiValued;
}

/**
 * The rows that a list shows: filtered, searched, sorted, and cut. How many there are before the cut is told to who asks.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for a filter or a search that cannot be read
 */
export function listOf({ count }: Pick<LocalContext, 'count'>, rows: readonly OutputObject[], given: GraphList): readonly OutputObject[] {
  if (given.Search !== undefined && given.ConsistencyLevel === undefined) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', "[Request_UnsupportedQuery] : Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'", { remedy: 'Add -ConsistencyLevel eventual.' });
  }
  const found = rows.filter(readFilter(given.Filter)).filter(given.Search === undefined ? () => true : readSearch(given.Search));
  if (given.CountVariable !== undefined) count(found.length);
  const sorted = given.Sort === undefined ? found : sortRows(found, valuesOf(given.Sort));
  return sorted.slice(0, given.All === true ? undefined : (given.Top ?? 100)).map((row) => selected(row, given.Property));
}

/** The object with the properties that were asked for; the others are there and empty, as Microsoft Graph's own module has them. */
export function selected(row: OutputObject, property: MultiValued | undefined): OutputObject {
  if (property === undefined) return row;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, selects(property, name) ? value : null]));
}

/** `-Property 'id,displayName'` reaches Microsoft Graph as it is, which reads the commas. */
export function selects(property: MultiValued | undefined, name: string): boolean {
  return property !== undefined && valuesOf(property).some((text) => text.toLowerCase().split(',').some((part) => part.trim() === name.toLowerCase()));
}

function sortRows(rows: readonly OutputObject[], by: readonly string[]): readonly OutputObject[] {
  const keys = by.flatMap((text) => text.split(',')).map((text) => {
    const [, name = '', direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
    const known = Object.keys(rows[0] ?? {}).find((key) => key.toLowerCase() === name.toLowerCase());
    if (known === undefined && rows.length > 0) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `Could not find a property named '${text.trim().slice(0, 100)}'.`);
    return { name: known ?? '', sign: direction?.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return rows.toSorted((a, b) => keys.map(({ name, sign }) => sign * shown(a[name]).localeCompare(shown(b[name]), 'en')).find((order) => order !== 0) ?? 0);
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** `"name:text"` clauses joined by AND and OR, of which AND binds closer (Microsoft Graph, "Use the $search query parameter"). */
function readSearch(search: string): (row: OutputObject) => boolean {
  const alternatives = search.split(/\s+OR\s+/).map((part) => part.split(/\s+AND\s+/).map(readClause));
  return (row) => alternatives.some((clauses) => clauses.every((clause) => clause(row)));
}

function readClause(text: string): (row: OutputObject) => boolean {
  const [, name, wanted] = /^\s*"\s*(\w+)\s*:\s*([^"]*?)\s*"\s*$/.exec(text) ?? [];
  if (name === undefined || wanted === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `[Request_BadRequest] : Syntax error in the search clause ${text.trim().slice(0, 100)}.`, { remedy: `Write -Search '"displayName:bert"', the double quotes among it.` });
  const beginning = wanted.toLowerCase();
  return (row) => {
    const entry = Object.entries(row).find(([key]) => key.toLowerCase() === name.toLowerCase());
    if (entry === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `Could not find a property named '${name}'.`);
    const values = (Array.isArray(entry[1]) ? (entry[1] as unknown[]) : [entry[1]]).map((value) => shown(value).toLowerCase());
    return values.some((value) => value.startsWith(beginning) || (name.toLowerCase() === 'displayname' && value.split(/[^\p{L}\p{N}]+/u).some((_, at, words) => words.slice(at).join(' ').startsWith(beginning))));
  };
}
