import { ManagementError } from '../../management-error.ts';

type Row = Readonly<Record<string, unknown>>;
type Predicate = (row: Row) => boolean;
type Word = { kind: 'name' | 'text' | 'sign'; text: string };

const nameHint = "Write comparisons such as displayName eq 'Bert Baker', startswith(displayName,'B'), proxyAddresses/any(x:x eq 'smtp:bert@contoso.test'), joined by and, or, not and parentheses.";
/** Longer filters and deeper nesting nobody writes. */
const mostWords = 2000;
const deepest = 50;

/**
 * Reads `-Filter` (OData 4.0, part 2, §5.1.1): `eq ne gt ge lt le`, `in`, `startswith`, `endswith` and `contains`, `any` over a list,
 * joined by `and`, `or`, `not` and parentheses. Names are compared without case, as are the values. A list compared
 * without `any` fits where one of its values does.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for what is not of that form, and for a property that the rows have not
 */
export function readFilter(filter: string | undefined): Predicate {
  if (filter === undefined) return () => true;
  const words = readWords(filter);
  let at = 0;
  let depth = 0;
  const peek = (): Word | undefined => words[at];
  const next = (): Word => {
    const word = words[at++];
    if (word === undefined) throw notRead(filter);
    return word;
  };
  const isName = (text: string): boolean => peek()?.kind === 'name' && peek()?.text.toLowerCase() === text;
  const isSign = (text: string): boolean => peek()?.kind === 'sign' && peek()?.text === text;
  const take = (text: string): void => {
    const word = next();
    if (word.kind !== 'sign' || word.text !== text) throw notRead(filter);
  };

  const either = (): Predicate => {
    if (++depth > deepest) throw notRead(filter);
    const parts = [both()];
    while (isName('or')) {
      at++;
      parts.push(both());
    }
    depth--;
    return (row) => parts.some((part) => part(row));
  };
  const both = (): Predicate => {
    const parts = [one()];
    while (isName('and')) {
      at++;
      parts.push(one());
    }
    return (row) => parts.every((part) => part(row));
  };
  const one = (): Predicate => {
    if (isName('not')) {
      at++;
      if (++depth > deepest) throw notRead(filter);
      const part = one();
      depth--;
      return (row) => !part(row);
    }
    if (isSign('(')) {
      at++;
      const part = either();
      take(')');
      return part;
    }
    const { kind, text } = next();
    if (kind !== 'name') throw notRead(filter);
    const lower = text.toLowerCase();
    if (isSign('(') && lower in textTests) {
      const { name, test } = called(lower);
      return (row) => valuesIn(row, name).some(test);
    }
    if (lower.endsWith('/any') && isSign('(')) return inAny(text.slice(0, -'/any'.length));
    const test = comparison();
    return (row) => {
      const values = valuesIn(row, text);
      return values.length === 0 ? test(null) : values.some(test);
    };
  };
  /** `startswith(name,'text')`, behind its name. */
  const called = (which: string): { name: string; test: (value: unknown) => boolean } => {
    take('(');
    const name = next();
    take(',');
    const wanted = next();
    take(')');
    if (name.kind !== 'name' || wanted.kind !== 'text') throw notRead(filter);
    const compare = textTests[which] ?? (() => false);
    return { name: name.text, test: (value) => compare(asText(value), wanted.text.toLowerCase()) };
  };
  /** `(x:x eq 'text')` or `(x:startswith(x,'text'))`, behind the list's name. */
  const inAny = (name: string): Predicate => {
    take('(');
    const variable = next().text;
    take(':');
    const { text } = next();
    let test: (value: unknown) => boolean;
    if (text.toLowerCase() in textTests) {
      const call = called(text.toLowerCase());
      if (call.name !== variable) throw notRead(filter);
      test = call.test;
    } else {
      if (text !== variable) throw notRead(filter);
      test = comparison();
    }
    take(')');
    return (row) => valuesIn(row, name).some(test);
  };
  /** An operator and what stands behind it. */
  const comparison = (): ((value: unknown) => boolean) => {
    const operator = next();
    if (operator.kind !== 'name') throw notRead(filter);
    if (operator.text.toLowerCase() === 'in') {
      take('(');
      const wanted = [literal()];
      while (isSign(',')) {
        at++;
        wanted.push(literal());
      }
      take(')');
      return (value) => wanted.includes(asText(value));
    }
    const compare = comparisons[operator.text.toLowerCase()];
    if (compare === undefined) throw notRead(filter);
    const wanted = literal();
    return (value) => compare(asText(value), wanted);
  };
  const literal = (): string => {
    const { kind, text } = next();
    if (kind === 'sign') throw notRead(filter);
    return kind === 'name' && text.toLowerCase() === 'null' ? '' : asText(text);
  };

  const whole = either();
  if (peek() !== undefined) throw notRead(filter);
  return whole;
}

const textTests: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
  contains: (value, wanted) => value.includes(wanted),
};

/** Both are texts in lower case; nothing is the empty text. Dates are ISO 8601 in UTC, whose order is the texts'. */
const comparisons: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  gt: (value, wanted) => value !== '' && value > wanted,
  ge: (value, wanted) => value !== '' && value >= wanted,
  lt: (value, wanted) => value !== '' && value < wanted,
  le: (value, wanted) => value !== '' && value <= wanted,
};

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).toLowerCase() : '';
}

function valuesIn(row: Row, name: string): readonly unknown[] {
  const entry = Object.entries(row).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (entry === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `Could not find a property named '${name}'.`);
  return Array.isArray(entry[1]) ? (entry[1] as unknown[]) : [entry[1]];
}

/** Texts stand in single quotes, doubled where they hold one; double quotes do as well. */
function readWords(filter: string): readonly Word[] {
  const words: Word[] = [];
  const word = /\s*(?:'((?:[^']|'')*)'|"([^"]*)"|([(),:])|([^\s'"(),:]+(?::[0-9][^\s'"(),]*)?))/gy;
  let end = 0;
  while (filter.slice(end).trim() !== '') {
    word.lastIndex = end;
    const match = word.exec(filter);
    if (match === null || words.length >= mostWords) throw notRead(filter);
    const [, single, double, sign, name] = match;
    words.push(sign !== undefined ? { kind: 'sign', text: sign } : name === undefined ? { kind: 'text', text: single?.replaceAll("''", "'") ?? double ?? '' } : { kind: 'name', text: name });
    end = word.lastIndex;
  }
  return words;
}

function notRead(filter: string): ManagementError {
  return new ManagementError('MANAGEMENT_INVALID_VALUE', 'Invalid filter clause.', { facts: { filter }, remedy: nameHint });
}
