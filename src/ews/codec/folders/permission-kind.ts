import type { FolderRights, PermissionScope } from '../../../organization/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { typesNamespace } from '../namespaces.ts';
import { readBoolean, readEnumeration, readList, readSequence, required } from '../schema-reader.ts';
import type { PropertyKind, SchemaTypeName } from '../items/property-kind.ts';

/** Whom a permission is for. Names and addresses are filled in by the server; clients give an address. */
export interface PermissionUser {
  distinguished?: 'Default' | 'Anonymous';
  sid?: string;
  smtpAddress?: string;
  displayName?: string;
}

/** One entry of a PermissionSet. */
export interface PermissionEntry {
  user: PermissionUser;
  level: string;
  /** What was given for a level of `Custom`, and what the level stands for when written. */
  rights: Partial<FolderRights>;
}

export const permissionLevels = ['None', 'Owner', 'PublishingEditor', 'Editor', 'PublishingAuthor', 'Author', 'NoneditingAuthor', 'Reviewer', 'Contributor', 'Custom'] as const;
export const calendarPermissionLevels = [...permissionLevels, 'FreeBusyTimeOnly', 'FreeBusyTimeAndSubjectAndLocation'] as const;
export const permissionScopes = ['None', 'Owned', 'All'] as const satisfies readonly PermissionScope[];
export const permissionReadAccess = ['None', 'FullDetails'] as const;
export const calendarPermissionReadAccess = ['None', 'TimeOnly', 'TimeAndSubjectAndLocation', 'FullDetails'] as const;

/** PermissionSetType ([MS-OXWSFOLD] §2.2.4.11). */
export const permissionSetKind: PropertyKind<readonly PermissionEntry[]> = permissionsKind('t:PermissionSetType', 'Permission', permissionLevels, 'PermissionLevelType', permissionReadAccess);

/** CalendarPermissionSetType. */
export const calendarPermissionSetKind: PropertyKind<readonly PermissionEntry[]> = permissionsKind('t:CalendarPermissionSetType', 'CalendarPermission', calendarPermissionLevels, 'CalendarPermissionLevelType', calendarPermissionReadAccess);

const flags = [
  ['CanCreateItems', 'canCreateItems'],
  ['CanCreateSubFolders', 'canCreateSubFolders'],
  ['IsFolderOwner', 'isFolderOwner'],
  ['IsFolderVisible', 'isFolderVisible'],
  ['IsFolderContact', 'isFolderContact'],
] as const;

function permissionsKind(type: SchemaTypeName, element: string, known: readonly string[], typeName: string, access: readonly FolderRights['readItems'][]): PropertyKind<readonly PermissionEntry[]> {
  return {
    type,
    read(set) {
      const parts = readSequence(set, [{ name: `${element}s` }, { name: 'UnknownEntries', optional: true }]);
      return readList(required(set, parts[`${element}s`], `${element}s`), { name: element }).map((entry) => decodeEntry(entry, element, known, typeName, access));
    },
    write(writer, name, entries) {
      writer.open(name);
      writer.open(`t:${element}s`);
      for (const entry of entries) encodeEntry(writer, `t:${element}`, element, entry);
      writer.close();
      writer.close();
    },
  };
}

function decodeEntry(element: XmlElement, name: string, known: readonly string[], typeName: string, access: readonly FolderRights['readItems'][]): PermissionEntry {
  const optional = (member: string) => ({ name: member, optional: true });
  const parts = readSequence(element, [{ name: 'UserId' }, ...flags.map(([flag]) => optional(flag)), optional('EditItems'), optional('DeleteItems'), optional('ReadItems'), { name: `${name}Level` }]);
  const rights: Partial<FolderRights> = {};
  for (const [flag, property] of flags) if (parts[flag] !== undefined) rights[property] = readBoolean(parts[flag]);
  if (parts['EditItems'] !== undefined) rights.editItems = readEnumeration(parts['EditItems'], permissionScopes, 'PermissionActionType');
  if (parts['DeleteItems'] !== undefined) rights.deleteItems = readEnumeration(parts['DeleteItems'], permissionScopes, 'PermissionActionType');
  if (parts['ReadItems'] !== undefined) rights.readItems = readEnumeration(parts['ReadItems'], access, 'PermissionReadAccessType');
  return {
    user: decodeUserId(required(element, parts['UserId'], 'UserId')),
    level: readEnumeration(required(element, parts[`${name}Level`], `${name}Level`), known, typeName),
    rights,
  };
}

/** UserIdType. @throws EwsFault `ErrorSchemaValidation` */
export function decodeUserId(element: XmlElement): PermissionUser {
  const parts = readSequence(element, ['SID', 'PrimarySmtpAddress', 'DisplayName', 'DistinguishedUser', 'ExternalUserIdentity'].map((name) => ({ name, namespace: typesNamespace, optional: true })));
  const { SID, PrimarySmtpAddress, DisplayName, DistinguishedUser } = parts;
  return {
    ...(SID === undefined ? {} : { sid: SID.text.trim() }),
    ...(PrimarySmtpAddress === undefined ? {} : { smtpAddress: PrimarySmtpAddress.text.trim() }),
    ...(DisplayName === undefined ? {} : { displayName: DisplayName.text }),
    ...(DistinguishedUser === undefined ? {} : { distinguished: readEnumeration(DistinguishedUser, ['Default', 'Anonymous'], 'DistinguishedUserType') }),
  };
}

export function encodeUserId(writer: XmlWriter, user: PermissionUser): void {
  writer.open('t:UserId');
  writer.element('t:SID', user.sid);
  writer.element('t:PrimarySmtpAddress', user.smtpAddress);
  writer.element('t:DisplayName', user.displayName);
  writer.element('t:DistinguishedUser', user.distinguished);
  writer.close();
}

function encodeEntry(writer: XmlWriter, element: string, name: string, { user, level, rights }: PermissionEntry): void {
  writer.open(element);
  encodeUserId(writer, user);
  for (const [flag, property] of flags) writer.element(`t:${flag}`, rights[property]);
  writer.element('t:EditItems', rights.editItems);
  writer.element('t:DeleteItems', rights.deleteItems);
  writer.element('t:ReadItems', rights.readItems);
  writer.element(`t:${name}Level`, level);
  writer.close();
}
