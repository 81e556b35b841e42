import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FolderChange, FolderRights } from '../index.ts';
import { distinguishedFolderNames } from '../index.ts';
import { openMailbox } from './mailbox-fixture.ts';

test('every mailbox has the distinguished folders, each in its place', async (t) => {
  const { mailbox } = await openMailbox(t);
  const root = await mailbox.folders.distinguished('root');
  const { entries } = await mailbox.folders.find(root.id, { traversal: 'Deep', limit: 100 });
  assert.deepEqual(new Set(entries.map(({ distinguishedName }) => distinguishedName)), new Set(distinguishedFolderNames.filter((name) => name !== 'root')));
  const calendar = await mailbox.folders.distinguished('calendar');
  assert.equal(calendar.folderClass, 'IPF.Appointment');
  assert.equal(calendar.parentId, (await mailbox.folders.distinguished('msgfolderroot')).id);
  await assert.rejects(mailbox.folders.delete(calendar.id, 'HardDelete'), { code: 'ORGANIZATION_DISTINGUISHED_FOLDER' });
});

test('folders are made, renamed, moved, copied and deleted, with all that is in them', async (t) => {
  const { mailbox } = await openMailbox(t);
  const { folders, items } = mailbox;
  const [top, inbox, trash] = [await folders.distinguished('msgfolderroot'), await folders.distinguished('inbox'), await folders.distinguished('deleteditems')];
  const projects = await folders.create(top.id, { displayName: 'Projects', properties: { '0x6001': 'kept' } });
  const deep = await folders.create(projects.id, { displayName: 'Deep' });
  assert.equal(deep.folderClass, 'IPF.Note');
  await assert.rejects(folders.create(top.id, { displayName: 'PROJECTS' }), { code: 'ORGANIZATION_FOLDER_EXISTS' });
  await items.create(deep.id, { properties: { 'message:IsRead': false } });
  const renamed = await folders.update(projects.id, { displayName: 'Work', set: { '0x6002': 1 } }, projects.changeKey);
  assert.deepEqual([renamed.displayName, renamed.properties['0x6001'], renamed.properties['0x6002'], renamed.childFolderCount], ['Work', 'kept', 1, 1]);
  await assert.rejects(folders.update(projects.id, { displayName: 'X' }, projects.changeKey), { code: 'ORGANIZATION_CHANGE_CONFLICT' });
  await assert.rejects(folders.move(projects.id, deep.id), { code: 'ORGANIZATION_FOLDER_CYCLE' });
  const copy = await folders.copy(projects.id, inbox.id);
  const [copied] = (await folders.find(copy.id, { traversal: 'Shallow', limit: 5 })).entries;
  assert.deepEqual([copied?.displayName, copied?.totalCount, copied?.unreadCount], ['Deep', 1, 1]);
  assert.equal((await folders.move(projects.id, inbox.id).catch((error: { code: string }) => error.code)), 'ORGANIZATION_FOLDER_EXISTS');
  await folders.delete(copy.id, 'HardDelete');
  await assert.rejects(folders.get(copied?.id ?? ''), { code: 'ORGANIZATION_FOLDER_NOT_FOUND' });
  assert.equal((await folders.move(projects.id, inbox.id)).parentId, inbox.id);
  await folders.delete(projects.id, 'MoveToDeletedItems');
  assert.equal((await folders.get(projects.id)).parentId, trash.id);
  await folders.empty(trash.id, 'HardDelete', true);
  assert.deepEqual(await mailbox.size(), { items: 0, bytes: 0 });
  assert.equal((await folders.get(trash.id)).childFolderCount, 0);
});

test('hierarchy: exact differences; counters are none, and what came and went does not show', async (t) => {
  const { mailbox } = await openMailbox(t);
  const { folders, sync } = mailbox;
  const top = await folders.distinguished('msgfolderroot');
  const first = await sync.hierarchy(top.id, undefined);
  assert.equal(first.changes.length, 11);
  const shown = (changes: readonly FolderChange[]): string[] => changes.map((change) => `${change.type} ${change.type === 'Delete' ? change.folderId : change.folder.displayName}`);
  const [one, two] = [await folders.create(top.id, { displayName: 'One' }), await folders.create(top.id, { displayName: 'Two' })];
  await folders.delete(two.id, 'HardDelete');
  await mailbox.items.create(one.id, {});
  const second = await sync.hierarchy(top.id, first.syncState);
  assert.deepEqual(shown(second.changes), ['Create One']);
  await mailbox.items.create(one.id, {});
  assert.deepEqual((await sync.hierarchy(top.id, second.syncState)).changes, []);
  await folders.update(one.id, { displayName: 'Uno' });
  const third = await sync.hierarchy(top.id, second.syncState);
  assert.deepEqual(shown(third.changes), ['Update Uno']);
  await folders.delete(one.id, 'SoftDelete');
  assert.deepEqual(shown((await sync.hierarchy(top.id, third.syncState)).changes), [`Delete ${one.id}`]);
});

test('foreign, mangled and forgotten states are refused', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const [inbox, drafts] = [await mailbox.folders.distinguished('inbox'), await mailbox.folders.distinguished('drafts')];
  await mailbox.items.create(inbox.id, {});
  const { syncState } = await mailbox.sync.items(inbox.id, '', 10);
  const refused = { code: 'ORGANIZATION_SYNC_STATE' };
  await assert.rejects(mailbox.sync.items(drafts.id, syncState, 10), refused);
  await assert.rejects(mailbox.sync.hierarchy(inbox.id, syncState), refused);
  for (const state of ['x', syncState.slice(0, -4), Buffer.from('1 items').toString('base64')]) await assert.rejects(mailbox.sync.items(inbox.id, state, 10), refused);
  await mailbox.items.delete((await mailbox.items.create(inbox.id, {})).id, 'HardDelete');
  await organization.store.db.updateTable('mailbox_folder').set({ forgotten: 1_000 }).execute();
  await assert.rejects(mailbox.sync.items(inbox.id, syncState, 10), refused);
});

test('permissions: by level, by one\'s own entry or Default; the calendar has its own', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const { folders } = mailbox;
  const [inbox, calendar] = [await folders.distinguished('inbox'), await folders.distinguished('calendar')];
  const user = '0a8f9d1e-6f0c-4d5a-9a53-0d6a3b1e0009';
  assert.equal((await folders.rights(inbox.id, user)).readItems, 'None');
  const rights = await folders.rights(inbox.id, user);
  await folders.setPermissions(inbox.id, [{ user, level: 'Editor', rights }, { user: 'Default', level: 'Reviewer', rights }]);
  const editor: FolderRights = await folders.rights(inbox.id, user.toUpperCase());
  assert.deepEqual([editor.readItems, editor.editItems, editor.canCreateSubFolders], ['FullDetails', 'All', false]);
  assert.equal((await folders.rights(inbox.id, 'someone')).editItems, 'None');
  assert.equal((await folders.rights(inbox.id, undefined)).readItems, 'None', 'Anonymous');
  await organization.calendars.setPermission(mailbox.guid, user, 'LimitedDetails');
  assert.equal((await folders.rights(calendar.id, user)).readItems, 'TimeAndSubjectAndLocation');
  await folders.setPermissions(calendar.id, [{ user: 'Default', level: 'FreeBusyTimeOnly', rights }]);
  assert.deepEqual(await organization.calendars.permissions(mailbox.guid), [{ user: 'Default', accessRights: 'AvailabilityOnly' }, { user: 'Anonymous', accessRights: 'None' }]);
  await assert.rejects(folders.setPermissions(inbox.id, [{ user, level: 'FreeBusyTimeOnly', rights }]), { code: 'ORGANIZATION_INVALID_FOLDER_PERMISSION' });
});
