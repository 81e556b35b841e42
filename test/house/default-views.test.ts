import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultView, nounsWithViews } from '../../src/management/shell/formatting/default-view.ts';

const lines = readFileSync(new URL('default-views.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const recorded = new Map(lines.map((line) => {
  const [, noun = '', columns = ''] = /^(?:seen|known|ours) +(\w+): (.+)$/.exec(line) ?? [];
  return [noun, columns] as const;
}));

test('what objects show unasked is on record, column by column, and nothing on record is gone', () => {
  const shown = new Map(nounsWithViews().map((noun) => {
    const properties = (recorded.get(noun) ?? '').split(' ').map((column) => column.split(/[:=]/)[0] ?? '');
    const { kind, columns } = defaultView(noun, properties);
    return [noun, kind === 'list' ? 'a list' : columns.map(({ property, width, heading }) => `${property}${width === undefined ? '' : `:${width}`}${heading === undefined ? '' : `=${heading}`}`).join(' ')] as const;
  }));
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(recorded));
});

test('Exchange Online’s mailboxes, which name their database, have its columns', () => {
  const { columns } = defaultView('Mailbox', ['ExternalDirectoryObjectId', 'Name', 'Alias', 'Database', 'ServerName', 'ProhibitSendQuota']);
  assert.deepEqual(columns.map(({ property, width }) => [property, width]), [['Name', 25], ['Alias', 15], ['Database', 30], ['ProhibitSendQuota', 20], ['ExternalDirectoryObjectId', undefined]]);
});
