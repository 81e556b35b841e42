import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readRunRecords, startRunRecord } from './run-record.ts';

test('runs of the same second are two records, the older one first', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-records-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const before = { takenAt: '2026-01-01T00:00:00.000Z', sides: {} };
  for (const step of ['first', 'second']) {
    const record = startRunRecord(folder, '20260101_000000', before);
    record.willRun(step, { session: 'Cloud', cmdlet: `Get-${step}`, parameters: {} }, 0);
    record.end(0);
  }
  assert.deepEqual(readRunRecords(folder).map(({ name, invocations }) => [name, invocations.map(({ cmdlet }) => cmdlet)]), [
    ['20260101_000000', ['Get-first']],
    ['20260101_000000_02', ['Get-second']],
  ]);
});
