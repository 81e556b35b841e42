import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLog } from '../../foundation/index.ts';
import type { Log } from '../../foundation/index.ts';
import { keepLink } from './keep-link.ts';
import type { RelayLink } from './open-relay-link.ts';

test('an attempt that fails is told, and one that fails because the agent stops is not', async () => {
  const warnings: string[] = [];
  const log = Object.create(silentLog) as Log;
  log.warn = (_: unknown, text?: string) => void warnings.push(text ?? '');
  for (const stops of [false, true]) {
    const { promise, reject } = Promise.withResolvers<RelayLink>();
    const link = keepLink({ open: () => promise, onStateChanged: () => undefined, random: () => 0, minimumPauseMs: 60_000, maximumPauseMs: 60_000, log });
    if (stops) link.stop();
    reject(new Error(stops ? 'stopping' : 'no relay'));
    await promise.catch(() => undefined);
    assert.equal(link.status.state, stops ? 'closed' : 'waiting');
    link.destroy();
  }
  assert.deepEqual(warnings, ['no relay']);
});
