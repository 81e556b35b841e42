import type { DocumentPieces } from './stream-document.ts';

/** Bytes that are read when they are sent. */
export interface ByteSource {
  /** How many there are, where that is known. */
  size?: number;
  chunks: AsyncIterable<Uint8Array>;
}

/** Attributes to write: name as written (with prefix), value; undefined ones are left out. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/**
 * Writes a document piece by piece. Names are written as given and must be the program's own; values are escaped.
 * Characters that XML 1.0 cannot carry (controls, lone surrogates, U+FFFE, U+FFFF) become U+FFFD: a subject with a
 * stray control character must not make a whole answer unreadable, and the reader sees that something was there.
 */
export interface XmlWriter {
  open(name: string, attributes?: XmlAttributes): void;
  close(): void;
  /** An element with text and nothing else; nothing at all where the text is undefined. */
  element(name: string, text: string | number | boolean | undefined, attributes?: XmlAttributes): void;
  /** An element with bytes as base64. The document is then had as pieces, not as text. */
  base64(name: string, bytes: ByteSource, attributes?: XmlAttributes): void;
  /** What was written so far. All elements must be closed. */
  toString(): string;
  /** The same, with the bytes still to be read in their places. */
  pieces(): DocumentPieces;
}

const declaration = '<?xml version="1.0" encoding="utf-8"?>';

/** A writer whose document begins with an XML declaration for UTF-8, unless it is told otherwise. */
export function createXmlWriter({ withDeclaration = true }: { withDeclaration?: boolean } = {}): XmlWriter {
  const parts: string[] = withDeclaration ? [declaration] : [];
  const names: string[] = [];
  const pieces: (string | ByteSource)[] = [];
  const text = (): string => {
    if (names.length > 0) throw new TypeError(`The element ${names.at(-1)} is still open.`);
    return parts.join('');
  };
  return {
    open(name, attributes) {
      parts.push('<', name);
      if (attributes !== undefined) writeAttributes(parts, attributes);
      parts.push('>');
      names.push(name);
    },
    close() {
      const name = names.pop();
      if (name === undefined) throw new TypeError('There is no open element to close.');
      parts.push('</', name, '>');
    },
    element(name, text, attributes) {
      if (text === undefined) return;
      parts.push('<', name);
      if (attributes !== undefined) writeAttributes(parts, attributes);
      const escaped = typeof text === 'string' ? escapeXmlText(text) : String(text);
      if (escaped === '') parts.push('/>');
      else parts.push('>', escaped, '</', name, '>');
    },
    base64(name, bytes, attributes) {
      parts.push('<', name);
      if (attributes !== undefined) writeAttributes(parts, attributes);
      parts.push('>');
      pieces.push(parts.join(''), bytes);
      parts.length = 0;
      parts.push('</', name, '>');
    },
    toString() {
      if (pieces.length > 0) throw new TypeError('The document has parts that are not text.');
      return text();
    },
    pieces: () => [...pieces, text()],
  };
}

function writeAttributes(parts: string[], attributes: XmlAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) parts.push(' ', name, '="', escapeXmlAttribute(value), '"');
  }
}

const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const inText = /[&<>\r]/g;
const inAttribute = /[&<>"\r\n\t]/g;
const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;', '\n': '&#xA;', '\t': '&#x9;' };

/** Escapes character data. A carriage return is written as a reference, which alone survives parsing (XML 1.0 §2.11). */
export function escapeXmlText(text: string): string {
  return legal(text).replace(inText, (character) => references[character] ?? character);
}

/** Escapes an attribute value for double quotes; line ends and tabs survive (XML 1.0 §3.3.3). */
export function escapeXmlAttribute(value: string): string {
  return legal(value).replace(inAttribute, (character) => references[character] ?? character);
}

function legal(text: string): string {
  return text.toWellFormed().replace(illegal, '\ufffd');
}
