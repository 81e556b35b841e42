import { OrganizationError } from '../organization-error.ts';
import type { PropertyBag, PropertyKey, PropertyValue } from './property.ts';
import type { ContainmentComparison, Restriction, RestrictionOperand } from './restriction.ts';

/** Limits of one filter: nodes, and how deep they stand. */
const mostNodes = 1_000;
const deepest = 50;

/** @throws OrganizationError `ORGANIZATION_INVALID_RESTRICTION` */
export function checkRestriction(restriction: Restriction): void {
  let nodes = 0;
  const check = (node: Restriction, depth: number): void => {
    nodes++;
    if (nodes > mostNodes || depth > deepest) throw new OrganizationError('ORGANIZATION_INVALID_RESTRICTION', 'The restriction is too complex.', { facts: { mostNodes, deepest } });
    if (node.type === 'And' || node.type === 'Or') for (const inner of node.of) check(inner, depth + 1);
    if (node.type === 'Not') check(node.of, depth + 1);
  };
  check(restriction, 1);
}

/** Properties that a filter looks at. */
export function keysOf(restriction: Restriction): readonly PropertyKey[] {
  switch (restriction.type) {
    case 'And':
    case 'Or':
      return restriction.of.flatMap(keysOf);
    case 'Not':
      return keysOf(restriction.of);
    case 'Contains':
    case 'Exists':
    case 'Excludes':
      return [restriction.key];
    default:
      return 'key' in restriction.to ? [restriction.key, restriction.to.key] : [restriction.key];
  }
}

/** Whether a bag passes a filter. */
export function matchesRestriction(bag: PropertyBag, restriction: Restriction): boolean {
  switch (restriction.type) {
    case 'And':
      return restriction.of.every((inner) => matchesRestriction(bag, inner));
    case 'Or':
      return restriction.of.some((inner) => matchesRestriction(bag, inner));
    case 'Not':
      return !matchesRestriction(bag, restriction.of);
    case 'Exists':
      return bag[restriction.key] !== undefined;
    case 'Excludes': {
      const value = bag[restriction.key];
      return typeof value === 'number' && (BigInt(Math.trunc(value)) & BigInt(restriction.bitmask)) === 0n;
    }
    case 'Contains':
      return textsOf(bag[restriction.key]).some((text) => contains(text, restriction));
    default:
      return compares(bag, restriction);
  }
}

function compares(bag: PropertyBag, restriction: Extract<Restriction, { to: RestrictionOperand }>): boolean {
  const left = bag[restriction.key];
  const right = 'constant' in restriction.to ? restriction.to.constant : bag[restriction.to.key];
  if (left === undefined || right === undefined) return restriction.type === 'IsNotEqualTo' && left !== right;
  // A list is equal to what it holds ([MS-OXCDATA] 2.12.5: any instance of a multivalued property).
  if (Array.isArray(left) && !Array.isArray(right)) {
    const some = left.some((value: unknown) => isScalar(value) && holds('IsEqualTo', value, right));
    if (restriction.type === 'IsEqualTo') return some;
    if (restriction.type === 'IsNotEqualTo') return !some;
    return left.some((value: unknown) => isScalar(value) && holds(restriction.type, value, right));
  }
  return holds(restriction.type, left, right);
}

function isScalar(value: unknown): value is string | number | boolean | Uint8Array {
  return typeof value !== 'object' || value instanceof Uint8Array;
}

function holds(operator: string, left: PropertyValue, right: PropertyValue): boolean {
  const order = compareValues(left, right);
  if (order === undefined) return operator === 'IsNotEqualTo';
  switch (operator) {
    case 'IsEqualTo':
      return order === 0;
    case 'IsNotEqualTo':
      return order !== 0;
    case 'IsGreaterThan':
      return order > 0;
    case 'IsGreaterThanOrEqualTo':
      return order >= 0;
    case 'IsLessThan':
      return order < 0;
    default:
      return order <= 0;
  }
}

/** Order of two values of one type, strings without regard to case; undefined where they cannot be compared. */
export function compareValues(left: PropertyValue | undefined, right: PropertyValue | undefined): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(foldText(left), foldText(right));
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right);
  // Clients give constants as text; what is stored knows its type.
  if (typeof left === 'number' && typeof right === 'string') return orderOf(left, Number(right));
  if (typeof left === 'boolean' && typeof right === 'string') return Number(left) - Number(right === 'true' || right === '1');
  if (typeof left === 'boolean' && typeof right === 'number') return Number(left) - right;
  const [leftText] = textsOf(left);
  const [rightText] = textsOf(right);
  return leftText === undefined || rightText === undefined ? undefined : compareTexts(foldText(leftText), foldText(rightText));
}

function orderOf(left: number, right: number): number | undefined {
  return Number.isNaN(right) ? undefined : left - right;
}

/** By code points, as SQLite orders text, so that a view has one order whoever sorts it. */
export function compareTexts(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** The form in which texts are compared and sorted. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Texts in a value: of people their names and addresses, of a body its content. */
function textsOf(value: PropertyValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (value instanceof Uint8Array) return [];
  if (Array.isArray(value)) return value.flatMap((part: PropertyValue) => textsOf(part));
  const fields = value as Readonly<Record<string, unknown>>;
  const texts: string[] = [];
  for (const name of ['name', 'address', 'content', 'mailbox']) {
    const field = fields[name];
    if (typeof field === 'string') texts.push(field);
    else if (typeof field === 'object' && field !== null) texts.push(...textsOf(field));
  }
  return texts;
}

function contains(text: string, { value, mode, comparison }: Extract<Restriction, { type: 'Contains' }>): boolean {
  const [all, part] = [simplify(text, comparison), simplify(value, comparison)];
  switch (mode) {
    case 'FullString':
      return all === part;
    case 'Prefixed':
      return all.startsWith(part);
    case 'PrefixOnWords':
      return atWords(all, part, false);
    case 'ExactPhrase':
      return atWords(all, part, true);
    default:
      return all.includes(part);
  }
}

const letter = /[\p{L}\p{N}_]/u;

/** True where the part begins at the beginning of a word and, if whole, ends at the end of one. */
function atWords(all: string, part: string, whole: boolean): boolean {
  for (let at = all.indexOf(part); at !== -1; at = all.indexOf(part, at + 1)) {
    const before = all[at - 1];
    const after = all[at + part.length];
    if ((before === undefined || !letter.test(before)) && (!whole || after === undefined || !letter.test(after))) return true;
    if (part === '') return true;
  }
  return false;
}

function simplify(text: string, comparison: ContainmentComparison): string {
  let simple = comparison === 'Exact' ? text : text.normalize('NFC');
  if (comparison.includes('NonSpac') || comparison === 'Loose') simple = simple.normalize('NFD').replace(/\p{Mn}/gu, '').normalize('NFC');
  return comparison.includes('IgnoreCase') || comparison === 'Loose' ? simple.toLowerCase() : simple;
}
