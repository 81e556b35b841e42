/**
 * XML from and for strangers: a namespace-aware reader with limits that builds a small element tree, a writer that
 * escapes, and SOAP 1.1 and 1.2 envelopes with their faults. It refuses document types, processing instructions and
 * every encoding but UTF-8 and UTF-16. It knows no schema, validates none, and keeps neither comments nor prefixes.
 */
export { parseXml } from './parse-xml.ts';
export type { XmlLimits } from './parse-xml.ts';
export { childText, findAttribute, findChild, findChildren, isElement } from './xml-element.ts';
export type { XmlAttribute, XmlElement } from './xml-element.ts';
export { createXmlWriter, escapeXmlText } from './xml-writer.ts';
export type { ByteSource, XmlAttributes, XmlWriter } from './xml-writer.ts';
export { documentLength, streamDocument } from './stream-document.ts';
export type { DocumentPieces } from './stream-document.ts';
export { readSoapEnvelope, soapContentType, soapNamespaces, writeSoapEnvelope, writeSoapPieces } from './soap-envelope.ts';
export type { SoapEnvelope, SoapEnvelopeParts, SoapVersion } from './soap-envelope.ts';
export { readSoapFault, writeSoapFault } from './soap-fault.ts';
export type { SoapFault, SoapFaultParts } from './soap-fault.ts';
export { XmlError } from './xml-error.ts';
export type { XmlErrorCode } from './xml-error.ts';
