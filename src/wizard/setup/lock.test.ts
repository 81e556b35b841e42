import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { takeLock } from './lock.ts';

const since = '2026-11-21T00:00:00.000Z';

function inFolder(run: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-lock-'));
  try {
    run(join(folder, 'records/setup.lock'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('one holds it; another is told who, since when, and what to do; released, it is free', () =>
  inFolder((file) => {
    const lock = takeLock(file, process.ppid, Date.parse(since));
    assert.throws(() => takeLock(file, process.pid, 0), { code: 'WIZARD_LOCKED', message: `Another wizard is at work: process ${process.ppid} on ${hostname()}, since ${since}.`, remedy: `Wait for it to end. If it is certain that none is, remove ${file}.` });
    lock.release();
    assert.equal(takeLock(file, process.pid, 0).tookOverFrom, undefined);
  }));

test('one of another machine that shares the folder is never taken over', () =>
  inFolder((file) => {
    takeLock(file, process.pid, 0).release();
    writeFileSync(file, JSON.stringify({ processId: 999_999_999, host: 'HCW2', since }));
    assert.throws(() => takeLock(file, process.pid, 0), { code: 'WIZARD_LOCKED', message: /process 999999999 on HCW2, since 2026-11-21/ });
  }));

test('one of a process that is gone is taken over, also where another process has its number now', { skip: existsSync('/proc/self/stat') ? false : 'this system does not say when a process began' }, () =>
  inFolder((file) => {
    takeLock(file, process.ppid, Date.parse(since));
    const holder = JSON.parse(readFileSync(file, 'utf8')) as { processId: number; start: string };
    for (const left of [{ ...holder, processId: 999_999_999 }, { ...holder, start: 'another boot 1' }]) {
      writeFileSync(file, JSON.stringify(left));
      const lock = takeLock(file, process.pid, 0);
      assert.equal(lock.tookOverFrom?.processId, left.processId);
      lock.release();
    }
    // Who says nothing of it is believed.
    writeFileSync(file, JSON.stringify({ processId: process.ppid, host: hostname(), since }));
    assert.throws(() => takeLock(file, process.pid, 0), { code: 'WIZARD_LOCKED' });
  }));
