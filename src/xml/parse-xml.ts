import { SaxesParser } from 'saxes';
import { checkDeclaredEncoding, decodeXml } from './decode-xml.ts';
import type { XmlEncoding } from './decode-xml.ts';
import type { XmlAttribute, XmlElement } from './xml-element.ts';
import { hoistLargeText } from './hoist-large-text.ts';
import type { HoistedDocument } from './hoist-large-text.ts';
import { XmlError } from './xml-error.ts';

/** What a document may hold at most. All hold while parsing: nothing beyond them is ever built. */
export interface XmlLimits {
  /** Bytes of the document (of its UTF-8 form where it comes as a string). Default 4 MiB. */
  maximumBytes?: number;
  /** Elements inside one another; the root is at 1. Default 64. */
  maximumDepth?: number;
  /** Elements and attributes together. Default 200,000. */
  maximumNodes?: number;
  /** Attributes of one element, namespace declarations included. Default 128. */
  maximumAttributes?: number;
}

const namespaceDeclarations = 'http://www.w3.org/2000/xmlns/';

interface OpenElement {
  namespace: string;
  local: string;
  attributes: XmlAttribute[];
  children: XmlElement[];
  text: string;
  line: number;
  column: number;
}

/**
 * Parses a namespace-well-formed XML 1.0 document. Document type declarations and processing instructions are refused,
 * and with them every entity but the five predefined ones. A string is taken as already decoded: the encoding that its
 * declaration names does not matter.
 *
 * @throws XmlError
 */
export function parseXml(input: Uint8Array | string, limits: XmlLimits = {}): XmlElement {
  const maximumBytes = limits.maximumBytes ?? 4 * 1024 * 1024;
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (size > maximumBytes) throw new XmlError('XML_TOO_LARGE', `The XML document is larger than ${maximumBytes} bytes.`, { facts: { maximumBytes, size } });
  if (typeof input === 'string') return buildTree(input.startsWith('\ufeff') ? input.slice(1) : input, undefined, limits);
  const hoisted = hoistLargeText(input);
  const { text, encoding } = decodeXml(hoisted?.document ?? input);
  return buildTree(text, encoding, limits, hoisted);
}

function buildTree(source: string, encoding: XmlEncoding | undefined, limits: XmlLimits, hoisted?: HoistedDocument): XmlElement {
  const maximumDepth = limits.maximumDepth ?? 64;
  const maximumNodes = limits.maximumNodes ?? 200_000;
  const maximumAttributes = limits.maximumAttributes ?? 128;
  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let depth = 0;
  let nodes = 0;
  let attributes = 0;

  const refuse = (code: XmlError['code'], message: string, facts: Record<string, unknown> = {}): never => {
    throw new XmlError(code, message, { facts: { line: parser.line, column: parser.column + 1, ...facts } });
  };

  parser.on('error', (error) => refuse('XML_MALFORMED', 'The XML document is not well-formed.', { reason: error.message }));
  parser.on('doctype', () => refuse('XML_DOCTYPE', 'A document type declaration is not accepted.'));
  parser.on('processinginstruction', () => refuse('XML_PROCESSING_INSTRUCTION', 'A processing instruction is not accepted.'));
  parser.on('xmldecl', (declaration) => {
    if (encoding !== undefined && declaration.encoding !== undefined) checkDeclaredEncoding(declaration.encoding, encoding);
  });
  parser.on('opentagstart', () => {
    depth += 1;
    nodes += 1;
    attributes = 0;
    if (depth > maximumDepth) refuse('XML_TOO_DEEP', `The XML document nests deeper than ${maximumDepth} elements.`, { maximumDepth });
    if (nodes > maximumNodes) refuse('XML_TOO_MANY_NODES', `The XML document holds more than ${maximumNodes} elements and attributes.`, { maximumNodes });
  });
  parser.on('attribute', () => {
    attributes += 1;
    nodes += 1;
    if (attributes > maximumAttributes) {
      refuse('XML_TOO_MANY_ATTRIBUTES', `An element of the XML document has more than ${maximumAttributes} attributes.`, { maximumAttributes });
    }
    if (nodes > maximumNodes) refuse('XML_TOO_MANY_NODES', `The XML document holds more than ${maximumNodes} elements and attributes.`, { maximumNodes });
  });
  parser.on('opentag', (tag) => {
    const list: XmlAttribute[] = [];
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.uri !== namespaceDeclarations) list.push({ namespace: attribute.uri, local: attribute.local, value: attribute.value });
    }
    open.push({ namespace: tag.uri, local: tag.local, attributes: list, children: [], text: '', line: parser.line, column: parser.column + 1 });
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    depth -= 1;
    const closed = open.pop();
    if (closed === undefined) return;
    const element = hoisted !== undefined && closed.text.includes(hoisted.mark) ? withLargeText(closed, hoisted) : closed;
    if (element === undefined) {
      refuse('XML_MALFORMED', 'The XML document is not well-formed.', { reason: 'a large text is not the content of an element' });
      return;
    }
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });

  parser.write(source).close();
  if (root === undefined) throw new XmlError('XML_MALFORMED', 'The XML document is not well-formed.', { facts: { reason: 'no root element' } });
  return root;
}

/** The element with the text that its mark stands for; undefined where there is more than a mark. */
function withLargeText(element: OpenElement, { mark, texts }: HoistedDocument): XmlElement | undefined {
  const bytes = element.text.startsWith(mark) ? texts[Number(element.text.slice(mark.length))] : undefined;
  if (bytes === undefined) return undefined;
  return {
    ...element,
    largeText: bytes,
    get text() {
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    },
  };
}
