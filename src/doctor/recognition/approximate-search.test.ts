import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAlphabet, createPattern, fewestErrors, longestPattern, numbered } from './approximate-search.ts';

/** The same by the table that everybody knows (Sellers 1980). */
function byTable(pattern: string, text: string): number {
  let column = Array.from({ length: pattern.length + 1 }, (_, index) => index);
  let fewest = pattern.length;
  for (const letter of text) {
    const next = [0];
    for (let at = 1; at <= pattern.length; at++) next.push(Math.min((column[at - 1] ?? 0) + (pattern[at - 1] === letter ? 0 : 1), (column[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    column = next;
    fewest = Math.min(fewest, column.at(-1) ?? fewest);
  }
  return fewest;
}

test('counts what the slow way counts, for every length of pattern', () => {
  let state = 7;
  const draw = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  const word = (length: number): string => Array.from({ length }, () => 'abcd'[draw(4)] ?? '').join('');
  for (let length = 1; length <= longestPattern; length++) {
    for (let round = 0; round < 12; round++) {
      const pattern = word(length);
      const text = `${word(draw(30))}${round % 2 === 0 ? `${pattern.slice(0, draw(length + 1))}x${pattern.slice(draw(length))}` : ''}${word(draw(30))}`;
      const alphabet = createAlphabet([pattern]);
      assert.equal(fewestErrors(createPattern(pattern, alphabet), numbered(text, alphabet), longestPattern), byTable(pattern, text), `${pattern} in ${text}`);
    }
  }
});

test('says only that it takes more, where it takes more than was asked for', () => {
  const alphabet = createAlphabet(['provision']);
  const pattern = createPattern('provision', alphabet);
  assert.equal(fewestErrors(pattern, numbered('theprovlsionis', alphabet), 2), 1);
  assert.equal(fewestErrors(pattern, numbered('nothing of it', alphabet), 2), 3);
});
