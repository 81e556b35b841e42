import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { findAttribute, findChild, parseXml, XmlError } from './index.ts';
import type { XmlErrorCode, XmlLimits } from './index.ts';

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

test('elements are found by namespace and local name, whatever the prefix', () => {
  const root = parseXml('<x:a xmlns:x="urn:1" xmlns="urn:2"><b k="v" x:k="w">1<!-- c -->2<![CDATA[<3>]]></b><c xmlns=""/></x:a>');
  assert.equal(root.namespace, 'urn:1');
  const b = findChild(root, 'urn:2', 'b');
  assert.equal(b?.text, '12<3>');
  assert.deepEqual(b?.attributes, [
    { namespace: '', local: 'k', value: 'v' },
    { namespace: 'urn:1', local: 'k', value: 'w' },
  ]);
  assert.equal(b && findAttribute(b, 'k', 'urn:1'), 'w');
  assert.equal(findChild(root, 'urn:1', 'b'), undefined);
  assert.ok(findChild(root, '', 'c'));
});

test('an element knows where it stood', () => {
  const root = parseXml('<a>\n  <b/>\n</a>');
  assert.deepEqual([root.children[0]?.line, root.children[0]?.column], [2, 7]);
});

test('UTF-8 with and without mark, and UTF-16 with one, are read', () => {
  const text = '<?xml version="1.0" encoding="utf-8"?><a>ü€😀</a>';
  for (const input of [Buffer.from(text), Buffer.from(`\ufeff${text}`), `\ufeff${text}`, text.replace('utf-8', 'iso-8859-1')]) assert.equal(parseXml(input).text, 'ü€😀');
  for (const order of ['le', 'be'] as const) assert.equal(parseXml(utf16(text.replace('utf-8', 'UTF-16'), order)).text, 'ü€😀');
});

const deep = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels);
const attributes = (count: number): string => `<a ${Array.from({ length: count }, (_, index) => `a${index}="1"`).join(' ')}/>`;

const refusals: [string, Uint8Array | string, XmlErrorCode, XmlLimits?][] = [
  ['too many bytes', `<a>${'x'.repeat(94)}</a>`, 'XML_TOO_LARGE', { maximumBytes: 100 }],
  ['too many bytes by default', `<a>${'x'.repeat(4 * 1024 * 1024)}</a>`, 'XML_TOO_LARGE'],
  ['too deep by default', deep(65), 'XML_TOO_DEEP'],
  ['absurdly deep', '<a>'.repeat(300_000), 'XML_TOO_DEEP'],
  ['too many elements', `<a>${'<b/>'.repeat(10)}</a>`, 'XML_TOO_MANY_NODES', { maximumNodes: 10 }],
  ['too many attributes in all', '<a b="1" c="2"><d e="3"/></a>', 'XML_TOO_MANY_NODES', { maximumNodes: 4 }],
  ['too many nodes by default', `<a>${'<b/>'.repeat(200_000)}</a>`, 'XML_TOO_MANY_NODES'],
  ['too many attributes on one element', attributes(129), 'XML_TOO_MANY_ATTRIBUTES'],
  ['a document type', '<!DOCTYPE a><a/>', 'XML_DOCTYPE'],
  ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>', 'XML_DOCTYPE'],
  ['an external entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'XML_DOCTYPE'],
  ['a processing instruction', '<a><?php x ?></a>', 'XML_PROCESSING_INSTRUCTION'],
  ['a stylesheet', '<?xml version="1.0"?><?xml-stylesheet href="x"?><a/>', 'XML_PROCESSING_INSTRUCTION'],
  ['nothing', '', 'XML_MALFORMED'],
  ['blanks', '  \n', 'XML_MALFORMED'],
  ['HTML', '<html><body><p>Service Unavailable<br></body></html>', 'XML_MALFORMED'],
  ['JSON', '{"a":1}', 'XML_MALFORMED'],
  ['a cut document', '<a><b>', 'XML_MALFORMED'],
  ['two roots', '<a/><b/>', 'XML_MALFORMED'],
  ['text after the root', '<a/>x', 'XML_MALFORMED'],
  ['crossed tags', '<a><b></a></b>', 'XML_MALFORMED'],
  ['an unbound prefix', '<x:a/>', 'XML_MALFORMED'],
  ['a bound prefix that is unbound again', '<a xmlns:x="urn:1"><b xmlns:x=""/></a>', 'XML_MALFORMED'],
  ['an attribute twice', '<a b="1" b="2"/>', 'XML_MALFORMED'],
  ['an attribute twice through two prefixes', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>', 'XML_MALFORMED'],
  ['an unknown entity', '<a>&nbsp;</a>', 'XML_MALFORMED'],
  ['a control character', '<a>\u0001</a>', 'XML_MALFORMED'],
  ['a reference to a control character', '<a>&#1;</a>', 'XML_MALFORMED'],
  ['a control character that XML 1.1 would allow', '<?xml version="1.1"?><a>&#1;</a>', 'XML_MALFORMED'],
  ['a lone surrogate', '<a>\ud800</a>', 'XML_MALFORMED'],
  ['blanks before the declaration', ' <?xml version="1.0"?><a/>', 'XML_MALFORMED'],
  ['bytes that are not UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), 'XML_ENCODING'],
  ['an overlong UTF-8 sequence', Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0xbc, 0x3c, 0x2f, 0x61, 0x3e]), 'XML_ENCODING'],
  ['Latin-1', Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a/>'), 'XML_ENCODING'],
  ['UTF-7', Buffer.from('<?xml version="1.0" encoding="utf-7"?><a/>'), 'XML_ENCODING'],
  ['bytes in UTF-8 that declare UTF-16', Buffer.from('<?xml version="1.0" encoding="utf-16"?><a/>'), 'XML_ENCODING'],
  ['UTF-16 that declares UTF-8', utf16('<?xml version="1.0" encoding="utf-8"?><a/>', 'le'), 'XML_ENCODING'],
  ['UTF-16 without a mark', Buffer.from('<a/>', 'utf16le'), 'XML_ENCODING'],
  ['UTF-16 cut inside a character', utf16('<a/>', 'le').subarray(0, 9), 'XML_ENCODING'],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), 'XML_ENCODING'],
  ['big-endian UTF-32', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]), 'XML_ENCODING'],
];

for (const [what, input, code, limits] of refusals) {
  test(`${what}: ${code}`, () => {
    assert.throws(() => parseXml(input, limits), (error) => error instanceof XmlError && error.code === code);
  });
}

test('what the limits just allow is read', () => {
  assert.equal(parseXml(`<a>${'x'.repeat(93)}</a>`, { maximumBytes: 100 }).text.length, 93);
  assert.ok(parseXml(deep(64)));
  assert.equal(parseXml(attributes(128)).attributes.length, 128);
  assert.equal(parseXml('<a b="1"><c/></a>', { maximumNodes: 3 }).children.length, 1);
});

test('a refusal says where', () => {
  assert.throws(() => parseXml('<a>\n<b></a>'), (error) => error instanceof XmlError && error.facts['line'] === 2);
});

test('whatever the bytes, nothing but an XmlError is thrown', () => {
  const pieces = fc.constantFrom('<a', '<a>', '</a>', '/>', '>', 'b="1"', ' ', 'xmlns:p="u"', 'p:', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '&amp;', '&#x41;', '&', 'text', '\0', '\ud800', '"', '=', '__proto__', 'constructor');
  const documents = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(documents, (input) => {
      try {
        parseXml(input, { maximumDepth: 8 });
      } catch (error) {
        if (!(error instanceof XmlError)) throw error;
      }
    }),
    { numRuns: 150 },
  );
});

test('names of object members are ordinary names', () => {
  const root = parseXml('<__proto__ constructor="1" __proto__="2" hasOwnProperty="3"><toString/></__proto__>');
  assert.equal(root.local, '__proto__');
  assert.equal(findAttribute(root, '__proto__'), '2');
  assert.equal(findAttribute(root, 'constructor'), '1');
});
