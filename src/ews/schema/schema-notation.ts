import type { SchemaTypeName } from '../codec/items/property-kind.ts';

/** How often a part of a content model may stand there. */
export interface Occurs {
  min: 0 | 1;
  max: 1 | 'unbounded';
}

/** A part of a content model. Elements of the schema's own namespace have a type; `ref` names a global element. */
export type Particle =
  | (Occurs & { kind: 'element'; name: string; type: SchemaTypeName })
  | (Occurs & { kind: 'reference'; ref: SchemaTypeName })
  | (Occurs & { kind: 'choice'; of: readonly Particle[] })
  /** Elements of any namespace, not looked at. */
  | (Occurs & { kind: 'any' });

export interface SchemaAttribute {
  name: string;
  type: SchemaTypeName;
  isRequired: boolean;
}

export interface ComplexType {
  kind: 'complex';
  name: string;
  /** The type that this one adds members to. */
  base?: SchemaTypeName;
  isAbstract?: boolean;
  /** Type of its text, for an element that has attributes and no children. */
  text?: SchemaTypeName;
  members: readonly Particle[];
  attributes: readonly SchemaAttribute[];
  /** Carries `xml:lang`. */
  hasLanguage?: boolean;
}

export interface SimpleType {
  kind: 'simple';
  name: string;
  base: SchemaTypeName;
  values?: readonly string[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  /** A list, blanks between its members, of this type. */
  listOf?: SchemaTypeName;
}

export interface GlobalElement {
  name: string;
  type: SchemaTypeName;
}

/** One schema document. */
export interface Schema {
  prefix: 't' | 'm';
  types: readonly (ComplexType | SimpleType)[];
  elements: readonly GlobalElement[];
}

type ComplexOptions = Partial<Pick<ComplexType, 'base' | 'isAbstract' | 'text' | 'hasLanguage'>>;

/**
 * A complex type, its content written short: `Name=t:Type` for an element, `t:Name` for a global one, `( A | B )` for a
 * choice, `*` for elements of any kind, `@Name=t:Type` for an attribute; behind a name or bracket `?`, `*` or `+` say how
 * often, and nothing says once.
 */
export function complexType(name: string, content: string, options: ComplexOptions = {}): ComplexType {
  const words = content.split(/\s+/).filter((word) => word !== '');
  const attributes = words.filter((word) => word.startsWith('@')).map(attributeOf);
  const members = readParticles(words.filter((word) => !word.startsWith('@')));
  return { kind: 'complex', name, members, attributes, ...options };
}

/** Text out of a list. */
export function enumeration(name: string, values: readonly string[]): SimpleType {
  return { kind: 'simple', name, base: 'xs:string', values };
}

/** Any number of elements out of some: `Message=t:MessageType Contact=t:ContactItemType`. */
export function choiceOf(elements: string, occurs: '' | '?' | '*' | '+' = ''): string {
  return `( ${elements.trim().split(/\s+/).join(' | ')} )${occurs}`;
}

function attributeOf(word: string): SchemaAttribute {
  const [name = '', type = ''] = word.slice(1).split('=');
  return { name: name.replace('?', ''), type: type as SchemaTypeName, isRequired: !name.endsWith('?') };
}

function readParticles(words: string[]): readonly Particle[] {
  const particles: Particle[] = [];
  for (let word = words.shift(); word !== undefined && !word.startsWith(')'); word = words.shift()) {
    if (word === '|') continue;
    if (word === '(') particles.push(readChoice(words));
    else particles.push(particleOf(word));
  }
  return particles;
}

/** Its end, with how often, is the word before which reading stopped. */
function readChoice(words: string[]): Particle {
  let depth = 1;
  const end = words.findIndex((word) => {
    if (word === '(') depth += 1;
    if (word.startsWith(')')) depth -= 1;
    return depth === 0;
  });
  const inner = words.splice(0, end + 1);
  return { kind: 'choice', of: readParticles(inner.slice(0, -1)), ...occursOf(inner.at(-1) ?? '') };
}

function particleOf(word: string): Particle {
  if (word === '*') return { kind: 'any', min: 0, max: 'unbounded' };
  const [head = '', type] = word.split('=');
  const name = head.replace(/[?*+]$/, '');
  if (type === undefined) return { kind: 'reference', ref: name as SchemaTypeName, ...occursOf(head) };
  return { kind: 'element', name, type: type as SchemaTypeName, ...occursOf(head) };
}

function occursOf(word: string): Occurs {
  const sign = word.at(-1);
  return { min: sign === '?' || sign === '*' ? 0 : 1, max: sign === '*' || sign === '+' ? 'unbounded' : 1 };
}
