import { readMailboxId } from '../../../organization/index.ts';
import { findAttribute } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../../codec/ews-fault.ts';
import { typesNamespace } from '../../codec/namespaces.ts';
import { enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { masterOfOccurrence } from '../mailbox/occurrence-id.ts';

const formats = ['EwsLegacyId', 'EwsId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId'] as const;
type Format = (typeof formats)[number];

/**
 * ConvertId ([MS-OXWSCVTID] §3.1.4.1). An id's bytes are the same in every format; only how they are written differs:
 * base64, hexadecimal, or base64 fit for a URL. Ids of public folders are refused.
 */
export const convertIdOperation: MailboxOperation = {
  name: 'ConvertId',
  plan(element) {
    const parts = readSequence(element, messageMembers('SourceIds'));
    const destination = enumeratedAttribute(element, 'DestinationFormat', formats);
    const { children } = required(element, parts['SourceIds'], 'SourceIds');
    if (children.length === 0) throw schemaViolation(element, "The element 'SourceIds' has incomplete content.");
    return children.map((child) => {
      const source = decodeSource(child);
      return async () => {
        if (source === undefined) throw new EwsFault('ErrorUnsupportedTypeForConversion', 'Ids of public folders cannot be converted: there are none here.');
        const bytes = bytesOf(source.id, source.format);
        const text = bytes.toString('base64');
        if (readMailboxId(text) === undefined && masterOfOccurrence(text) === undefined) throw new EwsFault('ErrorInvalidIdMalformed', 'Id is malformed.');
        return (writer) => writer.element('m:AlternateId', '', { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:type': 't:AlternateIdType', Format: destination, Id: idOf(bytes, destination), Mailbox: source.mailbox });
      };
    });
  },
};

function decodeSource(element: XmlElement): { id: string; format: Format; mailbox: string } | undefined {
  if (element.namespace !== typesNamespace || !element.local.startsWith('Alternate')) throw schemaViolation(element, `The element '${element.local}' is no id.`);
  if (element.local !== 'AlternateId') return undefined;
  const [id, mailbox] = [findAttribute(element, 'Id'), findAttribute(element, 'Mailbox')];
  if (id === undefined || mailbox === undefined) throw schemaViolation(element, "The required attributes 'Id' and 'Mailbox' are missing.");
  return { id, format: enumeratedAttribute(element, 'Format', formats), mailbox };
}

function bytesOf(id: string, format: Format): Buffer {
  if (format === 'HexEntryId') return Buffer.from(/^([0-9a-f]{2})*$/i.test(id) ? id : '', 'hex');
  return Buffer.from(format === 'OwaId' ? decodeOwaId(id) : id, 'base64');
}

function decodeOwaId(id: string): string {
  return id.replaceAll('-', '/').replaceAll('_', '+');
}

function idOf(bytes: Buffer, format: Format): string {
  if (format === 'HexEntryId') return bytes.toString('hex').toUpperCase();
  const text = bytes.toString('base64');
  return format === 'OwaId' ? text.replaceAll('/', '-').replaceAll('+', '_') : text;
}
