import { findChild } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';
import type { DocumentPieces } from './stream-document.ts';
import { XmlError } from './xml-error.ts';
import { createXmlWriter } from './xml-writer.ts';
import type { XmlAttributes, XmlWriter } from './xml-writer.ts';

export type SoapVersion = '1.1' | '1.2';

/** Envelope namespaces: SOAP 1.1 (W3C note of 2000) and SOAP 1.2 (W3C recommendation). */
export const soapNamespaces: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};

export interface SoapEnvelope {
  version: SoapVersion;
  /** Header blocks, in order; empty without a header. */
  header: readonly XmlElement[];
  /** The body's elements, in order. */
  body: readonly XmlElement[];
}

/**
 * Reads a SOAP envelope of either version.
 *
 * @throws XmlError `XML_NOT_SOAP`
 */
export function readSoapEnvelope(root: XmlElement): SoapEnvelope {
  const version = soapVersion(root.namespace);
  if (version === undefined || root.local !== 'Envelope') {
    throw new XmlError('XML_NOT_SOAP', 'The XML document is not a SOAP envelope.', { facts: { namespace: root.namespace, local: root.local } });
  }
  const body = findChild(root, root.namespace, 'Body');
  if (body === undefined) throw new XmlError('XML_NOT_SOAP', 'The SOAP envelope has no body.');
  return { version, header: findChild(root, root.namespace, 'Header')?.children ?? [], body: body.children };
}

function soapVersion(namespace: string): SoapVersion | undefined {
  if (namespace === soapNamespaces['1.1']) return '1.1';
  return namespace === soapNamespaces['1.2'] ? '1.2' : undefined;
}

/** The media type of an envelope of that version (SOAP 1.1 note §6.1.1; RFC 3902), with its charset. */
export function soapContentType(version: SoapVersion): string {
  return version === '1.1' ? 'text/xml; charset=utf-8' : 'application/soap+xml; charset=utf-8';
}

export interface SoapEnvelopeParts {
  version: SoapVersion;
  /** Namespace declarations of the envelope besides its own prefix `s`, e.g. `{ 'xmlns:t': … }`. */
  namespaces?: XmlAttributes;
  /** Writes the header's blocks; without it there is no header. */
  writeHeader?: (writer: XmlWriter) => void;
  writeBody: (writer: XmlWriter) => void;
  /**
   * One of several envelopes in a stream: without XML declaration, and with the envelope's namespace as the default one, as
   * Exchange writes them and some clients look for them (`<Envelope`). Names in header and body need prefixes then.
   */
  isFragment?: true;
}

/** Writes a SOAP envelope; its own prefix is `s`. */
export function writeSoapEnvelope(parts: SoapEnvelopeParts): string {
  return envelope(parts).toString();
}

/** The same for a body with bytes that are read when they are sent. */
export function writeSoapPieces(parts: SoapEnvelopeParts): DocumentPieces {
  return envelope(parts).pieces();
}

function envelope(parts: SoapEnvelopeParts): XmlWriter {
  const prefix = parts.isFragment === true ? '' : 's:';
  const writer = createXmlWriter({ withDeclaration: parts.isFragment !== true });
  writer.open(`${prefix}Envelope`, { [parts.isFragment === true ? 'xmlns' : 'xmlns:s']: soapNamespaces[parts.version], ...parts.namespaces });
  if (parts.writeHeader !== undefined) {
    writer.open(`${prefix}Header`);
    parts.writeHeader(writer);
    writer.close();
  }
  writer.open(`${prefix}Body`);
  parts.writeBody(writer);
  writer.close();
  writer.close();
  return writer;
}
