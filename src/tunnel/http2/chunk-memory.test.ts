import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countHolders, holdBytes, releaseBytes } from './chunk-memory.ts';

function chunkOf(length: number): Buffer {
  const chunk = Buffer.allocUnsafeSlow(length);
  chunk.fill(7);
  return chunk;
}

test('memory is free when the last holder of any part of a chunk has released it, and not before', () => {
  const chunk = chunkOf(16 * 1024);
  const part = chunk.subarray(100, 200);
  countHolders(chunk);
  assert.equal(holdBytes(part), true);
  releaseBytes(chunk);
  assert.equal(part.length, 100);
  releaseBytes(part);
  assert.deepEqual([chunk.length, part.length, chunk.buffer.byteLength], [0, 0, 0]);
  // Nobody holds it any more: nothing to hold, nothing to release.
  assert.equal(holdBytes(chunk), false);
  releaseBytes(chunk);
});

test('nobody counts by default, nor small chunks, nor memory of which others have a part', () => {
  const ordinary = chunkOf(16 * 1024);
  const small = chunkOf(1024);
  const shared = chunkOf(32 * 1024);
  countHolders(small);
  countHolders(shared.subarray(0, 16 * 1024));
  for (const chunk of [ordinary, small, shared]) {
    assert.equal(holdBytes(chunk), false);
    releaseBytes(chunk);
    assert.equal(chunk.every((byte) => byte === 7), true);
  }
});
