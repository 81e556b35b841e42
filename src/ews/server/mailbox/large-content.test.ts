import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { newItemFromMime } from '../../../organization/index.ts';
import { findAttribute, parseXml } from '../../../xml/index.ts';
import { descendants, idOf, openEwsFixture, wholeAnswer } from '../ews-fixture.ts';
import type { EwsFixture } from '../ews-fixture.ts';

const large = 3 * 1024 * 1024;

async function open(t: TestContext): Promise<{ ews: EwsFixture; id: string; mime: Buffer }> {
  const ews = await openEwsFixture();
  t.after(() => ews.close());
  const mailbox = ews.organization.mailboxes.of(ews.people.bert.guid);
  const mime = Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.from(randomBytes(large / 2).toString('hex').replace(/.{78}/g, '$&\r\n')), Buffer.from('\u00e4')]);
  const { id } = await mailbox.items.create((await mailbox.folders.distinguished('inbox')).id, await newItemFromMime(mime));
  return { ews, id, mime };
}

const getMime = (id: string): string => `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`;

/** A whole answer that came in pieces none of which holds all. */
async function inPieces(ews: EwsFixture, request: string): Promise<Buffer> {
  const answer = await ews.post(request);
  assert.ok(answer.stream !== undefined);
  assert.equal(answer.body.length, 0);
  const pieces: Buffer[] = [];
  for await (const piece of answer.stream) {
    assert.ok(piece.length < large / 2, 'a piece of the answer is large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function contentIn(answer: Buffer, element: string): Buffer {
  const [found] = descendants(parseXml(answer, { maximumBytes: 50_000_000 }), element);
  return Buffer.from(found?.text ?? '', 'base64');
}

test('GetItem sends a large message as it is read, whole and unharmed', async (t) => {
  const { ews, id, mime } = await open(t);
  const answer = await ews.post(getMime(id));
  assert.ok(answer.headers['content-length'] !== undefined);
  assert.ok(contentIn(await wholeAnswer(answer), 'MimeContent').equals(mime));
  assert.ok(contentIn(await inPieces(ews, getMime(id)), 'MimeContent').equals(mime));
});

test('an answer whose message went while it was sent ends in an error, not in half a message', async (t) => {
  const { ews, id } = await open(t);
  const { stream } = await ews.post(getMime(id));
  assert.ok(stream !== undefined);
  const pieces = stream[Symbol.asyncIterator]();
  await pieces.next();
  await ews.organization.mailboxes.of(ews.people.bert.guid).items.delete(id, 'HardDelete');
  await assert.rejects(async () => {
    while ((await pieces.next()).done !== true);
  });
});

test('a large message is exported and uploaded again, in pieces, unharmed', async (t) => {
  const { ews, id, mime } = await open(t);
  const exported = contentIn(await inPieces(ews, `<m:ExportItems><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:ExportItems>`), 'Data');
  const inbox = descendants((await ews.ask('<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>')).body, 'FolderId')[0];
  assert.ok(inbox !== undefined);
  const uploaded = await ews.ask(`<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${findAttribute(inbox, 'Id')}"/><t:Data>${exported.toString('base64')}</t:Data></t:Item></m:Items></m:UploadItems>`);
  assert.deepEqual(uploaded.codes, ['NoError']);
  const copy = idOf(uploaded.body);
  assert.notEqual(copy, id);
  assert.ok(contentIn(await inPieces(ews, getMime(copy)), 'MimeContent').equals(mime));
  const { items } = ews.organization.mailboxes.of(ews.people.bert.guid);
  const [before, after] = [await items.get(id), await items.get(copy)];
  assert.ok(Number(after.properties['item:Size']) <= Number(before.properties['item:Size']) + 1000, 'the copy takes no more than the original');
});

test('an export that was cut off or mangled is refused, and nothing of it stays', async (t) => {
  const { ews, mime } = await open(t);
  const { items, folders } = ews.organization.mailboxes.of(ews.people.bert.guid);
  const [inbox, drafts] = [await folders.distinguished('inbox'), await folders.distinguished('drafts')];
  const { id } = await items.create(drafts.id, { mime, attachments: [{ name: 'b.bin', content: { file: randomBytes(large) } }] });
  const exported = contentIn(await inPieces(ews, `<m:ExportItems><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:ExportItems>`), 'Data');
  const upload = async (data: Buffer): Promise<readonly (string | undefined)[]> => (await ews.ask(`<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${inbox.id}"/><t:Data>${data.toString('base64')}</t:Data></t:Item></m:Items></m:UploadItems>`)).codes;
  for (const length of [0, 10, 18, 200, Math.floor(large / 2), large + 100_000, exported.length - 1]) assert.deepEqual(await upload(exported.subarray(0, length)), ['ErrorCorruptData'], String(length));
  const longer = Buffer.from(exported);
  longer.writeUInt32BE(0xff_ff_ff_ff, 16);
  assert.deepEqual(await upload(longer), ['ErrorCorruptData']);
  assert.equal((await folders.get(inbox.id)).totalCount, 1);
  assert.deepEqual(await upload(exported), ['NoError']);
  assert.equal((await folders.get(inbox.id)).totalCount, 2);
});

test('a large attachment is sent as it is read', async (t) => {
  const { ews } = await open(t);
  const draft = await ews.ask('<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>with</t:Subject></t:Message></m:Items></m:CreateItem>');
  const bytes = randomBytes(large);
  const attached = await ews.ask(`<m:CreateAttachment><m:ParentItemId Id="${idOf(draft.body)}"/><m:Attachments><t:FileAttachment><t:Name>a.bin</t:Name><t:Content>${bytes.toString('base64')}</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>`);
  const request = `<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${idOf(attached.body, 'AttachmentId')}"/></m:AttachmentIds></m:GetAttachment>`;
  assert.ok(contentIn(await inPieces(ews, request), 'Content').equals(bytes));
});
