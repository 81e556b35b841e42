import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as check, property, uint8Array } from 'fast-check';
import { fromBase32, matchOneTimePassword, oneTimePassword, oneTimePasswordStep, toBase32 } from './one-time-password.ts';

const secret = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238, appendix B, cut to six digits', () => {
  const vectors: [number, string][] = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ];
  for (const [seconds, code] of vectors) assert.equal(oneTimePassword(secret, oneTimePasswordStep(seconds * 1000)), code);
});

test('the steps beside the present one are taken, spent ones and everything else are not', () => {
  const now = 1_111_111_109_000;
  const current = oneTimePasswordStep(now);
  for (const step of [current - 1, current, current + 1]) assert.equal(matchOneTimePassword(secret, oneTimePassword(secret, step), { now, after: 0 }), step);
  for (const step of [current - 2, current + 2]) assert.equal(matchOneTimePassword(secret, oneTimePassword(secret, step), { now, after: 0 }), undefined);
  assert.equal(matchOneTimePassword(secret, oneTimePassword(secret, current), { now, after: current }), undefined);
  for (const text of ['', '12345', '1234567', 'abcdef', '１２３４５６']) assert.equal(matchOneTimePassword(secret, text, { now, after: 0 }), undefined);
});

test('base32 is that of RFC 4648 and comes back', () => {
  assert.equal(toBase32(Buffer.from('foobar')), 'MZXW6YTBOI');
  check(property(uint8Array({ maxLength: 40 }), (bytes) => Buffer.compare(fromBase32(toBase32(Buffer.from(bytes))), Buffer.from(bytes)) === 0), { numRuns: 50 });
});
