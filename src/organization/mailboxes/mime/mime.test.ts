import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EmailAddress, ItemBody } from '../../index.ts';
import { newItemFromMime } from './new-item-from-mime.ts';
import { readMessageContent, readMessageHead } from './read-message.ts';
import { writeMessage } from './write-message.ts';
import { openMailbox } from '../mailbox-fixture.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus/eml');

async function bytesOf(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}

const mixed = Buffer.from(
  [
    'Received: from a by b; Mon, 02 Nov 2026 10:00:05 +0100',
    'From: =?utf-8?q?J=C3=BCrgen?= <juergen@contoso.test>',
    'To: "Anna" <anna@contoso.test>, group: bert@contoso.test, carl@contoso.test;',
    'Subject: Re: =?utf-8?b?R3LDvMOfZQ==?=',
    'Message-ID: <1@contoso.test>',
    'Date: Mon, 02 Nov 2026 10:00:00 +0100',
    'X-Priority: 1',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/html; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p>sch=F6n</p>',
    '--b',
    'Content-Type: application/pdf; name="a.pdf"',
    'Content-Disposition: attachment; filename="a.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'AAEC',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'From: x@y.test',
    'Subject: inner',
    '',
    'inside',
    '--b--',
    '',
  ].join('\r\n'),
);

test('a message says what it is: head, body, attachments', async (t) => {
  const { mailbox } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  const item = await mailbox.items.create(inbox.id, await newItemFromMime(mixed));
  const { properties } = item;
  assert.deepEqual(properties['message:From'], { name: 'Jürgen', address: 'juergen@contoso.test', routingType: 'SMTP' });
  assert.deepEqual((properties['message:ToRecipients'] as readonly EmailAddress[]).map(({ address }) => address), ['anna@contoso.test', 'bert@contoso.test', 'carl@contoso.test']);
  assert.deepEqual(
    ['item:Subject', 'message:ConversationTopic', 'message:InternetMessageId', 'item:DateTimeSent', 'item:DateTimeReceived', 'item:Importance', 'item:HasAttachments'].map((key) => properties[key]),
    ['Re: Grüße', 'Grüße', '<1@contoso.test>', Date.UTC(2026, 10, 2, 9), Date.UTC(2026, 10, 2, 9, 0, 5), 'High', true],
  );
  const body = (await mailbox.items.content(item.id)).properties['item:Body'] as ItemBody;
  assert.deepEqual([body.type, body.content.trim()], ['HTML', '<p>schön</p>']);
  const attachments = await mailbox.items.attachments(item.id);
  assert.deepEqual(attachments.map(({ kind, name, contentType }) => [kind, name, contentType]), [['file', 'a.pdf', 'application/pdf'], ['item', 'message.eml', 'message/rfc822']]);
  assert.deepEqual(await bytesOf(await mailbox.items.attachmentBytes(attachments[0]?.id ?? '')), Buffer.from([0, 1, 2]));
  const inner = await mailbox.items.attachedItem(attachments[1]?.id ?? '');
  assert.deepEqual([inner.properties['item:Subject'], (inner.properties['item:Body'] as ItemBody).content.trim()], ['inner', 'inside']);
  assert.ok((await bytesOf(await mailbox.items.mime(item.id))).equals(mixed));
});

test('a mark leaves MIME content alone; a new subject makes properties and attachments of it, whose ids stay', async (t) => {
  const { mailbox } = await openMailbox(t);
  const drafts = await mailbox.folders.distinguished('drafts');
  const item = await mailbox.items.create(drafts.id, await newItemFromMime(mixed));
  const before = await mailbox.items.attachments(item.id);
  const marked = await mailbox.items.update(item.id, { set: { 'message:IsRead': true, 'item:Categories': ['x'], '0x6001': 1 } });
  assert.equal(marked.mimeSize, mixed.length);
  const changed = await mailbox.items.update(item.id, { set: { 'item:Subject': 'new' } }, { changeKey: marked.changeKey });
  assert.equal(changed.mimeSize, undefined);
  assert.equal(await mailbox.items.mime(item.id), undefined);
  assert.match(((await mailbox.items.content(item.id)).properties['item:Body'] as ItemBody).content, /schön/);
  const after = await mailbox.items.attachments(item.id);
  assert.deepEqual(after.map(({ id, name, kind }) => [id, name, kind]), before.map(({ id, name, kind }) => [id, name, kind]));
  assert.equal((await mailbox.items.attachedItem(after[1]?.id ?? '')).properties['item:Subject'], 'inner');
  const { attachment } = await mailbox.items.addAttachment(item.id, { name: 'b', content: { file: new Uint8Array([9]) } });
  assert.equal((await mailbox.items.attachments(item.id)).length, 3);
  await mailbox.items.removeAttachment(before[0]?.id ?? '');
  assert.deepEqual((await mailbox.items.attachments(item.id)).map(({ name }) => name), ['message.eml', 'b']);
  await mailbox.items.delete(item.id, 'HardDelete');
  await assert.rejects(mailbox.items.attachment(attachment.id), { code: 'ORGANIZATION_ATTACHMENT_NOT_FOUND' });
  assert.deepEqual(await mailbox.size(), { items: 0, bytes: 0 });
});

test('attachments of a message are taken from its MIME content one by one, too', async (t) => {
  const { mailbox } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  const item = await mailbox.items.create(inbox.id, await newItemFromMime(mixed));
  const [pdf] = await mailbox.items.attachments(item.id);
  await mailbox.items.removeAttachment(pdf?.id ?? '');
  assert.deepEqual((await mailbox.items.attachments(item.id)).map(({ name }) => name), ['message.eml']);
});

test('properties become a message that says the same', async () => {
  const from = { name: 'Jürgen', address: 'juergen@contoso.test', routingType: 'SMTP' };
  const properties = {
    'item:Subject': 'Grüße mit einem sehr langen Betreff, der gefaltet werden muss, weil er nicht auf eine Zeile passt',
    'item:Body': { type: 'HTML', content: '<p>schön <img src="cid:pic"></p>' },
    'message:From': from,
    'message:ToRecipients': [{ name: 'anna@contoso.test', address: 'anna@contoso.test' }],
    'message:InternetMessageId': '<2@contoso.test>',
    'item:DateTimeSent': Date.UTC(2026, 10, 2, 9),
    'item:Importance': 'High',
    'item:Sensitivity': 'Confidential',
  } as const;
  const attachments = [
    { name: 'Übersicht.pdf', contentType: 'application/pdf', content: new Uint8Array([1, 2, 3]) },
    { name: 'pic.png', contentType: 'image/png', contentId: 'pic', isInline: true, content: new Uint8Array([4]) },
  ];
  const mime = await writeMessage(properties, attachments, 'AAMk=');
  assert.ok(mime.equals(await writeMessage(properties, attachments, 'AAMk=')), 'the same every time');
  const head = readMessageHead(mime);
  for (const key of ['item:Subject', 'message:From', 'message:InternetMessageId', 'item:DateTimeSent', 'item:Importance', 'item:Sensitivity'] as const) assert.deepEqual(head.properties[key], properties[key], key);
  const content = await readMessageContent(mime);
  assert.equal((content.properties['item:Body'] as ItemBody).content.trim(), properties['item:Body'].content);
  assert.deepEqual(
    new Set(content.parts.map(({ name, isInline, content: bytes }) => ({ name, isInline, bytes: [...bytes] }))),
    new Set([{ name: 'pic.png', isInline: true, bytes: [4] }, { name: 'Übersicht.pdf', isInline: false, bytes: [1, 2, 3] }]),
  );
  assert.doesNotMatch(mime.toString('latin1').replaceAll('\r\n', ''), /[\r\n]/);
});

test('header fields cannot be smuggled in by properties', async () => {
  const mime = await writeMessage({ 'item:Subject': 'a\r\nBcc: eve@evil.test', 'message:ConversationTopic': 'x\r\nX-Evil: 1', 'item:Body': { type: 'Text', content: '' } }, [{ name: 'a"\r\nX-Evil: 2', content: new Uint8Array() }], 'x');
  assert.doesNotMatch(mime.toString(), /^(?:Bcc|X-Evil):/im);
});

test('every message of the corpus goes in and comes out as it was', { skip: existsSync(corpus) ? false : 'the corpus is not here' }, async (t) => {
  const { mailbox } = await openMailbox(t);
  const inbox = await mailbox.folders.distinguished('inbox');
  const files = readdirSync(corpus).filter((name) => name.endsWith('.eml'));
  assert.ok(files.length >= 50);
  for (const name of files) {
    const mime = readFileSync(join(corpus, name));
    const item = await mailbox.items.create(inbox.id, await newItemFromMime(mime));
    assert.ok((await bytesOf(await mailbox.items.mime(item.id))).equals(mime), name);
    const { properties } = await mailbox.items.content(item.id);
    assert.equal(typeof (properties['item:Body'] as ItemBody).content, 'string', name);
    const attachments = await mailbox.items.attachments(item.id);
    assert.equal(item.properties['item:HasAttachments'], attachments.some(({ isInline }) => !isInline), `${name}: the mark agrees with what is attached`);
    for (const { id, size } of attachments) assert.equal((await bytesOf(await mailbox.items.attachmentBytes(id))).length, size);
  }
  assert.equal((await mailbox.folders.get(inbox.id)).totalCount, files.length);
});
