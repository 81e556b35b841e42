import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutLinePrefixes } from './line-prefixes.ts';

test('what every line begins with goes, whatever it is', () => {
  const sentence = ['An error occurred when', 'verifying security for', 'the message'];
  for (const prefix of [(line: number) => `${line + 8}: `, (line: number) => `${String(line + 98).padStart(5)}\t`, () => 'PL> ', (line: number) => `Nov 21 07:12:${line + 58} ex01 MSExchange[441${line}]: `, () => '| ', (line: number) => `transcript.txt-${line}-`]) {
    assert.equal(withoutLinePrefixes(sentence.map((line, index) => `${prefix(index)}${line}`).join('\n')), sentence.join('\n'));
  }
});

test('a single line and lines without a prefix stay', () => {
  assert.equal(withoutLinePrefixes('1: x'), '1: x');
  assert.equal(withoutLinePrefixes('first line\r\nsecond'), 'first line\nsecond');
});
