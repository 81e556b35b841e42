import assert from 'node:assert/strict';
import { randomBytes, scryptSync } from 'node:crypto';
import { test } from 'node:test';
import { createClientSecret, defaultHashCost, hashSecret, spendVerification, storedSyncedHash, verifySecret } from './secret-hash.ts';

test('a hash verifies its own secret only, in any Unicode form, and never looks the same twice', async () => {
  const stored = await hashSecret('Pa\u00dfwort-\u00e9', 1024);
  assert.match(stored, /^scrypt\$1024\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  assert.equal(await verifySecret('Pa\u00dfwort-e\u0301', stored), true);
  assert.equal(await verifySecret('passwort-\u00e9', stored), false);
  assert.equal(await verifySecret('', stored), false);
  assert.notEqual(await hashSecret('Pa\u00dfwort-\u00e9', 1024), stored);
});

test('a secret that is too long or a hash of another kind verifies nothing', async () => {
  const long = 'x'.repeat(1025);
  assert.equal(await verifySecret(long, await hashSecret(long, 1024)), false);
  for (const stored of ['', 'plain', 'bcrypt$1024$8$1$AAAA$AAAA', 'scrypt$1024$8$1$AAAA']) assert.equal(await verifySecret('plain', stored), false);
  assert.equal(await spendVerification(long, 1024), false);
});

test('the default cost works, and client secrets are long and differ', async () => {
  assert.equal(await verifySecret('x', await hashSecret('x', defaultHashCost)), true);
  assert.equal(Buffer.from(createClientSecret(), 'base64url').length, 32);
  assert.notEqual(createClientSecret(), createClientSecret());
});

test('what nobody has costs as much as the hash that it is to be taken for, and is wrong even where it would fit', async () => {
  const salt = randomBytes(16);
  const like = storedSyncedHash(['scrypt', 1024, 8, 3, salt.toString('base64'), scryptSync('a password', salt, 32, { N: 1024, r: 8, p: 3 }).toString('base64')].join('$'));
  assert.equal(await verifySecret('a password', like), true);
  assert.equal(await spendVerification('a password', 1024, like), false);
});
