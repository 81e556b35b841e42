import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ewsOperationNames } from '../../src/ews/index.ts';

test('docs/ews.md lists every operation that is served, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/ews.md'), 'utf8');
  const [, section = ''] = /## Operations\n(.*?)\n## /s.exec(text) ?? [];
  const listed = section.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''));
  assert.deepEqual(listed.toSorted(), [...ewsOperationNames].toSorted());
});
