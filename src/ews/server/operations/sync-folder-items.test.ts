import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createMessage, descendants, openEwsFixture, textOf } from '../ews-fixture.ts';
import type { EwsFixture } from '../ews-fixture.ts';

interface Synchronized {
  state: string;
  isLast: string | undefined;
  changes: string[];
}

async function open(t: TestContext): Promise<{ fixture: EwsFixture; sync(state?: string, most?: number, folder?: string): Promise<Synchronized> }> {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  return {
    fixture,
    async sync(state = '', most = 100, folder = 'drafts') {
      const { body, codes } = await fixture.ask(`<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="${folder}"/></m:SyncFolderId>${state === '' ? '' : `<m:SyncState>${state}</m:SyncState>`}<m:MaxChangesReturned>${most}</m:MaxChangesReturned></m:SyncFolderItems>`);
      assert.deepEqual(codes, ['NoError']);
      return {
        state: textOf(body, 'SyncState') ?? '',
        isLast: textOf(body, 'IncludesLastItemInRange'),
        changes: (descendants(body, 'Changes')[0]?.children ?? []).map((change) => `${change.local} ${textOf(change, 'Subject') ?? textOf(change, 'IsRead') ?? ''}`.trim()),
      };
    },
  };
}

const remove = (id: string): string => `<m:DeleteItem DeleteType="HardDelete"><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:DeleteItem>`;

test('what came and went between two calls does not show; the rest does, once', async (t) => {
  const { fixture, sync } = await open(t);
  const kept = await createMessage(fixture, 'kept');
  const gone = await createMessage(fixture, 'gone');
  const before = await sync();
  assert.deepEqual([before.changes.toSorted(), before.isLast], [['Create gone', 'Create kept'], 'true']);
  await fixture.ask(remove(await createMessage(fixture, 'a moment')));
  await fixture.ask(remove(gone));
  await createMessage(fixture, 'new');
  await fixture.ask(`<m:UpdateItem MessageDisposition="SaveOnly" ConflictResolution="AlwaysOverwrite"><m:ItemChanges><t:ItemChange><t:ItemId Id="${kept}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:Message><t:Subject>kept and changed</t:Subject></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  const after = await sync(before.state);
  assert.deepEqual(after.changes.toSorted(), ['Create new', 'Delete', 'Update kept and changed']);
  assert.deepEqual((await sync(after.state)).changes, []);
  assert.deepEqual((await sync(before.state)).changes.toSorted(), after.changes.toSorted(), 'an older state still tells what it did not know');
});

test('changes come in pieces of the size asked for, none lost and none twice', async (t) => {
  const { fixture, sync } = await open(t);
  for (let index = 0; index < 7; index++) await createMessage(fixture, `m${index}`);
  const found: string[] = [];
  for (let answer = await sync('', 3); ; answer = await sync(answer.state, 3)) {
    assert.ok(answer.changes.length <= 3);
    found.push(...answer.changes);
    if (answer.isLast === 'true') break;
  }
  assert.deepEqual(found.toSorted(), Array.from({ length: 7 }, (_, index) => `Create m${index}`));
});

test('a read mark is told as such', async (t) => {
  const { fixture, sync } = await open(t);
  const mailbox = fixture.organization.mailboxes.of(fixture.people.bert.guid);
  const { id } = await mailbox.items.create((await mailbox.folders.distinguished('inbox')).id, { mime: Buffer.from('Subject: unread\r\n\r\nx') });
  const { state } = await sync('', 100, 'inbox');
  await mailbox.items.update(id, { set: { 'message:IsRead': true } });
  assert.deepEqual((await sync(state, 100, 'inbox')).changes, ['ReadFlagChange true']);
});

test('states of another folder, another mailbox, and what is none are refused', async (t) => {
  const { fixture, sync } = await open(t);
  await createMessage(fixture, 'x');
  const { state } = await sync();
  const request = (folder: string, text: string): string => `<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="${folder}"/></m:SyncFolderId><m:SyncState>${text}</m:SyncState><m:MaxChangesReturned>10</m:MaxChangesReturned></m:SyncFolderItems>`;
  for (const [folder, text, as] of [['inbox', state, 'bert'], ['drafts', state, 'anna'], ['drafts', 'AAAA', 'bert'], ['drafts', `${state.slice(0, -6)}AAAAA=`, 'bert']] as const) {
    assert.deepEqual((await fixture.ask(request(folder, text), { as })).codes, ['ErrorInvalidSyncStateData'], `${folder} ${as}`);
  }
});
