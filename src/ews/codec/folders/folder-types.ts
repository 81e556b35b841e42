import { effectiveRightsKind, idKind } from '../items/item-kinds.ts';
import type { PropertyDefinition } from '../items/property-definition.ts';
import { extendedPropertyMember, readable, settable } from '../items/property-definition.ts';
import { integerKind, textKind } from '../items/scalar-kinds.ts';
import { calendarPermissionSetKind, permissionSetKind } from './permission-kind.ts';

export type FolderElementName = 'Folder' | 'CalendarFolder' | 'ContactsFolder' | 'SearchFolder' | 'TasksFolder';

/** BaseFolderType, in order ([MS-OXWSFOLD] §2.2.4.3). */
export const baseFolderProperties: readonly PropertyDefinition[] = [
  readable('folder:FolderId', idKind, { shape: 'id' }),
  readable('folder:ParentFolderId', idKind),
  settable('folder:FolderClass', textKind),
  settable('folder:DisplayName', textKind, { shape: 'default' }),
  readable('folder:TotalCount', integerKind, { shape: 'default' }),
  readable('folder:ChildFolderCount', integerKind, { shape: 'default' }),
  extendedPropertyMember,
  readable('folder:EffectiveRights', effectiveRightsKind),
  readable('folder:DistinguishedFolderId', textKind),
];

const unread = readable('folder:UnreadCount', integerKind, { shape: 'default' });
const permissionSet = settable('folder:PermissionSet', permissionSetKind, { shape: 'asked', isHeavy: true });
const folder: readonly PropertyDefinition[] = [...baseFolderProperties, permissionSet, unread];

/** The properties of each element, in the order of the published schema. */
export const folderTypes: Readonly<Record<FolderElementName, readonly PropertyDefinition[]>> = {
  Folder: folder,
  CalendarFolder: [...baseFolderProperties, settable('folder:PermissionSet', calendarPermissionSetKind, { shape: 'asked', isHeavy: true })],
  ContactsFolder: [...baseFolderProperties, permissionSet],
  SearchFolder: folder,
  TasksFolder: folder,
};

const classes: readonly (readonly [prefix: string, element: FolderElementName])[] = [
  ['ipf.appointment', 'CalendarFolder'],
  ['ipf.contact', 'ContactsFolder'],
  ['ipf.task', 'TasksFolder'],
];

/** Folder classes of folders that are created without naming one. */
export const defaultFolderClasses: Readonly<Record<FolderElementName, string>> = {
  Folder: 'IPF.Note',
  CalendarFolder: 'IPF.Appointment',
  ContactsFolder: 'IPF.Contact',
  SearchFolder: 'IPF.Note',
  TasksFolder: 'IPF.Task',
};

/** The element in which a folder of that class is written. */
export function elementOfFolderClass(folderClass: string): FolderElementName {
  const key = folderClass.toLowerCase();
  return classes.find(([prefix]) => key === prefix || key.startsWith(`${prefix}.`))?.[1] ?? 'Folder';
}

export function isFolderElement(name: string): name is FolderElementName {
  return Object.hasOwn(folderTypes, name);
}
