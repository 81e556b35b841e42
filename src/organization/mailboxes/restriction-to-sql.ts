import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { subjectKeyLength } from './item-row.ts';
import { foldText } from './match-restriction.ts';
import type { PropertyKey } from './property.ts';
import type { Restriction } from './restriction.ts';

/** A condition in SQL. Where it is not exact, it lets through more than the filter, which then has the last word. */
export interface SqlCondition {
  condition: RawBuilder<unknown>;
  isExact: boolean;
}

/** Columns that hold a property as a number that is always there. */
export const numberColumns: Readonly<Record<PropertyKey, string>> = {
  'item:DateTimeReceived': 'received_at',
  'item:DateTimeCreated': 'created_at',
  'item:LastModifiedTime': 'modified_at',
  'item:Size': 'size',
  '0x0e23': 'created',
};

const booleanColumns: Readonly<Record<PropertyKey, string>> = { 'message:IsRead': 'is_read', 'item:HasAttachments': 'has_attachments', 'item:IsAssociated': 'associated' };
const textColumns: Readonly<Record<PropertyKey, string>> = { '0x10f3': 'url_name', 'message:InternetMessageId': 'message_id' };
const operators = { IsEqualTo: '=', IsNotEqualTo: '<>', IsGreaterThan: '>', IsGreaterThanOrEqualTo: '>=', IsLessThan: '<', IsLessThanOrEqualTo: '<=' } as const;

/** As much of a filter as columns can tell; undefined for nothing. */
export function restrictionToSql(restriction: Restriction): SqlCondition | undefined {
  switch (restriction.type) {
    case 'And': {
      const parts = restriction.of.map(restrictionToSql);
      const known = parts.filter((part) => part !== undefined);
      if (known.length === 0) return undefined;
      return { condition: joined(known, 'and'), isExact: known.length === parts.length && known.every(({ isExact }) => isExact) };
    }
    case 'Or': {
      const parts = restriction.of.map(restrictionToSql);
      const known = parts.filter((part) => part !== undefined);
      if (known.length === 0 || known.length < parts.length) return undefined;
      return { condition: joined(known, 'or'), isExact: known.every(({ isExact }) => isExact) };
    }
    case 'Not': {
      const inner = restrictionToSql(restriction.of);
      return inner?.isExact === true ? { condition: sql`not (${inner.condition})`, isExact: true } : undefined;
    }
    case 'Exists':
      return textColumns[restriction.key] === undefined ? undefined : exact(sql`${sql.ref(textColumns[restriction.key] ?? '')} is not null`);
    case 'Contains':
      return containsToSql(restriction);
    case 'Excludes':
      return undefined;
    default:
      return 'constant' in restriction.to ? comparisonToSql(restriction.type, restriction.key, restriction.to.constant) : undefined;
  }
}

function joined(parts: readonly SqlCondition[], word: 'and' | 'or'): RawBuilder<unknown> {
  return sql`(${sql.join(parts.map(({ condition }) => condition), sql.raw(` ${word} `))})`;
}

function exact(condition: RawBuilder<unknown>): SqlCondition {
  return { condition, isExact: true };
}

function comparisonToSql(type: keyof typeof operators, key: PropertyKey, constant: unknown): SqlCondition | undefined {
  const operator = sql.raw(operators[type]);
  const numberColumn = numberColumns[key];
  if (numberColumn !== undefined) return typeof constant === 'number' ? exact(sql`${sql.ref(numberColumn)} ${operator} ${constant}`) : undefined;
  const booleanColumn = booleanColumns[key];
  if (booleanColumn !== undefined) {
    if (typeof constant !== 'boolean' || (type !== 'IsEqualTo' && type !== 'IsNotEqualTo')) return undefined;
    // A literal, so that an index of the unread serves it.
    return exact(sql`${sql.ref(booleanColumn)} = ${sql.lit(constant === (type === 'IsEqualTo') ? 1 : 0)}`);
  }
  if (typeof constant !== 'string') return undefined;
  if (type !== 'IsEqualTo') return undefined;
  const textColumn = textColumns[key];
  if (textColumn !== undefined) return exact(sql`(${sql.ref(textColumn)} is not null and ${sql.ref(textColumn)} = ${foldText(constant)})`);
  const folded = foldText(constant);
  if (key === 'item:Subject' && folded !== '') return { condition: sql`subject_key = ${folded.slice(0, subjectKeyLength)}`, isExact: false };
  if (key === 'item:ItemClass' && /^[\x20-\x7e]*$/.test(constant)) return exact(sql`lower(class) = ${constant.toLowerCase()}`);
  return undefined;
}

/** The beginning of a subject that Not may not turn round: the rest of a long one is not in the column. */
function containsToSql({ key, value, mode, comparison }: Extract<Restriction, { type: 'Contains' }>): SqlCondition | undefined {
  // Without non-spacing characters a text is not part of the column any more.
  if (comparison.includes('NonSpac') || comparison === 'Loose' || key !== 'item:Subject') return undefined;
  const part = foldText(value);
  if (part === '' || part.length > 200) return undefined;
  const pattern = part.replaceAll(/[\\%_]/g, (found) => `\\${found}`);
  const like = mode === 'Prefixed' || mode === 'FullString' ? `${pattern}%` : `%${pattern}%`;
  return { condition: sql`(subject_key like ${like} escape '\\' or length(subject_key) >= ${sql.lit(subjectKeyLength - 200)})`, isExact: false };
}
