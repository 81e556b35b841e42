import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChild, parseXml } from './index.ts';

const large = 'QUJD'.repeat(100_000);
const limits = { maximumBytes: 10_000_000 };
const parse = (text: string) => parseXml(Buffer.from(text), limits);

test('a large base64 text stays out of the tree, and is the same when it is read', () => {
  const root = parse(`<a xmlns="u"><b>one</b><c k="v">${large}\r\n</c><d>\n ${large} </d></a>`);
  const [b, c, d] = ['b', 'c', 'd'].map((name) => findChild(root, 'u', name));
  assert.deepEqual([b?.text, b?.largeText, c?.attributes[0]?.value], ['one', undefined, 'v']);
  assert.equal(Buffer.from(c?.largeText ?? []).toString(), `${large}\r\n`);
  assert.deepEqual([c?.text, d?.text], [`${large}\r\n`, `\n ${large} `]);
});

test('what is large and no base64, or no content of an element, is as it was', () => {
  const words = 'some words '.repeat(50_000);
  assert.equal(parse(`<a>${words}</a>`).text, words);
  assert.equal(parse(`<a>${large}&amp;</a>`).text, `${large}&`);
  assert.equal(parse(`<a k="x>${large}">y</a>`).attributes[0]?.value, `x>${large}`);
  assert.equal(parse(`<a>y<!-- <x>${large}</x> --></a>`).text, 'y');
});

test('a large text that is only a part of an element is refused, not lost', () => {
  for (const text of [`<a>x<b/>${large}</a>`, `<a><![CDATA[<x>${large}</x>]]></a>`, `<a>${large}<b/>${large}</a>`]) assert.throws(() => parse(text), { code: 'XML_MALFORMED' });
});
