import type { EmailAddress, PropertyBag, PropertyKey, PropertyValue } from '../../../organization/index.ts';
import { emailAddressKeys, imAddressKeys, phoneNumberKeys, physicalAddressKeys, physicalAddressParts } from './dictionary-kinds.ts';
import type { Dictionary, PhysicalAddress } from './dictionary-kinds.ts';

// A mailbox keeps each entry of a contact's dictionaries under a key of its own, so that it can be searched for; on the
// wire they stand together.

/** The dictionary that an indexed FieldURI belongs to. */
export const dictionaryOfIndexed: Readonly<Record<string, string>> = {
  'contacts:EmailAddress': 'contacts:EmailAddresses',
  'contacts:PhoneNumber': 'contacts:PhoneNumbers',
  'contacts:ImAddress': 'contacts:ImAddresses',
  ...Object.fromEntries(physicalAddressParts.map(([part]) => [`contacts:PhysicalAddress:${part}`, 'contacts:PhysicalAddresses'])),
};

/** Puts the entries of a dictionary into a bag; false for a property that is none. */
export function flattenDictionary(uri: string, value: unknown, into: Record<PropertyKey, PropertyValue>): boolean {
  if (uri === 'contacts:EmailAddresses') {
    for (const [key, entry] of Object.entries(value as Dictionary<EmailAddress>)) into[`contacts:EmailAddress/${key}`] = entry;
    return true;
  }
  if (uri === 'contacts:PhoneNumbers' || uri === 'contacts:ImAddresses') {
    const prefix = uri === 'contacts:PhoneNumbers' ? 'contacts:PhoneNumber' : 'contacts:ImAddress';
    for (const [key, text] of Object.entries(value as Dictionary<string>)) into[`${prefix}/${key}`] = text;
    return true;
  }
  if (uri !== 'contacts:PhysicalAddresses') return false;
  for (const [key, address] of Object.entries(value as Dictionary<PhysicalAddress>)) {
    for (const [part, property] of physicalAddressParts) {
      const text = address[property];
      if (text !== undefined) into[`contacts:PhysicalAddress:${part}/${key}`] = text;
    }
  }
  return true;
}

/** The keys in a bag that make up what a FieldURI names: several for a dictionary. */
export function keysOfProperty(uri: string): readonly PropertyKey[] {
  switch (uri) {
    case 'contacts:EmailAddresses':
      return emailAddressKeys.map((key) => `contacts:EmailAddress/${key}`);
    case 'contacts:PhoneNumbers':
      return phoneNumberKeys.map((key) => `contacts:PhoneNumber/${key}`);
    case 'contacts:ImAddresses':
      return imAddressKeys.map((key) => `contacts:ImAddress/${key}`);
    case 'contacts:PhysicalAddresses':
      return physicalAddressKeys.flatMap((key) => physicalAddressParts.map(([part]) => `contacts:PhysicalAddress:${part}/${key}`));
    default:
      return [uri];
  }
}

/** A dictionary out of a bag's entries; undefined where it has none. `only` limits it to some keys of the bag. */
export function gatherDictionary(uri: string, bag: PropertyBag, only?: ReadonlySet<PropertyKey>): unknown {
  const text = (key: PropertyKey): string | undefined => {
    const value = only === undefined || only.has(key) ? bag[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const entries: Record<string, unknown> = {};
  if (uri === 'contacts:EmailAddresses') {
    for (const key of emailAddressKeys) {
      const entry = `contacts:EmailAddress/${key}`;
      if (bag[entry] !== undefined && (only === undefined || only.has(entry))) entries[key] = bag[entry];
    }
  } else if (uri === 'contacts:PhysicalAddresses') {
    for (const key of physicalAddressKeys) {
      const address = Object.fromEntries(physicalAddressParts.flatMap(([part, property]) => {
        const value = text(`contacts:PhysicalAddress:${part}/${key}`);
        return value === undefined ? [] : [[property, value]];
      }));
      if (Object.keys(address).length > 0) entries[key] = address;
    }
  } else {
    const [prefix, keys] = uri === 'contacts:PhoneNumbers' ? ['contacts:PhoneNumber', phoneNumberKeys] : ['contacts:ImAddress', imAddressKeys];
    for (const key of keys) {
      const value = text(`${prefix}/${key}`);
      if (value !== undefined) entries[key] = value;
    }
  }
  return Object.keys(entries).length === 0 ? undefined : entries;
}

export function isDictionary(uri: string): boolean {
  return uri === 'contacts:EmailAddresses' || uri === 'contacts:PhoneNumbers' || uri === 'contacts:ImAddresses' || uri === 'contacts:PhysicalAddresses';
}
