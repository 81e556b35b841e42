import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignInStarts, startsPerMinute } from './sign-in-starts.ts';
import { nativeClient, startTestSignIn } from './sign-in/start-test-sign-in.ts';
import { refused, tenant } from './start-test-sts.ts';

const { post, time } = await startTestSignIn();

test('an address that begins sign-ins without end waits for the next minute, others do not', () => {
  let now = 1_000_000;
  const starts = createSignInStarts({ now: () => now });
  for (let count = 0; count < startsPerMinute; count++) assert.equal(starts.mayStart('192.0.2.1'), true);
  assert.equal(starts.mayStart('192.0.2.1'), false);
  assert.equal(starts.mayStart('192.0.2.2'), true);
  now += 60_000;
  assert.equal(starts.mayStart('192.0.2.1'), true);
});

test('device codes are not given without end', async () => {
  const path = `/${tenant}/oauth2/v2.0/devicecode`;
  for (let batch = 0; batch < startsPerMinute / 50; batch++) await Promise.all(Array.from({ length: 50 }, () => post(path, { scope: 'openid' })));
  const ask = (): ReturnType<typeof post> => post(path, { client_id: nativeClient, scope: 'openid' });
  refused(await ask(), 429, 'temporarily_unavailable', [90055]);
  time.offset = 61_000;
  assert.equal((await ask()).status, 200);
});
