import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOfGuid, guidOfBytes, isGuid } from './guid-bytes.ts';

test('a GUID’s bytes are those that Windows keeps, and lead back to it', () => {
  const guid = '00112233-4455-6677-8899-aabbccddeeff';
  assert.equal(Buffer.from(bytesOfGuid(guid)).toString('hex'), '33221100554477668899aabbccddeeff');
  assert.equal(guidOfBytes(bytesOfGuid(guid)), guid);
  assert.deepEqual([isGuid(guid), isGuid(`${guid}0`)], [true, false]);
});
