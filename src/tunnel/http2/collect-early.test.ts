import assert from 'node:assert/strict';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { test } from 'node:test';
import { collectEarly } from './collect-early.ts';

test('after enough bytes the young generation is collected, and it alone', async () => {
  const kind = await new Promise<number>((resolve, reject) => {
    const observer = new PerformanceObserver((list) => {
      const forced = list.getEntries().map((entry) => (entry as unknown as { detail: { kind: number; flags: number } }).detail).find(({ flags }) => (flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0);
      if (forced === undefined) return;
      observer.disconnect();
      resolve(forced.kind);
    });
    observer.observe({ entryTypes: ['gc'] });
    try {
      collectEarly(16 * 1024 * 1024);
    } catch (error) {
      reject(error);
    }
  });
  assert.equal(kind, constants.NODE_PERFORMANCE_GC_MINOR);
});
