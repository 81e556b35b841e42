import { XmlError } from './xml-error.ts';

export type XmlEncoding = 'utf-8' | 'utf-16';

export interface DecodedXml {
  text: string;
  encoding: XmlEncoding;
}

/**
 * Decodes a document's bytes: UTF-8 with or without byte order mark, UTF-16 with one (XML 1.0 appendix F). Every other
 * encoding, and every byte sequence that its encoding does not allow, is refused.
 *
 * @throws XmlError `XML_ENCODING`
 */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  const [first, second, third, fourth] = bytes;
  const isUtf32 = (first === 0xff && second === 0xfe && third === 0 && fourth === 0) || (first === 0 && second === 0 && third === 0xfe && fourth === 0xff);
  if (isUtf32) throw refused('UTF-32 is not accepted.');
  if (first === 0xff && second === 0xfe) return { text: decodeStrictly(bytes, 'utf-16le'), encoding: 'utf-16' };
  if (first === 0xfe && second === 0xff) return { text: decodeStrictly(bytes, 'utf-16be'), encoding: 'utf-16' };
  if (first === 0 || second === 0) throw refused('UTF-16 and UTF-32 are not accepted without a byte order mark.');
  return { text: decodeStrictly(bytes, 'utf-8'), encoding: 'utf-8' };
}

/**
 * Checks the encoding that an XML declaration names against the one that its bytes were read in.
 *
 * @throws XmlError `XML_ENCODING`
 */
export function checkDeclaredEncoding(declared: string, actual: XmlEncoding): void {
  const name = declared.toLowerCase();
  if (name === actual) return;
  if (actual === 'utf-8' && name === 'us-ascii') return;
  if (actual === 'utf-16' && (name === 'utf-16le' || name === 'utf-16be')) return;
  throw refused('The document declares an encoding other than the one it is in.', { declared, actual });
}

function decodeStrictly(bytes: Uint8Array, label: 'utf-8' | 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refused('The document is not valid in its encoding.', { encoding: label }, cause);
  }
}

function refused(detail: string, facts: Record<string, unknown> = {}, cause?: unknown): XmlError {
  return new XmlError('XML_ENCODING', `The XML document's encoding is refused. ${detail}`, { facts, cause, remedy: 'Send the document in UTF-8.' });
}
