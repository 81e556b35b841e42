import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

test('docs/identity-failures.md: every row that concerns tokens is there, and names a test that exists', () => {
  const page = readFileSync(join(root, 'docs/identity-failures.md'), 'utf8');
  const rows = Array.from(page.matchAll(/^\| (\w+) \|.*\| (\S+\.test\.ts): (.+) \|$/gm), ([, row = '', file = '', name = '']) => ({ row, file, name }));
  const numbers = [3, 6, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20, 21, 23, 25, 26, 27, 28, 33, 34].map(String);
  assert.deepEqual(rows.map(({ row }) => row), [...Array.from({ length: 8 }, (_, index) => `H${index + 1}`), ...numbers, 'W2', 'N1']);
  for (const { row, file, name } of rows) {
    assert.ok(existsSync(join(root, file)), `${row}: ${file}`);
    const text = readFileSync(join(root, file), 'utf8');
    const wanted = /^rows? \d/.test(name) ? new RegExp(`rows? (?:\\d+(?:,| and) )*${row}\\b`) : undefined;
    assert.ok(wanted?.test(text) ?? text.includes(name), `${row}: ${file} has no “${name}”`);
  }
});
