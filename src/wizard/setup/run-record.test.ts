import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test('a line that a full disk cut short is no line, and the next one does not go on with it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-records-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const ran = (cmdlet: string) => ({ session: 'Cloud', cmdlet, parameters: {} }) as const;
  startRunRecord(folder, '20260101_000000', { takenAt: '2026-01-01T00:00:00.000Z', sides: {} }).willRun('step', ran('New-First'), 0);
  appendFileSync(join(folder, '20260101_000000/journal.jsonl'), '{"at":"1970-01-01T00:00:00.000Z","kind":"run","st');
  readRunRecords(folder)[0]?.willRun('step', ran('New-Second'), 0);
  // Whole, but for its end.
  appendFileSync(join(folder, '20260101_000000/journal.jsonl'), JSON.stringify({ at: '1970-01-01T00:00:00.000Z', kind: 'run', step: 'step', ...ran('New-Third') }));
  readRunRecords(folder)[0]?.end(0);
  const [record] = readRunRecords(folder);
  assert.deepEqual([record?.invocations.map(({ cmdlet }) => cmdlet), record?.isFinished], [['New-First', 'New-Second', 'New-Third'], true]);
});

test('a run whose beginning was not written whole is no run; where nothing can be written that is said', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-records-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, '20260101_000000'));
  writeFileSync(join(folder, '20260101_000000/before.json.new'), '{"takenAt":"2026');
  assert.deepEqual(readRunRecords(folder), []);
  writeFileSync(join(folder, 'file'), '');
  assert.throws(() => startRunRecord(join(folder, 'file'), '20260101_000000', { takenAt: '2026-01-01T00:00:00.000Z', sides: {} }), { code: 'WIZARD_RECORDS', message: /a file stands where a folder should/ });
});
