import type { XmlElement } from '../../xml/index.ts';
import { schemaViolation } from './ews-fault.ts';
import { typesNamespace } from './namespaces.ts';

/** One particle of an xs:sequence. The namespace is that of the types schema unless given. */
export interface SequenceMember {
  name: string;
  namespace?: string;
  optional?: boolean;
  /** maxOccurs unbounded: `walkSequence` gives every one, `readSequence` the last. */
  repeated?: boolean;
}

/**
 * Reads an element whose content is an xs:sequence in which each member is there at most once: children by name.
 * Anything out of order, unknown or missing is refused with the text that EWS's validator gives.
 *
 * @throws EwsFault `ErrorSchemaValidation`
 */
export function readSequence(element: XmlElement, members: readonly SequenceMember[]): Readonly<Record<string, XmlElement | undefined>> {
  const found: Record<string, XmlElement | undefined> = Object.create(null) as Record<string, XmlElement | undefined>;
  walkSequence(element, members, (child, { name }) => {
    found[name] = child;
  });
  return found;
}

/**
 * Walks through an element whose content is an xs:sequence, as `readSequence` does, and hands each child over with its member.
 *
 * @throws EwsFault `ErrorSchemaValidation`
 */
export function walkSequence<Member extends SequenceMember>(element: XmlElement, members: readonly Member[], visit: (child: XmlElement, member: Member) => void): void {
  let position = 0;
  for (const child of element.children) {
    const first = position;
    let member = members[position];
    while (member !== undefined && !matches(child, member)) {
      if (member.optional !== true) throw invalidChild(element, child, members.slice(first, position + 1));
      position += 1;
      member = members[position];
    }
    if (member === undefined) throw invalidChild(element, child, members.slice(first));
    visit(child, member);
    if (member.repeated !== true) position += 1;
  }
  const missing = members.findIndex((member, index) => index >= position && member.optional !== true);
  if (missing !== -1) throw schemaViolation(element, `The element ${quote(element)} has incomplete content.${expectation(members.slice(position, missing + 1))}`);
}

/**
 * A member that `readSequence` has shown to be there.
 *
 * @throws EwsFault `ErrorSchemaValidation`
 */
export function required(parent: XmlElement, child: XmlElement | undefined, name: string): XmlElement {
  if (child === undefined) throw schemaViolation(parent, `The element ${quote(parent)} has incomplete content.${expectation([{ name }])}`);
  return child;
}

/**
 * Reads an element whose content is a list of elements of one name.
 *
 * @throws EwsFault `ErrorSchemaValidation`
 */
export function readList(element: XmlElement, member: SequenceMember): readonly XmlElement[] {
  for (const child of element.children) if (!matches(child, member)) throw invalidChild(element, child, [member]);
  return element.children;
}

/** @throws EwsFault `ErrorSchemaValidation` for anything that is not an xs:int from `minimum` to `maximum` */
export function readInteger(element: XmlElement, minimum = -2_147_483_648, maximum = 2_147_483_647): number {
  const text = element.text.trim();
  const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= minimum && value <= maximum)) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:int');
  return value;
}

/** @throws EwsFault `ErrorSchemaValidation` for anything that is not an xs:boolean */
export function readBoolean(element: XmlElement): boolean {
  const text = element.text.trim();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:boolean');
}

/** @throws EwsFault `ErrorSchemaValidation` for anything that is not in the list */
export function readEnumeration<Value extends string>(element: XmlElement, values: readonly Value[], typeName: string): Value {
  const text = element.text.trim();
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw invalidValue(element, `${typesNamespace}:${typeName}`);
  return value;
}

/** A value that its datatype does not allow. */
export function invalidValue(element: XmlElement, datatype: string): Error {
  const value = element.text.trim();
  const shown = value.length > 80 ? `${value.slice(0, 80).toWellFormed()}…` : value;
  return schemaViolation(element, `The '${element.namespace}:${element.local}' element is invalid - The value '${shown}' is invalid according to its datatype '${datatype}'.`);
}

function matches(child: XmlElement, member: SequenceMember): boolean {
  return child.local === member.name && child.namespace === (member.namespace ?? typesNamespace);
}

function invalidChild(element: XmlElement, child: XmlElement, expected: readonly SequenceMember[]): Error {
  return schemaViolation(child, `The element ${quote(element)} has invalid child element ${quote(child)}.${expectation(expected)}`);
}

function quote(element: XmlElement): string {
  return element.namespace === '' ? `'${element.local}'` : `'${element.local}' in namespace '${element.namespace}'`;
}

function expectation(members: readonly SequenceMember[]): string {
  if (members.length === 0) return '';
  const byNamespace = new Map<string, string[]>();
  for (const member of members) {
    const namespace = member.namespace ?? typesNamespace;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), member.name]);
  }
  const groups = [...byNamespace].map(([namespace, names]) => `'${names.join(', ')}' in namespace '${namespace}'`);
  return ` List of possible elements expected: ${groups.join(' as well as ')}.`;
}
