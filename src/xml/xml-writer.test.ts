import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createXmlWriter, parseXml } from './index.ts';
import type { XmlElement, XmlWriter } from './index.ts';

interface Node {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Node[];
}

const name = fc.constantFrom('a', 'b-c', 'Größe', '_d', 'e.1');
const legalText = fc.string({ unit: 'grapheme' });
function tree(levels: number): fc.Arbitrary<Node> {
  return fc.record({
    name,
    attributes: fc.dictionary(name, legalText, { maxKeys: 3 }),
    text: legalText,
    children: levels <= 1 ? fc.constant<Node[]>([]) : fc.array(tree(levels - 1), { maxLength: 3 }),
  });
}

function write(writer: XmlWriter, node: Node): void {
  if (node.children.length === 0) return writer.element(node.name, node.text, node.attributes);
  writer.open(node.name, node.attributes);
  for (const child of node.children) write(writer, child);
  writer.close();
}

function assertSame(element: XmlElement, node: Node): void {
  assert.equal(element.local, node.name);
  assert.deepEqual(Object.fromEntries(element.attributes.map((attribute) => [attribute.local, attribute.value])), Object.fromEntries(Object.entries(node.attributes)));
  if (node.children.length === 0) assert.equal(element.text, node.text);
  assert.equal(element.children.length, node.children.length);
  for (const [index, child] of node.children.entries()) assertSame(element.children[index] as XmlElement, child);
}

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(tree(4), (node) => {
      const writer = createXmlWriter();
      write(writer, node);
      assertSame(parseXml(Buffer.from(writer.toString())), node);
    }),
    { numRuns: 100 },
  );
});

test('any text at all gives a well-formed document, and only what XML cannot carry is replaced', () => {
  fc.assert(
    // Any sequence of UTF-16 code units, lone surrogates among them.
    fc.property(fc.string({ unit: fc.oneof(fc.nat(0xffff), fc.nat(0x20), fc.integer({ min: 0xd800, max: 0xdfff })).map((unit) => String.fromCharCode(unit)) }), (text) => {
      const writer = createXmlWriter();
      writer.element('a', text, { b: text });
      const root = parseXml(writer.toString());
      const expected = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
      assert.equal(root.text, expected);
      assert.equal(root.attributes[0]?.value, expected);
    }),
    { numRuns: 200 },
  );
});

test('line ends, tabs, quotes and the end of a CDATA section survive', () => {
  const text = 'a\r\nb\rc\nd\te"f\'g]]>h&i<j';
  const writer = createXmlWriter();
  writer.element('a', text, { b: text });
  const root = parseXml(writer.toString());
  assert.equal(root.text, text);
  assert.equal(root.attributes[0]?.value, text);
});

test('undefined is not written; an unbalanced document is a bug', () => {
  const writer = createXmlWriter();
  writer.open('a', { b: undefined });
  writer.element('c', undefined);
  writer.element('d', '');
  assert.throws(() => writer.toString(), TypeError);
  writer.close();
  assert.ok(writer.toString().endsWith('<a><d/></a>'));
  assert.throws(() => writer.close(), TypeError);
});
