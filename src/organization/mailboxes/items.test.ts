import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Item, MailboxEvent } from '../index.ts';
import { instanceTypeKey, propertyKey } from '../index.ts';
import { anna, openMailbox } from './mailbox-fixture.ts';

async function bytesOf(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('an item comes back as it was made, with what the store computes', async (t) => {
  const { mailbox } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  const binary = new Uint8Array([0, 1, 255]);
  const created = await mailbox.items.create(inbox.id, {
    properties: { 'item:Subject': 'Grüße', 'item:Body': { type: 'HTML', content: '<p>hi</p>' }, 'message:IsRead': false, 'item:Categories': ['a', 'b'], '0x10f3': 'One.EML', '0x6001': binary, '0x0017': 2 },
  });
  const item = await mailbox.items.get(created.id);
  assert.deepEqual(item, created);
  assert.equal(item.folderId, inbox.id);
  assert.equal(item.itemClass, 'IPM.Note');
  assert.equal(item.properties['item:Subject'], 'Grüße');
  assert.equal(item.properties['message:IsRead'], false);
  assert.equal(item.properties['item:Importance'], 'High');
  assert.equal(item.properties['0x0017'], 2);
  assert.equal(item.properties['0x0e07'], 0);
  assert.deepEqual(item.properties['0x6001'], binary);
  assert.equal(typeof item.properties['0x0e23'], 'number');
  assert.equal(item.properties['item:Body'], undefined);
  assert.deepEqual((await mailbox.items.content(created.id)).properties['item:Body'], { type: 'HTML', content: '<p>hi</p>' });
  assert.equal(propertyKey({ tag: 0x37 }), 'item:Subject');
  const again = await mailbox.folders.get(inbox.id);
  assert.deepEqual([again.totalCount, again.unreadCount], [1, 1]);
  assert.equal(again.changeKey, inbox.changeKey);
});

test('MIME content comes back byte for byte, from a stream too, whatever its size', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  for (const size of [0, 1, 524_287, 524_288, 524_289, 2_000_000]) {
    const mime = Buffer.alloc(size);
    for (let at = 0; at < size; at += 1 + (at >> 4)) mime[at] = at % 251;
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < mime.length; at += 100_001) yield mime.subarray(at, at + 100_001);
    }
    const [whole, streamed] = [await mailbox.items.create(inbox.id, { mime }), await mailbox.items.create(inbox.id, { mime: pieces() })];
    for (const item of [whole, streamed]) {
      assert.equal(item.mimeSize, size);
      assert.ok((await bytesOf(await mailbox.items.mime(item.id))).equals(mime), `${size}`);
      assert.equal(item.properties['message:IsRead'], false, 'mail from outside is unread');
    }
    const copied = await mailbox.items.copy(streamed.id, inbox.id);
    await mailbox.items.delete(streamed.id, 'HardDelete');
    assert.ok((await bytesOf(await mailbox.items.mime(copied.id))).equals(mime), 'the copy has bytes of its own');
    await mailbox.items.delete(copied.id, 'HardDelete');
    await mailbox.items.delete(whole.id, 'HardDelete');
  }
  const { blobs } = await organization.store.db
    .selectFrom('mailbox_blob')
    .select((select) => select.fn.countAll().as('blobs'))
    .executeTakeFirstOrThrow();
  assert.equal(blobs, 0, 'what is deleted for good leaves nothing');
  assert.deepEqual(await mailbox.size(), { items: 0, bytes: 0 });
});

test('a stream that breaks off leaves nothing', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(700_000);
    throw new Error('gone');
  }
  await assert.rejects(mailbox.items.create(inbox.id, { mime: broken() }), /gone/);
  await assert.rejects(mailbox.items.create(inbox.id, { mime: new Uint8Array(151e6) }), { code: 'ORGANIZATION_ITEM_TOO_LARGE' });
  for (const table of ['mailbox_blob', 'mailbox_item'] as const) assert.equal((await organization.store.db.selectFrom(table).selectAll().execute()).length, 0);
});

test('update: sets, appends, removes; the change key moves; conflicts are found', async (t) => {
  const { mailbox } = await openMailbox(t);
  const drafts = await mailbox.folders.distinguished('drafts');
  const first = await mailbox.items.create(drafts.id, { properties: { 'item:Subject': 'one', 'item:Body': { type: 'Text', content: 'a' }, 'item:Culture': 'en' } });
  const second = await mailbox.items.update(first.id, { set: { 'item:Subject': 'two' }, append: { 'item:Body': { type: 'Text', content: 'b' } }, remove: ['item:Culture'] });
  assert.notEqual(second.changeKey, first.changeKey);
  assert.equal(second.properties['item:Subject'], 'two');
  assert.equal(second.properties['item:Culture'], undefined);
  assert.deepEqual((await mailbox.items.content(first.id)).properties['item:Body'], { type: 'Text', content: 'ab' });
  const stale = { changeKey: first.changeKey };
  await assert.rejects(mailbox.items.update(first.id, { set: { 'item:Subject': 'x' } }, stale), { code: 'ORGANIZATION_CHANGE_CONFLICT' });
  await assert.rejects(mailbox.items.update(first.id, { set: { 'item:Culture': 'x' } }, { ...stale, conflictResolution: 'NeverOverwrite' }), { code: 'ORGANIZATION_CHANGE_CONFLICT' });
  await mailbox.items.update(first.id, { set: { 'item:Importance': 'High' } }, stale);
  const last = await mailbox.items.update(first.id, { set: { 'item:Subject': 'x' } }, { ...stale, conflictResolution: 'AlwaysOverwrite' });
  assert.equal(last.properties['item:Subject'], 'x');
  assert.equal(last.properties['item:Importance'], 'High');
});

test('a moved item has a new id, a greater uid, and its content; deleting goes by type', async (t) => {
  const { mailbox } = await openMailbox(t);
  const [inbox, trash, dumpster] = [await mailbox.folders.distinguished('inbox'), await mailbox.folders.distinguished('deleteditems'), await mailbox.folders.distinguished('recoverableitemsdeletions')];
  const item = await mailbox.items.create(inbox.id, { mime: Buffer.from('x'), attachments: [{ name: 'a.txt', content: { file: Buffer.from('file') } }] });
  const moved = await mailbox.items.move(item.id, trash.id);
  assert.notEqual(moved.id, item.id);
  await assert.rejects(mailbox.items.get(item.id), { code: 'ORGANIZATION_ITEM_NOT_FOUND' });
  assert.equal((await bytesOf(await mailbox.items.mime(moved.id))).toString(), 'x');
  const [attachment] = await mailbox.items.attachments(moved.id);
  assert.equal((await bytesOf(await mailbox.items.attachmentBytes(attachment?.id ?? ''))).toString(), 'file');
  assert.ok(Number((await mailbox.items.get(moved.id)).properties['0x0e23']) > Number(item.properties['0x0e23']));
  const other = await mailbox.items.create(inbox.id, {});
  await mailbox.items.delete(other.id, 'MoveToDeletedItems');
  await mailbox.items.delete((await mailbox.items.create(inbox.id, {})).id, 'SoftDelete');
  await mailbox.items.delete((await mailbox.items.create(inbox.id, {})).id, 'HardDelete');
  const counts = async (id: string): Promise<number> => (await mailbox.folders.get(id)).totalCount;
  assert.deepEqual([await counts(inbox.id), await counts(trash.id), await counts(dumpster.id)], [0, 2, 1]);
  await mailbox.items.delete(moved.id, 'MoveToDeletedItems');
  assert.equal(await counts(trash.id), 1, 'from Deleted Items it goes for good');
});

test('attachments are added, read, and removed, and the item knows', async (t) => {
  const { mailbox } = await openMailbox(t);
  const drafts = await mailbox.folders.distinguished('drafts');
  const item = await mailbox.items.create(drafts.id, { properties: { 'item:Subject': 'with' } });
  const { attachment, changeKey } = await mailbox.items.addAttachment(item.id, { name: 'a.bin', contentType: 'application/x-a', content: { file: new Uint8Array(600_000) } });
  assert.notEqual(changeKey, item.changeKey);
  assert.equal(attachment.size, 600_000);
  assert.equal((await mailbox.items.get(item.id)).properties['item:HasAttachments'], true);
  assert.ok(Number((await mailbox.items.get(item.id)).properties['item:Size']) > 600_000);
  const attached = await mailbox.items.addAttachment(item.id, { name: 'mail', content: { item: { properties: { 'item:Subject': 'inner' } } } });
  assert.equal((await mailbox.items.attachedItem(attached.attachment.id)).properties['item:Subject'], 'inner');
  await assert.rejects(mailbox.items.attachedItem(attachment.id), { code: 'ORGANIZATION_ATTACHMENT_NOT_FOUND' });
  await mailbox.items.removeAttachment(attachment.id);
  await assert.rejects(mailbox.items.attachment(attachment.id), { code: 'ORGANIZATION_ATTACHMENT_NOT_FOUND' });
  await mailbox.items.removeAttachment(attached.attachment.id);
  assert.equal((await mailbox.items.get(item.id)).properties['item:HasAttachments'], false);
  assert.equal((await mailbox.items.get(item.id)).properties['item:Size'], item.properties['item:Size']);
});

test('appointments in the calendar folder are what free/busy reads, whichever way they came', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const calendar = await mailbox.folders.distinguished('calendar');
  const start = Date.UTC(2026, 10, 3, 9);
  const window = { start: start - 1, end: start + 3_600_000 };
  const occurrences = async () => (await organization.calendars.occurrences(anna, window, 10)).map(({ itemId, subject }) => ({ itemId, subject }));
  const item = await mailbox.items.create(calendar.id, { itemClass: 'IPM.Appointment', properties: { 'item:Subject': 'by properties', 'calendar:Start': start, 'calendar:End': start + 1_800_000 } });
  assert.deepEqual(await occurrences(), [{ itemId: item.id, subject: 'by properties' }]);
  assert.equal(item.properties[instanceTypeKey], 0);
  await mailbox.items.update(item.id, { set: { 'item:Subject': 'renamed' } });
  assert.deepEqual(await occurrences(), [{ itemId: item.id, subject: 'renamed' }]);
  const { uid } = item.calendar ?? { uid: '' };
  const put = await organization.calendars.put(anna, { uid, start, end: start + 1, timeZone: 'UTC', subject: 'put', location: '', freeBusyStatus: 'Tentative', sensitivity: 'Normal', isAllDay: false, isMeeting: true, isReminderSet: false });
  assert.equal(put.id, item.id);
  assert.equal((await mailbox.items.get(item.id)).properties['calendar:LegacyFreeBusyStatus'], 'Tentative');
  const copy = await mailbox.items.copy(item.id, (await mailbox.folders.distinguished('inbox')).id);
  assert.equal((await occurrences()).length, 1, 'a copy elsewhere is no appointment of the calendar');
  assert.equal((await mailbox.items.get(copy.id)).calendar?.subject, 'put');
  await mailbox.items.delete(item.id, 'MoveToDeletedItems');
  assert.deepEqual(await occurrences(), []);
  const seen = await mailbox.items.find(calendar.id, { limit: 10 });
  assert.equal(seen.total, 0);
});

test('events tell what happened, after it is stored, with watermarks to go on from', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  const trash = await mailbox.folders.distinguished('deleteditems');
  const watermark = mailbox.events.watermark();
  const heard: MailboxEvent[] = [];
  const end = mailbox.events.listen((events) => heard.push(...events));
  const item = await mailbox.items.create(inbox.id, { isNewMail: true, mime: Buffer.from('x') });
  const moved = await mailbox.items.move(item.id, trash.id);
  end();
  await mailbox.items.delete(moved.id, 'HardDelete');
  assert.deepEqual(heard.map(({ type }) => type), ['Created', 'NewMail', 'Moved']);
  assert.deepEqual([heard[2]?.oldItemId, heard[2]?.itemId, heard[2]?.oldParentFolderId], [item.id, moved.id, inbox.id]);
  const since = mailbox.events.since(watermark, 2);
  assert.deepEqual([since.events.map(({ type }) => type), since.more], [['Created', 'NewMail'], true]);
  const rest = mailbox.events.since(since.events[1]?.watermark ?? '', 100);
  assert.deepEqual([rest.events.map(({ type }) => type), rest.more], [['Moved', 'Deleted'], false]);
  assert.throws(() => mailbox.events.since('nonsense', 1), { code: 'ORGANIZATION_WATERMARK' });
  assert.throws(() => organization.mailboxes.of('0a8f9d1e-6f0c-4d5a-9a53-0d6a3b1e0002').events.since(watermark, 1), { code: 'ORGANIZATION_WATERMARK' });
});

test('ids of other mailboxes and mangled ids are told apart', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  const item = await mailbox.items.create(inbox.id, {});
  const other = organization.mailboxes.of('0a8f9d1e-6f0c-4d5a-9a53-0d6a3b1e0002');
  await assert.rejects(other.items.get(item.id), { code: 'ORGANIZATION_ITEM_NOT_FOUND' });
  await assert.rejects(other.folders.get(inbox.id), { code: 'ORGANIZATION_FOLDER_NOT_FOUND' });
  await assert.rejects(mailbox.items.get(inbox.id), { code: 'ORGANIZATION_ITEM_NOT_FOUND' });
  await assert.rejects(mailbox.items.get(`B${item.id.slice(1)}`), { code: 'ORGANIZATION_MALFORMED_ID' });
  const found: readonly (Item | undefined)[] = await mailbox.items.getAll([inbox.id, item.id, 'x']);
  assert.deepEqual(found.map((one) => one?.id), [undefined, item.id, undefined]);
});

test('user configurations and absence settings', async (t) => {
  const { mailbox } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  assert.equal(await mailbox.userConfigurations.get(inbox.id, 'OWA.UserOptions'), undefined);
  const dictionary = [{ key: { type: 'String', values: ['theme'] }, value: { type: 'String', values: ['dark'] } }];
  await mailbox.userConfigurations.create(inbox.id, 'OWA.UserOptions', { dictionary });
  await assert.rejects(mailbox.userConfigurations.create(inbox.id, 'OWA.UserOptions', {}), { code: 'ORGANIZATION_USER_CONFIGURATION_EXISTS' });
  await mailbox.userConfigurations.update(inbox.id, 'OWA.UserOptions', { xmlData: new Uint8Array([60]) });
  const stored = await mailbox.userConfigurations.get(inbox.id, 'OWA.UserOptions');
  assert.deepEqual([stored?.dictionary, stored?.xmlData], [dictionary, new Uint8Array([60])]);
  assert.equal((await mailbox.folders.get(inbox.id)).totalCount, 0, 'it does not count as an item');
  assert.equal((await mailbox.items.find(inbox.id, { limit: 5, traversal: 'Associated' })).total, 1);
  assert.equal(await mailbox.userConfigurations.delete(inbox.id, 'OWA.UserOptions'), true);
  assert.equal((await mailbox.oofSettings()).state, 'Disabled');
  await mailbox.setOofSettings({ state: 'Enabled', externalAudience: 'All', internalReply: 'away', externalReply: 'away' });
  assert.equal((await mailbox.oofSettings()).internalReply, 'away');
  await assert.rejects(mailbox.setOofSettings({ state: 'Scheduled', externalAudience: 'All', internalReply: '', externalReply: '' }), { code: 'ORGANIZATION_INVALID_OOF_SETTINGS' });
});

test('appointments of the own calendar are found by their UID; those of other people and in other folders are not', async (t) => {
  const { mailbox, organization } = await openMailbox(t);
  const calendar = { uid: 'one', subject: 'Meeting', location: '', start: Date.UTC(2026, 11, 1, 9), end: Date.UTC(2026, 11, 1, 10), timeZone: 'UTC', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: true, isReminderSet: false } as const;
  const own = await mailbox.folders.distinguished('calendar');
  const other = await mailbox.folders.create(own.id, { displayName: 'Other', folderClass: 'IPF.Appointment' });
  const another = organization.mailboxes.of(anna.replace('0001', '0002'));
  const first = await mailbox.items.create(own.id, { calendar });
  const second = await mailbox.items.create(own.id, { calendar: { ...calendar, start: calendar.end, end: calendar.end + 1 } });
  await mailbox.items.create(own.id, { calendar: { ...calendar, uid: 'two' } });
  await mailbox.items.create(other.id, { calendar });
  await another.items.create((await another.folders.distinguished('calendar')).id, { calendar });
  assert.deepEqual(await mailbox.items.withUid('one'), [first, second]);
  await mailbox.items.delete(first.id, 'MoveToDeletedItems');
  assert.deepEqual((await mailbox.items.withUid('one')).map(({ id }) => id), [second.id]);
  assert.deepEqual(await mailbox.items.withUid('three'), []);
});

test('changes that are decided by what is there do not lose one another', async (t) => {
  const { mailbox } = await openMailbox(t);
  const { id } = await mailbox.items.create((await mailbox.folders.distinguished('inbox')).id, { properties: { 'item:Categories': [] } });
  const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
  await Promise.all(names.map((name) => mailbox.items.change(id, ({ properties }) => ({ set: { 'item:Categories': [...((properties['item:Categories'] as readonly string[] | undefined) ?? []), name] } }))));
  const { properties, changeKey } = await mailbox.items.get(id);
  assert.deepEqual(properties['item:Categories'], names);
  assert.equal((await mailbox.items.change(id, () => undefined)).changeKey, changeKey);
});
