import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as assertProperty, constantFrom, property, string } from 'fast-check';
import { hasWildCard, wildCardMatcher } from './wild-card.ts';

test('a pattern without a wild card matches itself only, whatever the case', () => {
  assert.equal(hasWildCard('EvoSTS'), false);
  assert.equal(wildCardMatcher('EvoSTS')('evosts'), true);
  assert.equal(wildCardMatcher('EvoSTS')('evosts '), false);
});

test('a star stands for any run of characters, the empty one too', () => {
  for (const [pattern, text, expected] of [
    ['*', '', true],
    ['Evo*', 'EvoSTS - 1', true],
    ['*sts', 'EvoSTS', true],
    ['E*o*S', 'EvoSTS', true],
    ['ab*ba', 'aba', false],
    ['a*b*a', 'aa', false],
    ['a.c*', 'abc', false],
  ] as const) {
    assert.equal(wildCardMatcher(pattern)(text), expected, `${pattern} against ${text}`);
  }
});

test('agrees with the regular expression of the same meaning', () => {
  assertProperty(
    property(string({ unit: constantFrom('a', 'b', '*', '.'), maxLength: 8 }), string({ unit: constantFrom('a', 'b', '.'), maxLength: 10 }), (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i');
      assert.equal(wildCardMatcher(pattern)(text), expression.test(text));
    }),
  );
});
