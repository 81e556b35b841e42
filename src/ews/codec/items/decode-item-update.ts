import type { TimeZone } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { schemaViolation } from '../ews-fault.ts';
import { typesNamespace } from '../namespaces.ts';
import type { DecodedItem } from './decoded-item.ts';
import { decodeItem } from './decode-item.ts';
import { isItemElement } from './item-types.ts';
import type { PropertyPath } from './property-path.ts';
import { decodePath } from './property-path.ts';

/** One change of an item ([MS-OXWSCORE] §2.2.4.33). */
export type ItemUpdate = { action: 'Set' | 'Append'; path: PropertyPath; item: DecodedItem } | { action: 'Delete'; path: PropertyPath };

/** @throws EwsFault `ErrorSchemaValidation`, and what `decodeItem` throws */
export function decodeItemUpdate(element: XmlElement, zone: TimeZone): ItemUpdate {
  const [named, sent, ...rest] = element.children;
  if (element.namespace !== typesNamespace || named === undefined || rest.length > 0) throw incomplete(element);
  const path = decodePath(named);
  if (element.local === 'DeleteItemField') {
    if (sent !== undefined) throw incomplete(element);
    return { action: 'Delete', path };
  }
  if ((element.local !== 'SetItemField' && element.local !== 'AppendToItemField') || sent === undefined || !isItemElement(sent.local)) throw incomplete(element);
  return { action: element.local === 'SetItemField' ? 'Set' : 'Append', path, item: decodeItem(sent, sent.local, zone) };
}

function incomplete(element: XmlElement): Error {
  return schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' is no complete change of an item.`);
}
