import { emailAddressesKind, imAddressesKind, phoneNumbersKind, physicalAddressesKind } from './dictionary-kinds.ts';
import { membersKind, recipientKind, recipientsKind } from './email-address.ts';
import { completeNameKind } from './item-kinds.ts';
import type { PropertyDefinition } from './property-definition.ts';
import { readable, settable } from './property-definition.ts';
import { base64Kind, base64ListKind, booleanKind, dateTimeKind, enumerationKind, stringsKind, textKind } from './scalar-kinds.ts';

const fileAsMappings = [
  'None', 'LastCommaFirst', 'FirstSpaceLast', 'Company', 'LastCommaFirstCompany', 'CompanyLastFirst', 'LastFirst', 'LastFirstCompany', 'CompanyLastCommaFirst', 'LastFirstSuffix', 'LastSpaceFirstCompany',
  'CompanyLastSpaceFirst', 'LastSpaceFirst', 'DisplayName', 'FirstName', 'LastFirstMiddleSuffix', 'LastName', 'Empty',
] as const;
const contactSourceKind = enumerationKind('ContactSourceType', ['ActiveDirectory', 'Store']);
const text = (name: string, options: Parameters<typeof settable>[2] = {}): PropertyDefinition => settable(`contacts:${name}`, textKind, options);

/** ContactItemType, in order, without ItemType ([MS-OXWSCONT] §2.2.4.3). */
export const contactProperties: readonly PropertyDefinition[] = [
  text('FileAs', { shape: 'default' }),
  settable('contacts:FileAsMapping', enumerationKind('FileAsMappingType', fileAsMappings)),
  text('DisplayName', { shape: 'default' }),
  text('GivenName'),
  text('Initials'),
  text('MiddleName'),
  text('Nickname'),
  readable('contacts:CompleteName', completeNameKind, { shape: 'default' }),
  text('CompanyName', { shape: 'default' }),
  settable('contacts:EmailAddresses', emailAddressesKind, { shape: 'default' }),
  settable('contacts:PhysicalAddresses', physicalAddressesKind, { shape: 'default' }),
  settable('contacts:PhoneNumbers', phoneNumbersKind, { shape: 'default' }),
  text('AssistantName'),
  settable('contacts:Birthday', dateTimeKind),
  text('BusinessHomePage'),
  settable('contacts:Children', stringsKind),
  settable('contacts:Companies', stringsKind),
  readable('contacts:ContactSource', contactSourceKind),
  text('Department'),
  text('Generation'),
  settable('contacts:ImAddresses', imAddressesKind),
  text('JobTitle', { shape: 'default' }),
  text('Manager'),
  text('Mileage'),
  text('OfficeLocation'),
  settable('contacts:PostalAddressIndex', enumerationKind('PhysicalAddressIndexType', ['None', 'Home', 'Business', 'Other'])),
  text('Profession'),
  text('SpouseName'),
  text('Surname'),
  settable('contacts:WeddingAnniversary', dateTimeKind),
  readable('contacts:HasPicture', booleanKind),
  text('PhoneticFullName', { shape: 'asked' }),
  text('PhoneticFirstName', { shape: 'asked' }),
  text('PhoneticLastName', { shape: 'asked' }),
  text('Alias', { shape: 'asked' }),
  text('Notes', { shape: 'asked' }),
  settable('contacts:Photo', base64Kind, { shape: 'asked', isHeavy: true }),
  settable('contacts:UserSMIMECertificate', base64ListKind, { shape: 'asked', isHeavy: true }),
  settable('contacts:MSExchangeCertificate', base64ListKind, { shape: 'asked', isHeavy: true }),
  text('DirectoryId', { shape: 'asked' }),
  settable('contacts:ManagerMailbox', recipientKind, { shape: 'asked', isHeavy: true }),
  settable('contacts:DirectReports', recipientsKind, { shape: 'asked', isHeavy: true }),
];

/** DistributionListType, in order, without ItemType ([MS-OXWSDLIST] §2.2.4.1). */
export const distributionListProperties: readonly PropertyDefinition[] = [
  text('DisplayName', { shape: 'default' }),
  text('FileAs', { shape: 'default' }),
  readable('contacts:ContactSource', contactSourceKind),
  settable('distributionlist:Members', membersKind, { shape: 'default', isHeavy: true }),
];
