import type { GroupBy } from '../../../organization/index.ts';
import { findAttribute, findChild } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../ews-fault.ts';
import { typesNamespace } from '../namespaces.ts';
import { enumeratedAttribute } from '../references.ts';
import { invalidValue } from '../schema-reader.ts';
import { decodePath, keyOfPath, pathChild } from './property-path.ts';

const directions = ['Ascending', 'Descending'] as const;

/** Bodies are not read for it. */
const unsupported = /^item:(?:Body|TextBody|UniqueBody|NormalizedBody|MimeContent|Attachments)$/;

/**
 * Reads a GroupBy or DistinguishedGroupBy ([MS-OXWSSRCH] §2.2.4). The one distinguished grouping is by conversation topic, in
 * the order of what was received last.
 *
 * @throws EwsFault `ErrorSchemaValidation`, `ErrorUnsupportedPathForSortGroup`
 */
export function decodeGroupBy(element: XmlElement): GroupBy {
  const direction = enumeratedAttribute(element, 'Order', directions);
  if (element.local === 'DistinguishedGroupBy') {
    const standard = findChild(element, typesNamespace, 'StandardGroupBy');
    if (standard === undefined) throw incomplete(element, 'StandardGroupBy');
    if (standard.text.trim() !== 'ConversationTopic') throw invalidValue(standard, 'StandardGroupByType');
    return { key: 'message:ConversationTopic', direction, aggregateKey: 'item:DateTimeReceived', aggregate: 'Maximum' };
  }
  const aggregateOn = findChild(element, typesNamespace, 'AggregateOn');
  if (aggregateOn === undefined) throw incomplete(element, 'AggregateOn');
  const [key, aggregateKey] = [element, aggregateOn].map((part) => keyOfPath(decodePath(pathChild(part))));
  if (key === undefined || aggregateKey === undefined || unsupported.test(key) || unsupported.test(aggregateKey)) throw new EwsFault('ErrorUnsupportedPathForSortGroup', 'The property can not be used for grouping.');
  if (findAttribute(aggregateOn, 'Aggregate') === undefined) throw schemaViolation(aggregateOn, "The required attribute 'Aggregate' is missing.");
  return { key, direction, aggregateKey, aggregate: enumeratedAttribute(aggregateOn, 'Aggregate', ['Minimum', 'Maximum']) };
}

function incomplete(element: XmlElement, expected: string): EwsFault {
  return schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' has incomplete content. List of possible elements expected: '${expected}' in namespace '${typesNamespace}'.`);
}
