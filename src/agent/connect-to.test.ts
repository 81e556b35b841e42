import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { connectTo, placePattern } from './connect-to.ts';

test('a listed name and port is dialled elsewhere, in any case; others are dialled as they are', async () => {
  const dialled: string[] = [];
  const dial = connectTo({ 'Mail.contoso.local:443': '10.0.0.5:8443', 'relay.example:443': '[::1]:444' }, async (host, port) => (dialled.push(`${host} ${port}`), undefined as unknown as Socket));
  await dial('mail.CONTOSO.local', 443);
  await dial('mail.contoso.local', 444);
  await dial('relay.example', 443);
  assert.deepEqual(dialled, ['10.0.0.5 8443', 'mail.contoso.local 444', '::1 444']);
  assert.deepEqual(['a:1', '[::1]:443', 'a', 'https://a:1', ':1', 'a b:1'].map((place) => placePattern.test(place)), [true, true, false, false, false, false]);
});
