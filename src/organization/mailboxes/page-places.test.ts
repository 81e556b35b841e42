import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemQuery } from './item.ts';
import { openMailbox } from './mailbox-fixture.ts';

const keys = ['item:DateTimeReceived', 'item:Subject', 'item:Size', 'message:IsRead', 'item:HasAttachments', 'calendar:Start', 'item:DateTimeCreated'];

test('pages of any size, from anywhere and again, are parts of the whole view, also when the folder changes between them', async (t) => {
  const { mailbox } = await openMailbox(t);
  const { id: folder } = await mailbox.folders.distinguished('inbox');
  const items = Array.from({ length: 60 }, (_, index) => ({ properties: { 'item:Subject': `s${index % 7}`, 'item:DateTimeReceived': 1_000_000 * (index % 5), 'message:IsRead': index % 3 === 0 } }));
  const refs = await mailbox.items.createAll(folder, items);
  const ids = async (query: ItemQuery): Promise<string[]> => (await mailbox.items.find(folder, query)).entries.map(({ id }) => id);
  const orders = keys.flatMap((key) => (['Ascending', 'Descending'] as const).map((direction) => [{ key, direction }]));
  orders.push([{ key: 'item:Subject', direction: 'Ascending' }, { key: 'item:DateTimeReceived', direction: 'Ascending' }], [{ key: 'item:Subject', direction: 'Ascending' }, { key: 'item:DateTimeReceived', direction: 'Descending' }]);
  for (const round of [0, 1, 2]) {
    for (const sortBy of orders) {
      const whole = await ids({ sortBy, limit: 1_000 });
      assert.equal(whole.length, 60 - round);
      for (const limit of [7, 20]) for (const turn of [0, 1]) for (let offset = 0; offset < whole.length; offset += limit) assert.deepEqual(await ids({ sortBy, limit, offset }), whole.slice(offset, offset + limit), `${JSON.stringify(sortBy)} ${limit} ${offset} ${turn}`);
      assert.deepEqual(await ids({ sortBy, limit: 9, offset: 7, from: 'End' }), whole.slice(-16, -7));
      const backward = (direction: string): 'Ascending' | 'Descending' => (direction === 'Ascending' ? 'Descending' : 'Ascending');
      assert.deepEqual(await ids({ sortBy: sortBy.map(({ key, direction }) => ({ key, direction: backward(direction) })), limit: 1_000 }), whole.toReversed());
    }
    const [gone, changed] = [refs[round * 20 + 3], refs[round * 20 + 5]];
    assert.ok(gone !== undefined && changed !== undefined);
    await mailbox.items.delete(gone.id, 'HardDelete');
    await mailbox.items.update(changed.id, { set: { 'item:Subject': `a${round}`, 'item:DateTimeReceived': 9_000_000 - round } });
  }
});
