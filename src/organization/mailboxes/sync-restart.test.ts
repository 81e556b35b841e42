import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openOrganization } from '../open-organization.ts';
import type { Organization } from '../open-organization.ts';
import { anna } from './mailbox-fixture.ts';

test('sync states outlive a restart: after it they tell exactly what has changed since, and nothing twice', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-sync-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'organization.sqlite');
  const opened = async <Result>(work: (organization: Organization) => Promise<Result>): Promise<Result> => {
    const organization = await openOrganization({ file });
    try {
      return await work(organization);
    } finally {
      await organization.close();
    }
  };
  const before = await opened(async ({ mailboxes }) => {
    const mailbox = mailboxes.of(anna);
    const inbox = await mailbox.folders.distinguished('inbox');
    const root = await mailbox.folders.distinguished('msgfolderroot');
    const [kept, changed, gone] = await mailbox.items.createAll(inbox.id, [{}, {}, {}]);
    const { syncState: items } = await mailbox.sync.items(inbox.id, undefined, 100);
    const { syncState: folders } = await mailbox.sync.hierarchy(root.id, undefined);
    // Between state and restart.
    await mailbox.items.delete(gone?.id ?? '', 'HardDelete');
    return { inbox: inbox.id, root: root.id, kept: kept?.id, changed: changed?.id ?? '', gone: gone?.id, items, folders };
  });
  const after = await opened(async ({ mailboxes }) => {
    const mailbox = mailboxes.of(anna);
    await mailbox.items.update(before.changed, { set: { 'item:Subject': 'x' } });
    const passing = await mailbox.items.create(before.inbox, {});
    await mailbox.items.delete(passing.id, 'HardDelete');
    const { id: made } = await mailbox.items.create(before.inbox, {});
    const { id: folderId } = await mailbox.folders.create(before.inbox, { displayName: 'below' });
    return { made, folderId };
  });
  await opened(async ({ mailboxes }) => {
    const { sync } = mailboxes.of(anna);
    const items = await sync.items(before.inbox, before.items, 100);
    assert.deepEqual(
      items.changes.map((change) => `${change.type} ${'item' in change ? change.item.id : change.itemId}`).toSorted(),
      [`Create ${after.made}`, `Delete ${before.gone}`, `Update ${before.changed}`],
    );
    assert.deepEqual((await sync.items(before.inbox, items.syncState, 100)).changes, []);
    const folders = await sync.hierarchy(before.root, before.folders);
    assert.deepEqual(folders.changes.map((change) => [change.type, 'folder' in change ? change.folder.id : change.folderId]), [['Create', after.folderId]]);
    await assert.rejects(mailboxes.of('0a8f9d1e-6f0c-4d5a-9a53-0d6a3b1e0002').sync.items((await mailboxes.of('0a8f9d1e-6f0c-4d5a-9a53-0d6a3b1e0002').folders.distinguished('inbox')).id, before.items, 100), { code: 'ORGANIZATION_SYNC_STATE' });
  });
});
