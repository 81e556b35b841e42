import type { NewFolder, PropertyKey, PropertyValue } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { walkSequence } from '../schema-reader.ts';
import { decodeExtendedValue } from '../items/extended-value.ts';
import { decodePath, keyOfPath, pathChild } from '../items/property-path.ts';
import { utc } from '../utc.ts';
import { defaultFolderClasses, folderTypes } from './folder-types.ts';
import type { FolderElementName } from './folder-types.ts';
import type { PermissionEntry } from './permission-kind.ts';

/** A folder as a client sends it. */
export interface DecodedFolder extends NewFolder {
  permissions?: readonly PermissionEntry[];
  /** FieldURI of a property that only the server sets, where one was sent. */
  readOnlyProperty?: string;
}

/** Names that a client may send in a folder, and that are not kept. */
const ignored = new Set(['ManagedFolderInformation', 'SharingEffectiveRights', 'SearchParameters', 'PolicyTag', 'ArchiveTag', 'ReplicaList']);

/** @throws EwsFault `ErrorSchemaValidation`, `ErrorInvalidExtendedProperty`, `ErrorInvalidExtendedPropertyValue` */
export function decodeFolder(element: XmlElement, name: FolderElementName): DecodedFolder {
  const members = folderTypes[name].map((property) => ({ name: property.element, optional: true as const, repeated: property.element === 'ExtendedProperty', property }));
  const properties: Record<PropertyKey, PropertyValue> = {};
  const decoded: { displayName: string; folderClass: string; permissions?: readonly PermissionEntry[]; readOnlyProperty?: string } = { displayName: '', folderClass: defaultFolderClasses[name] };
  const kept = { ...element, children: element.children.filter(({ local }) => !ignored.has(local)) };
  walkSequence(kept, members, (child, { property }) => {
    if (property.element === 'ExtendedProperty') {
      const path = decodePath(pathChild(child));
      if (path.kind === 'extended') properties[keyOfPath(path)] = decodeExtendedValue(child, path.type);
    } else if (!property.isWritable) decoded.readOnlyProperty ??= property.uri;
    else if (property.uri === 'folder:DisplayName') decoded.displayName = child.text;
    else if (property.uri === 'folder:FolderClass') decoded.folderClass = child.text.trim() || decoded.folderClass;
    else decoded.permissions = property.kind.read(child, { zone: utc }) as readonly PermissionEntry[];
  });
  return { ...decoded, properties };
}
