import { OrganizationError } from '../organization-error.ts';
import type { PropertyBag, PropertyValue } from './property.ts';

const binaryMark = '$binary';

/** Characters of one property name, and properties of one bag. */
const longestKey = 400;
const mostProperties = 2_000;

/** A bag as JSON: bytes as base64 under a mark of their own. */
export function writeBag(bag: Readonly<Record<string, unknown>>): string {
  // Without a replacer it is several times as fast.
  if (!holdsBytes(bag)) return JSON.stringify(bag);
  return JSON.stringify(bag, function (this: Record<string, unknown>, key, value: unknown) {
    // A Buffer has been through its own `toJSON` when it comes as `value`.
    const raw = this[key];
    return raw instanceof Uint8Array ? { [binaryMark]: Buffer.from(raw).toString('base64') } : value;
  });
}

function holdsBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Uint8Array) return true;
  for (const key in value) if (holdsBytes((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}

export function readBag(json: string): Record<string, PropertyValue> {
  if (!json.includes(binaryMark)) return JSON.parse(json) as Record<string, PropertyValue>;
  return JSON.parse(json, (_, value: unknown) => {
    const encoded = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[binaryMark] : undefined;
    return typeof encoded === 'string' ? new Uint8Array(Buffer.from(encoded, 'base64')) : value;
  }) as Record<string, PropertyValue>;
}

/** @throws OrganizationError `ORGANIZATION_INVALID_PROPERTY` for names, numbers or a count that no store should keep */
export function checkBag(bag: PropertyBag): void {
  const keys = Object.keys(bag);
  if (keys.length > mostProperties) throw invalidProperty('properties', `there are more than ${mostProperties}`);
  for (const key of keys) {
    if (key.length === 0 || key.length > longestKey || key.startsWith('$')) throw invalidProperty(key, 'the name cannot be used');
    const value: unknown = bag[key];
    if (value === undefined || value === null) throw invalidProperty(key, 'there is no value');
    if (typeof value === 'number' && !Number.isFinite(value)) throw invalidProperty(key, 'it is not a number');
  }
}

export function invalidProperty(key: string, reason: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_INVALID_PROPERTY', `The property cannot be stored: ${reason}.`, { facts: { property: key.slice(0, 200) } });
}
