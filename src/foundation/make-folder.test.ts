import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from './make-folder.ts';

test('folders above are made, with the same mode; what is there stays; a file in the way is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-folder-'));
  try {
    makeFolder(join(folder, 'a/b/c'), { mode: 0o700 });
    makeFolder(join(folder, 'a/b/c'));
    for (const name of ['a', 'a/b', 'a/b/c']) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o700, name);
    writeFileSync(join(folder, 'file'), '');
    assert.throws(() => makeFolder(join(folder, 'file')), { code: 'EEXIST' });
    assert.throws(() => makeFolder(join(folder, 'file/below/it')), { code: 'ENOTDIR' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('where no folder can be made it ends, with an error', { skip: existsSync('/proc/self') ? false : 'there is no /proc here' }, () => {
  assert.throws(() => makeFolder('/proc/x'), { code: 'ENOENT' });
  assert.throws(() => makeFolder('/proc/x/y'), { code: 'ENOENT' });
});
