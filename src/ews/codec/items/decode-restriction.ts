import type { ComparisonOperator, ContainmentComparison, ContainmentMode, Restriction, RestrictionOperand, SortBy, TimeZone } from '../../../organization/index.ts';
import { findAttribute, findChild } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../ews-fault.ts';
import { parseDateTime, toInstant } from '../date-time.ts';
import { typesNamespace } from '../namespaces.ts';
import { readList } from '../schema-reader.ts';
import { decodeConstant } from './extended-value.ts';
import { itemProperty } from './item-types.ts';
import type { PropertyPath } from './property-path.ts';
import { decodePath, keyOfPath, pathChild } from './property-path.ts';
import { booleanKind, dateTimeKind, doubleKind, integerKind } from './scalar-kinds.ts';

const comparisons = new Set<string>(['IsEqualTo', 'IsNotEqualTo', 'IsGreaterThan', 'IsGreaterThanOrEqualTo', 'IsLessThan', 'IsLessThanOrEqualTo'] satisfies ComparisonOperator[]);
const modes = ['FullString', 'Prefixed', 'Substring', 'PrefixOnWords', 'ExactPhrase'] as const satisfies readonly ContainmentMode[];
const containmentComparisons = [
  'Exact', 'IgnoreCase', 'IgnoreNonSpacingCharacters', 'Loose', 'IgnoreCaseAndNonSpacingCharacters', 'LooseAndIgnoreCase', 'LooseAndIgnoreNonSpace', 'LooseAndIgnoreCaseAndIgnoreNonSpace',
] as const satisfies readonly ContainmentComparison[];

/** Expressions in one restriction; Exchange's own limit is 255 (*unverified*). */
const maximumExpressions = 255;

/**
 * Reads a Restriction ([MS-OXWSSRCH] §2.2.4.14). Constants are read as the type of the property that they are compared with.
 *
 * @throws EwsFault `ErrorSchemaValidation`, `ErrorUnsupportedPathForQuery`, `ErrorInvalidRestriction`
 */
export function decodeRestriction(element: XmlElement, zone: TimeZone): Restriction {
  const budget = { left: maximumExpressions };
  const [expression] = element.children;
  if (expression === undefined || element.children.length > 1) throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' has incomplete content. List of possible elements expected: 'SearchExpression' in namespace '${typesNamespace}'.`);
  return decodeExpression(expression, zone, budget);
}

function decodeExpression(element: XmlElement, zone: TimeZone, budget: { left: number }): Restriction {
  budget.left -= 1;
  if (budget.left < 0) throw new EwsFault('ErrorRestrictionTooComplex', 'Search restriction is too complex.');
  const type = element.namespace === typesNamespace ? element.local : '';
  if (type === 'And' || type === 'Or') {
    if (element.children.length === 0) throw schemaViolation(element, `The element '${type}' in namespace '${typesNamespace}' has incomplete content.`);
    return { type, of: element.children.map((child) => decodeExpression(child, zone, budget)) };
  }
  if (type === 'Not') {
    const [child] = element.children;
    if (child === undefined) throw schemaViolation(element, `The element 'Not' in namespace '${typesNamespace}' has incomplete content.`);
    return { type, of: decodeExpression(child, zone, budget) };
  }
  if (type === 'Exists') return { type, key: keyOfPath(decodePath(pathChild(element))) };
  if (type === 'Excludes') return { type, key: keyOfPath(decodePath(pathChild(element))), bitmask: bitmaskOf(element) };
  if (type === 'Contains') return decodeContains(element);
  if (!comparisons.has(type)) throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' is no search expression.`);
  const path = decodePath(pathChild(element));
  const operand = findChild(element, typesNamespace, 'FieldURIOrConstant')?.children[0];
  if (operand === undefined) throw schemaViolation(element, `The element '${type}' in namespace '${typesNamespace}' has incomplete content. List of possible elements expected: 'FieldURIOrConstant' in namespace '${typesNamespace}'.`);
  return { type: type as ComparisonOperator, key: keyOfPath(path), to: decodeOperand(operand, path, zone) };
}

function decodeOperand(element: XmlElement, path: PropertyPath, zone: TimeZone): RestrictionOperand {
  if (element.local !== 'Constant') return { key: keyOfPath(decodePath(element)) };
  const text = findAttribute(element, 'Value') ?? '';
  return { constant: constantOf(text, path, zone) };
}

function constantOf(text: string, path: PropertyPath, zone: TimeZone): string | number | boolean | Uint8Array {
  if (path.kind === 'extended') return decodeConstant(text, path.type);
  const kind = path.kind === 'field' ? itemProperty(path.uri)?.kind : undefined;
  if (kind === booleanKind) {
    const flag = text.trim().toLowerCase();
    if (flag === 'true' || flag === '1') return true;
    if (flag === 'false' || flag === '0') return false;
    throw invalidConstant();
  }
  if (kind === dateTimeKind) {
    const time = parseDateTime(/^\d{4}-\d\d-\d\d$/.test(text.trim()) ? `${text.trim()}T00:00:00` : text);
    if (time === undefined) throw invalidConstant();
    return toInstant(time, zone);
  }
  const isNumber = kind === integerKind || kind === doubleKind || (path.kind === 'field' && numericUris.has(path.uri));
  if (!isNumber) return text;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw invalidConstant();
  return value;
}

const numericUris = new Set(['item:ReminderMinutesBeforeStart', 'folder:TotalCount', 'folder:UnreadCount', 'folder:ChildFolderCount']);

function invalidConstant(): EwsFault {
  return new EwsFault('ErrorInvalidValueForProperty', 'The specified value is invalid for property.');
}

function decodeContains(element: XmlElement): Restriction {
  const constant = findChild(element, typesNamespace, 'Constant');
  if (constant === undefined) throw schemaViolation(element, `The element 'Contains' in namespace '${typesNamespace}' has incomplete content. List of possible elements expected: 'Constant' in namespace '${typesNamespace}'.`);
  const chosen = <Value extends string>(attribute: string, values: readonly Value[], otherwise: Value): Value => {
    const text = findAttribute(element, attribute);
    if (text === undefined) return otherwise;
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) throw schemaViolation(element, `The '${attribute}' attribute is invalid - The value '${text.slice(0, 80)}' is invalid according to its datatype.`);
    return value;
  };
  return {
    type: 'Contains',
    key: keyOfPath(decodePath(pathChild(element))),
    value: findAttribute(constant, 'Value') ?? '',
    mode: chosen('ContainmentMode', modes, 'FullString'),
    comparison: chosen('ContainmentComparison', containmentComparisons, 'Exact'),
  };
}

function bitmaskOf(element: XmlElement): number {
  const bitmask = findChild(element, typesNamespace, 'Bitmask');
  const text = bitmask === undefined ? '' : (findAttribute(bitmask, 'Value') ?? '');
  const value = /^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 0xffff_ffff)) throw schemaViolation(element, `The 'Value' attribute is invalid - The value '${text.slice(0, 80)}' is invalid according to its datatype 'ExcludesAttributeType'.`);
  return value;
}

/** Reads a SortOrder. @throws EwsFault `ErrorSchemaValidation` */
export function decodeSortOrder(element: XmlElement): readonly SortBy[] {
  return readList(element, { name: 'FieldOrder' }).map((order) => {
    const direction = findAttribute(order, 'Order');
    if (direction !== 'Ascending' && direction !== 'Descending') throw schemaViolation(order, "The 'Order' attribute is invalid according to its datatype 'SortDirectionType'.");
    return { key: keyOfPath(decodePath(pathChild(order))), direction };
  });
}
