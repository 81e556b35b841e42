import assert from 'node:assert/strict';
import type { XmlElement } from '../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../codec/namespaces.ts';
import { messagesSchema } from './messages-schema.ts';
import type { ComplexType, Particle, SchemaAttribute, SimpleType } from './schema-notation.ts';
import { typesSchema } from './types-schema.ts';

// What tests know of the served schemas: types by name, what a type consists of with what it inherits, and whether a
// document follows it. That the documents that are served say the same is for xmllint to find out.

const prefixes: Readonly<Record<string, string>> = { [typesNamespace]: 't', [messagesNamespace]: 'm' };
const types = new Map<string, ComplexType | SimpleType>([typesSchema, messagesSchema].flatMap(({ prefix, types: list }) => list.map((type) => [`${prefix}:${type.name}`, type] as const)));
const elements = new Map<string, string>([typesSchema, messagesSchema].flatMap(({ prefix, elements: list }) => list.map(({ name, type }) => [`${prefix}:${name}`, type] as const)));

export function schemaType(name: string): ComplexType | SimpleType {
  const type = types.get(name);
  assert.ok(type !== undefined, `no type ${name}`);
  return type;
}

/** The type of a global element. */
export function typeOfElement(name: string): string {
  const type = elements.get(name);
  assert.ok(type !== undefined, `no element ${name}`);
  return type;
}

/** What an element of the type may hold, what it inherits first. */
export function contentOf(name: string): { members: readonly (Particle & { owner: string })[]; attributes: readonly SchemaAttribute[]; text: string | undefined; hasLanguage: boolean } {
  const type = schemaType(name);
  assert.ok(type.kind === 'complex');
  const inherited = type.base === undefined ? undefined : contentOf(type.base);
  const owner = name.slice(0, name.indexOf(':'));
  return {
    members: [...(inherited?.members ?? []), ...type.members.map((member) => ({ ...member, owner }))],
    attributes: [...(inherited?.attributes ?? []), ...type.attributes],
    text: type.text,
    hasLanguage: type.hasLanguage ?? false,
  };
}

/** Name with prefix, and type, of every element that a particle allows at its place. */
export function elementsOf(particle: Particle, owner: string): { name: string; type: string }[] {
  switch (particle.kind) {
    case 'element':
      return [{ name: `${owner}:${particle.name}`, type: particle.type }];
    case 'reference':
      return [{ name: particle.ref, type: typeOfElement(particle.ref) }];
    case 'choice':
      return particle.of.flatMap((member) => elementsOf(member, owner));
    default:
      return [];
  }
}

/** How a document breaks the schema; empty where it follows it. */
export function violationsOf(element: XmlElement): string[] {
  const name = nameOf(element);
  const type = elements.get(name);
  return type === undefined ? [`${name} is no element of the schema`] : violations(element, type, name);
}

function nameOf({ namespace, local }: XmlElement): string {
  return `${prefixes[namespace] ?? '?'}:${local}`;
}

function violations(element: XmlElement, typeName: string, path: string): string[] {
  const substitute = element.attributes.find(({ local, namespace }) => local === 'type' && namespace.endsWith('XMLSchema-instance'))?.value;
  const actual = substitute ?? typeName;
  if (actual.startsWith('xs:')) return [...noChildren(element, path), ...textViolations(element.text, actual, path)];
  const type = schemaType(actual);
  if (type.kind === 'simple') return [...noChildren(element, path), ...textViolations(element.text, actual, path)];
  if (type.isAbstract === true) return [`${path} is of the abstract type ${actual}`];
  const { members, attributes, text, hasLanguage } = contentOf(actual);
  const found = text === undefined ? contentViolations(element, members, path) : [...noChildren(element, path), ...textViolations(element.text, text, path)];
  if (text === undefined && element.text.trim() !== '') found.push(`${path} has text`);
  for (const { name, type: attributeType, isRequired } of attributes) {
    const value = element.attributes.find(({ namespace, local }) => namespace === '' && local === name)?.value;
    if (value !== undefined) found.push(...textViolations(value, attributeType, `${path}/@${name}`));
    else if (isRequired) found.push(`${path} lacks @${name}`);
  }
  for (const { namespace, local } of element.attributes) {
    const isKnown = namespace === '' ? attributes.some(({ name }) => name === local) : namespace.endsWith('XMLSchema-instance') || (hasLanguage && local === 'lang');
    if (!isKnown) found.push(`${path} has @${local}`);
  }
  return found;
}

function noChildren({ children }: XmlElement, path: string): string[] {
  return children.length === 0 ? [] : [`${path} has elements`];
}

function contentViolations(element: XmlElement, members: readonly (Particle & { owner: string })[], path: string): string[] {
  const found: string[] = [];
  let at = 0;
  for (const member of members) {
    if (member.kind === 'any') return found;
    const allowed = elementsOf(member, member.owner);
    let count = 0;
    for (let child = element.children[at]; child !== undefined; child = element.children[at]) {
      const name = nameOf(child);
      const match = allowed.find((candidate) => candidate.name === name);
      if (match === undefined || (count === 1 && member.max === 1)) break;
      found.push(...violations(child, match.type, `${path}/${name}`));
      count += 1;
      at += 1;
    }
    if (count < member.min) found.push(`${path} lacks ${allowed.map(({ name }) => name).join(' or ')}${element.children[at] === undefined ? '' : ` before ${nameOf(element.children[at] as XmlElement)}`}`);
  }
  const left = element.children[at];
  return left === undefined ? found : [...found, `${path} may not have ${nameOf(left)} there`];
}

const lexical: Readonly<Record<string, RegExp>> = {
  'xs:boolean': /^(true|false|0|1)$/,
  'xs:int': /^[+-]?\d{1,10}$/,
  'xs:unsignedInt': /^\d{1,10}$/,
  'xs:double': /^([+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|INF|-INF|NaN)$/,
  'xs:dateTime': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
  'xs:date': /^\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$/,
  'xs:time': /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
  'xs:duration': /^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
  'xs:base64Binary': /^[A-Za-z0-9+/\s]*={0,2}\s*$/,
};

function textViolations(raw: string, typeName: string, path: string): string[] {
  if (typeName === 'xs:string') return [];
  const text = raw.trim();
  const shown = text.slice(0, 60);
  const pattern = lexical[typeName];
  if (pattern !== undefined) return pattern.test(text) ? [] : [`${path}: '${shown}' is no ${typeName}`];
  const type = schemaType(typeName);
  assert.ok(type.kind === 'simple');
  const { listOf } = type;
  if (listOf !== undefined) return text.split(/\s+/).filter((word) => word !== '').flatMap((word) => textViolations(word, listOf, path));
  const isWrong = (type.values !== undefined && !type.values.includes(raw)) || (type.pattern !== undefined && !new RegExp(`^(?:${type.pattern})$`).test(raw)) || Number(text) < (type.minimum ?? -Infinity) || Number(text) > (type.maximum ?? Infinity);
  return [...(isWrong ? [`${path}: '${shown}' is no ${typeName}`] : []), ...textViolations(raw, type.base, path)];
}
