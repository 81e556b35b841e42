import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileIssuers } from './issuers.ts';
import { evoSts, issuer } from './test-tokens.ts';
import { createVerifiedTokens } from './verified-tokens.ts';
import type { VerifiedToken } from './verified-tokens.ts';

function verified(text: string): VerifiedToken {
  const known = compileIssuers([evoSts]).get(issuer);
  assert.ok(known !== undefined);
  return { text, claims: {}, issuer: known };
}

test('a token is remembered by its whole text', () => {
  const tokens = createVerifiedTokens(10);
  const token = verified('one.payload.signature-end');
  tokens.remember(token);
  assert.equal(tokens.recall('one.payload.signature-end'), token);
  assert.equal(tokens.recall('two.payload.signature-end'), undefined);
});

test('no more are remembered than there is room for', () => {
  const tokens = createVerifiedTokens(3);
  const texts = ['a', 'b', 'c', 'd'].map((name) => `${name}.${name}.${name.repeat(20)}`);
  for (const text of texts) tokens.remember(verified(text));
  assert.deepEqual(texts.map((text) => tokens.recall(text) !== undefined), [false, false, false, true]);
});
