import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { openOrganization } from '../open-organization.ts';
import type { Item, ItemChange, Restriction, SortBy } from '../index.ts';
import { matchesRestriction } from './match-restriction.ts';
import { anna } from './mailbox-fixture.ts';

/** What a client that only synchronizes believes of a folder. */
type Replica = Map<string, { changeKey: string; subject: unknown; isRead: unknown }>;

const folderNames = ['inbox', 'drafts', 'deleteditems'] as const;
const pick = fc.nat(9);
const operation = fc.oneof(
  fc.record({ do: fc.constant('create' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('rename' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('read' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('move' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('copy' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('delete' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('allRead' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('empty' as const), folder: fc.nat(2), at: fc.constant(0) }),
  fc.record({ do: fc.constant('sync' as const), folder: fc.nat(2), at: pick }),
  fc.record({ do: fc.constant('sync' as const), folder: fc.nat(2), at: pick }),
);

function apply(replica: Replica, changes: readonly ItemChange[]): void {
  for (const change of changes) {
    if (change.type === 'Delete') assert.ok(replica.delete(change.itemId), 'only what was told is told to be gone');
    else if (change.type === 'ReadFlagChange') {
      const known = replica.get(change.itemId);
      assert.ok(known !== undefined);
      known.isRead = change.isRead;
      known.changeKey = '?';
    } else {
      assert.equal(replica.has(change.item.id), change.type === 'Update', `${change.type} of what is ${change.type === 'Update' ? 'unknown' : 'known'}`);
      replica.set(change.item.id, seen(change.item));
    }
  }
}

function seen(item: Item): { changeKey: string; subject: unknown; isRead: unknown } {
  return { changeKey: item.changeKey, subject: item.properties['item:Subject'], isRead: item.properties['message:IsRead'] };
}

test('whatever happens, a client that synchronizes has what is there, and the counters count it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 40 }), async (operations) => {
      const organization = await openOrganization({ file: ':memory:' });
      const { items, folders, sync } = organization.mailboxes.of(anna);
      const ids = await Promise.all(folderNames.map(async (name) => (await folders.distinguished(name)).id));
      const model = ids.map(() => [] as string[]);
      const replicas = ids.map(() => ({ state: undefined as string | undefined, replica: new Map() as Replica }));
      let names = 0;
      const synchronize = async (folder: number, max: number, all: boolean): Promise<void> => {
        const client = replicas[folder];
        assert.ok(client !== undefined);
        for (;;) {
          const answer = await sync.items(ids[folder] ?? '', client.state, max);
          assert.ok(answer.changes.length <= max);
          apply(client.replica, answer.changes);
          client.state = answer.syncState;
          if (!all || answer.includesLast) return;
        }
      };
      for (const { do: what, folder, at } of operations) {
        const there = model[folder] ?? [];
        const id = there[at % Math.max(1, there.length)];
        const next = (folder + 1 + (at % 2)) % ids.length;
        const to = ids[folder] ?? '';
        if (what === 'create') there.push((await items.create(to, { properties: { 'item:Subject': `s${names++}`, 'message:IsRead': at % 2 === 0 } })).id);
        else if (what === 'sync') await synchronize(folder, 1 + at, false);
        else if (what === 'allRead') await items.markAllRead(to, at % 2 === 0);
        else if (what === 'empty') {
          await folders.empty(to, 'HardDelete', false);
          there.length = 0;
        } else if (id !== undefined) {
          if (what === 'rename') await items.update(id, { set: { 'item:Subject': `s${names++}` } });
          else if (what === 'read') await items.update(id, { set: { 'message:IsRead': at % 2 === 0 } });
          else if (what === 'copy') model[next]?.push((await items.copy(id, ids[next] ?? '')).id);
          else {
            there.splice(there.indexOf(id), 1);
            if (what === 'move') model[next]?.push((await items.move(id, ids[next] ?? '')).id);
            else await items.delete(id, 'HardDelete');
          }
        }
      }
      for (const [folder, id] of ids.entries()) {
        await synchronize(folder, 3, true);
        const expected = new Map((await items.getAll(model[folder] ?? [])).map((item) => [item?.id, item === undefined ? undefined : seen(item)]));
        const replica = replicas[folder]?.replica ?? new Map();
        assert.deepEqual(new Set(replica.keys()), new Set(expected.keys()));
        for (const [key, { subject, isRead, changeKey }] of replica) {
          assert.deepEqual({ subject, isRead }, { subject: expected.get(key)?.subject, isRead: expected.get(key)?.isRead });
          if (changeKey !== '?') assert.equal(changeKey, expected.get(key)?.changeKey);
        }
        const counted = await folders.get(id);
        assert.deepEqual([counted.totalCount, counted.unreadCount], [expected.size, [...expected.values()].filter((item) => item?.isRead === false).length]);
        assert.deepEqual(await sync.items(id, replicas[folder]?.state, 512).then(({ changes }) => changes), [], 'nothing more to tell');
      }
      await organization.close();
    }),
    { numRuns: 60 },
  );
});

const keys = ['item:Subject', 'message:IsRead', 'item:Size', '0x10f3', '0x6001', 'item:ItemClass', 'item:Categories', 'item:Importance'];
const constant = fc.oneof(fc.constantFrom('a', 'B', 'ab', 'IPM.Note', 'ipm.contact', 'High', 'normal'), fc.boolean(), fc.integer({ min: 0, max: 400 }));
const leaf: fc.Arbitrary<Restriction> = fc.oneof(
  fc.record({ type: fc.constantFrom('IsEqualTo', 'IsNotEqualTo', 'IsGreaterThan', 'IsLessThanOrEqualTo'), key: fc.constantFrom(...keys), to: fc.oneof(constant.map((value) => ({ constant: value })), fc.constantFrom(...keys).map((key) => ({ key }))) }) as fc.Arbitrary<Restriction>,
  fc.record({ type: fc.constant('Contains' as const), key: fc.constantFrom(...keys), value: fc.constantFrom('a', 'A', 'b', '%', ''), mode: fc.constantFrom('FullString', 'Prefixed', 'Substring', 'PrefixOnWords', 'ExactPhrase'), comparison: fc.constantFrom('Exact', 'IgnoreCase', 'Loose') }),
  fc.record({ type: fc.constant('Exists' as const), key: fc.constantFrom(...keys) }),
  fc.record({ type: fc.constant('Excludes' as const), key: fc.constantFrom('0x6001', '0x0e07'), bitmask: fc.nat(7) }),
);
const restriction: fc.Arbitrary<Restriction> = fc.letrec<{ node: Restriction }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ type: fc.constantFrom('And', 'Or'), of: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Restriction>,
    fc.record({ type: fc.constant('Not' as const), of: tie('node') }),
  ),
})).node;
const sorts: fc.Arbitrary<readonly SortBy[]> = fc.array(fc.record({ key: fc.constantFrom(...keys, 'item:DateTimeReceived', '0x0e23'), direction: fc.constantFrom('Ascending', 'Descending') }), { maxLength: 2 });

test('a view is what its filter lets through, in its order, page by page, however it is found', async () => {
  const organization = await openOrganization({ file: ':memory:' });
  const { items, folders } = organization.mailboxes.of(anna);
  const inbox = await folders.distinguished('inbox');
  for (let index = 0; index < 60; index++) {
    await items.create(inbox.id, {
      itemClass: index % 7 === 0 ? 'IPM.Contact' : 'IPM.Note',
      properties: {
        'item:Subject': ['a', 'B', 'ab', 'A b%', 'ä', 'x'.repeat(500 + index)][index % 6] ?? '',
        'message:IsRead': index % 3 === 0,
        'item:DateTimeReceived': 1000 * (index % 11),
        ...(index % 4 === 0 ? { '0x10f3': index % 8 === 0 ? 'A' : 'b' } : {}),
        ...(index % 5 === 0 ? { '0x6001': index } : {}),
        ...(index % 6 === 0 ? { 'item:Categories': ['a', 'c'], 'item:Importance': 'High' } : {}),
      },
    });
  }
  const { entries: all } = await items.find(inbox.id, { limit: 100, sortBy: [{ key: '0x0e23', direction: 'Ascending' }] });
  assert.equal(all.length, 60);
  await fc.assert(
    fc.asyncProperty(restriction, sorts, fc.nat(70), fc.integer({ min: 1, max: 20 }), fc.constantFrom('Beginning', 'End'), async (filter, sortBy, offset, limit, from) => {
      const expected = all.filter((item) => matchesRestriction(item.properties, filter)).map(({ id }) => id);
      const whole = await items.find(inbox.id, { restriction: filter, sortBy, limit: 100 });
      assert.deepEqual(whole.entries.map(({ id }) => id).sort(), expected.toSorted());
      assert.equal(whole.total, expected.length);
      const page = await items.find(inbox.id, { restriction: filter, sortBy, offset, limit, from });
      const ids = whole.entries.map(({ id }) => id);
      const end = Math.max(0, ids.length - offset);
      assert.deepEqual(page.entries.map(({ id }) => id), from === 'End' ? ids.slice(Math.max(0, end - limit), end) : ids.slice(offset, offset + limit));
      assert.equal(page.total, ids.length);
    }),
    { numRuns: 300 },
  );
  await organization.close();
});
