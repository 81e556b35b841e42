import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeToken } from '../tokens/decode-token.ts';
import { TokenRejected } from './token-rejected.ts';
import { acsKey, actorClaims, encode, evoKey, sign, target, userClaims, validator } from './test-tokens.ts';

async function isRefused(text: string): Promise<boolean> {
  try {
    await validator().validate(text, target);
    return false;
  } catch (error) {
    return error instanceof TokenRejected;
  }
}

test('whatever is sent as a token is refused as a token, and nothing else happens', async () => {
  const json = fc.jsonValue({ maxDepth: 2 });
  const part = fc.oneof(fc.string(), json.map(encode), fc.base64String());
  const texts = fc.oneof(fc.string({ maxLength: 200 }), fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('.')));
  await fc.assert(fc.asyncProperty(texts, isRefused), { numRuns: 300 });
  const header = fc.record({ alg: fc.constantFrom('none', 'RS256', 'PS256', 'HS256', null), kid: json, x5t: json, crit: json }, { requiredKeys: ['alg'] });
  const claims = fc.record({ iss: json, aud: json, exp: json, nbf: json, nameid: json, actortoken: fc.oneof(json, header.map((value) => `${encode(value)}.${encode(actorClaims)}.AAAA`)) }, { requiredKeys: [] });
  await fc.assert(fc.asyncProperty(header, claims, (head, body) => isRefused(`${encode(head)}.${encode(body)}.`)), { numRuns: 300 });
});

test('a signed token with one character changed is refused', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
  for (const token of [await sign(userClaims, evoKey), await sign(actorClaims, acsKey)]) {
    await validator().validate(token, target);
    const change = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(...alphabet.split(''))).filter(([at, character]) => token[at] !== character);
    await fc.assert(fc.asyncProperty(change, ([at, character]) => isRefused(token.slice(0, at) + character + token.slice(at + 1))), { numRuns: 150 });
    const last = token.at(-1) ?? '';
    for (const character of alphabet.replace(last, '')) assert.equal(await isRefused(token.slice(0, -1) + character), true, `${last} to ${character} at the end`);
  }
});

test('a token is taken apart into what it was made of', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: true }), (claims) => {
      const token = decodeToken(`${encode({ alg: 'none' })}.${encode(claims)}.`);
      assert.equal(JSON.stringify(token?.claims), JSON.stringify(JSON.parse(JSON.stringify(claims))));
    }),
    { numRuns: 100 },
  );
});

test('of all texts that Node reads as the same bytes, exactly the canonical one is taken', () => {
  const header = encode({ alg: 'none' });
  const claims = encode({});
  const texts = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    fc.array(fc.constantFrom(...'ABQgwx09-_+/= \n\u00e9\u1234'.split('')), { maxLength: 12 }).map((characters) => characters.join('')),
  );
  fc.assert(
    fc.property(texts, (signature) => {
      const canonical = Buffer.from(signature, 'base64url').toString('base64url') === signature;
      assert.equal(decodeToken(`${header}.${claims}.${signature}`) !== undefined, canonical, JSON.stringify(signature));
    }),
    { numRuns: 3000 },
  );
});

test('what is not UTF-8 is no token, and U+FFFD itself is text', () => {
  const part = (bytes: Buffer): string => `${encode({ alg: 'none' })}.${bytes.toString('base64url')}.`;
  assert.equal(decodeToken(part(Buffer.from('{"a":"\ufffd"}')))?.claims['a'], '\ufffd');
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
    assert.equal(decodeToken(part(Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')]))), undefined);
  }
});
