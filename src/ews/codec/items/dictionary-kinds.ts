import { findAttribute } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { invalidValue, readList, readSequence } from '../schema-reader.ts';
import type { EmailAddress } from '../../../organization/index.ts';
import type { PropertyKind, SchemaTypeName } from './property-kind.ts';

// A contact's e-mail addresses, telephone numbers, postal addresses and instant messaging addresses: entries by key.

export const emailAddressKeys = ['EmailAddress1', 'EmailAddress2', 'EmailAddress3'] as const;
export const imAddressKeys = ['ImAddress1', 'ImAddress2', 'ImAddress3'] as const;
export const physicalAddressKeys = ['Home', 'Business', 'Other'] as const;
export const phoneNumberKeys = [
  'AssistantPhone', 'BusinessFax', 'BusinessPhone', 'BusinessPhone2', 'Callback', 'CarPhone', 'CompanyMainPhone', 'HomeFax', 'HomePhone', 'HomePhone2', 'Isdn', 'MobilePhone', 'OtherFax', 'OtherTelephone', 'Pager',
  'PrimaryPhone', 'RadioPhone', 'Telex', 'TtyTddPhone', 'BusinessMobile', 'IPPhone', 'Mms', 'Msn',
] as const;

/** Values by key; only those that are there. */
export type Dictionary<Value> = Readonly<Record<string, Value>>;

export interface PhysicalAddress {
  street?: string;
  city?: string;
  state?: string;
  countryOrRegion?: string;
  postalCode?: string;
}

/** The parts of a postal address: element, and property of `PhysicalAddress`. */
export const physicalAddressParts = [
  ['Street', 'street'],
  ['City', 'city'],
  ['State', 'state'],
  ['CountryOrRegion', 'countryOrRegion'],
  ['PostalCode', 'postalCode'],
] as const satisfies readonly (readonly [string, keyof PhysicalAddress])[];

export const emailAddressesKind: PropertyKind<Dictionary<EmailAddress>> = dictionaryKind(
  't:EmailAddressDictionaryType',
  emailAddressKeys,
  'EmailAddressKeyType',
  (entry) => {
    const [name, routingType, mailboxType] = ['Name', 'RoutingType', 'MailboxType'].map((attribute) => findAttribute(entry, attribute));
    return { address: entry.text.trim(), ...(name === undefined ? {} : { name }), ...(routingType === undefined ? {} : { routingType }), ...(mailboxType === undefined ? {} : { mailboxType }) };
  },
  (writer, key, { address, name, routingType, mailboxType }) => writer.element('t:Entry', address ?? '', { Key: key, Name: name, RoutingType: routingType, MailboxType: mailboxType }),
);

export const phoneNumbersKind = textDictionary('t:PhoneNumberDictionaryType', phoneNumberKeys, 'PhoneNumberKeyType');
export const imAddressesKind = textDictionary('t:ImAddressDictionaryType', imAddressKeys, 'ImAddressKeyType');

export const physicalAddressesKind: PropertyKind<Dictionary<PhysicalAddress>> = dictionaryKind(
  't:PhysicalAddressDictionaryType',
  physicalAddressKeys,
  'PhysicalAddressKeyType',
  (entry) => {
    const parts = readSequence(entry, physicalAddressParts.map(([name]) => ({ name, optional: true })));
    return Object.fromEntries(physicalAddressParts.flatMap(([name, property]) => (parts[name] === undefined ? [] : [[property, parts[name].text]])));
  },
  (writer, key, address) => {
    writer.open('t:Entry', { Key: key });
    for (const [name, property] of physicalAddressParts) writer.element(`t:${name}`, address[property]);
    writer.close();
  },
);

function textDictionary(type: SchemaTypeName, keys: readonly string[], typeName: string): PropertyKind<Dictionary<string>> {
  return dictionaryKind(
    type,
    keys,
    typeName,
    (entry) => entry.text,
    (writer, key, value) => writer.element('t:Entry', value, { Key: key }),
  );
}

function dictionaryKind<Value>(type: SchemaTypeName, keys: readonly string[], typeName: string, read: (entry: XmlElement) => Value, write: (writer: Parameters<PropertyKind['write']>[0], key: string, value: Value) => void): PropertyKind<Dictionary<Value>> {
  return {
    type,
    read(element) {
      const values: Record<string, Value> = {};
      for (const entry of readList(element, { name: 'Entry' })) {
        const key = findAttribute(entry, 'Key') ?? '';
        if (!keys.includes(key)) throw invalidValue(entry, typeName);
        values[key] = read(entry);
      }
      return values;
    },
    write(writer, name, values) {
      const present = keys.flatMap((key) => (values[key] === undefined ? [] : [{ key, value: values[key] }]));
      if (present.length === 0) return;
      writer.open(name);
      for (const { key, value } of present) write(writer, key, value);
      writer.close();
    },
  };
}
