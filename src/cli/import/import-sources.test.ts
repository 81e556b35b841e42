import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openOrganization } from '../../organization/index.ts';
import type { Mailbox, Organization, Recipient } from '../../organization/index.ts';
import { importSources } from './import-sources.ts';
import type { ImportOutcome } from './import-sources.ts';
import { listSources } from './list-sources.ts';
import { mboxBytes, mboxMessages } from './mbox.ts';

const corpus = join(import.meta.dirname, '../../../../shared/corpus');

function folder(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'hybridge-import-'));
  t.after(() => rmSync(directory, { recursive: true }));
  return directory;
}

interface World {
  organization: Organization;
  recipient: Recipient;
  mailbox: Mailbox;
  run(paths: readonly string[], more?: Partial<Parameters<typeof importSources>[0]>): Promise<ImportOutcome>;
}

async function open(t: TestContext, file = ':memory:'): Promise<World> {
  const organization = await openOrganization({ file, shared: true, passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  t.after(() => organization.close());
  const recipient = await organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'Anna', userPrincipalName: 'anna@contoso.test', primarySmtpAddress: 'anna@contoso.test' });
  return {
    organization,
    recipient,
    mailbox: organization.mailboxes.of(recipient.guid),
    run: (paths, more) => importSources({ organization, recipient, folder: ['Inbox'], sources: listSources(paths), asRead: false, dryRun: false, signal: new AbortController().signal, onProgress: () => undefined, ...more }),
  };
}

async function bytesOf(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

async function mimesIn(mailbox: Mailbox, id: string): Promise<Set<string>> {
  const { entries } = await mailbox.items.find(id, { limit: 1000 });
  const found = new Set<string>();
  for (const item of entries) found.add((await bytesOf(await mailbox.items.mime(item.id))).toString('latin1'));
  return found;
}

test('an mbox file is taken apart at its separators, whatever the pieces it is read in', async (t) => {
  const file = join(folder(t), 'all.mbox');
  const long = `Subject: long\n\n${'x'.repeat(200_000)}\nFrom the middle of a paragraph\n`;
  const messages = ['Subject: one\n\nbody\n', 'Subject: two\r\n\r\nbody\r\n\r\nmore\r\n', long, 'Subject: three\n\n\n\nFromage is no separator\n', ''];
  writeFileSync(file, messages.map((message) => `From a@x.test Mon Nov  2 10:00:00 2026\n${message}\n`).join(''));
  const found: string[] = [];
  for await (const stretch of mboxMessages(file)) found.push((await bytesOf(mboxBytes(file, stretch))).toString('latin1'));
  assert.deepEqual(found, messages);
  writeFileSync(file, 'From a Mon\nSubject: q\n\n>From here\n>>From there\n> From\nlast line without end');
  const [stretch, ...others] = await all(mboxMessages(file));
  assert.ok(stretch !== undefined && others.length === 0);
  assert.equal((await bytesOf(mboxBytes(file, stretch))).toString(), 'Subject: q\n\nFrom here\n>From there\n> From\nlast line without end');
  writeFileSync(file, 'Subject: no mbox\n\nx');
  await assert.rejects(all(mboxMessages(file)), { name: 'MboxError' });
});

test('a separator is found wherever it lies across the pieces of a file', async (t) => {
  const file = join(folder(t), 'seam.mbox');
  for (let before = 0; before < 12; before++) {
    const first = `From a\n${'x'.repeat(1024 * 1024 - 9 - before)}\r\n`;
    writeFileSync(file, `${first}\r\nFrom b\nsecond\n`);
    assert.deepEqual(await all(mboxMessages(file)), [
      { start: 7, end: first.length },
      { start: first.length + 9, end: first.length + 16 },
    ]);
  }
});

test('folders become folders; what cannot be imported is named with its reason; a second run adds nothing', async (t) => {
  const directory = folder(t);
  mkdirSync(join(directory, 'Projects/Alpha'), { recursive: true });
  writeFileSync(join(directory, 'a.eml'), 'Subject: a\r\n\r\nx');
  writeFileSync(join(directory, 'empty.eml'), '');
  writeFileSync(join(directory, 'notes.docx'), 'x');
  writeFileSync(join(directory, 'broken.ics'), 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n');
  writeFileSync(join(directory, 'good.ics'), 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260302T090000Z\r\nSUMMARY:s\r\nDESCRIPTION:d\r\nATTENDEE:mailto:b@x.test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n');
  writeFileSync(join(directory, 'Projects/Alpha/sent'), 'From x\nSubject: b\n\ny\n\nFrom x\nSubject: c\n\nz\n');
  const world = await open(t);
  const dry = await world.run([directory], { dryRun: true });
  assert.deepEqual([dry.counts.messages, dry.counts.events, (await world.mailbox.size()).items], [3, 1, 0]);
  const first = await world.run([directory], { asRead: true });
  assert.deepEqual({ ...first.counts, bytes: 0 }, { messages: 3, events: 1, replaced: 0, present: 0, bytes: 0 });
  assert.deepEqual(first.ignored, { VTODO: 1 });
  assert.deepEqual(first.refusals.map(({ source, reason }) => [source.slice(directory.length + 1), reason]), [
    ['broken.ics', 'line 2: the event "1" has no DTSTART'],
    ['empty.eml', 'it is empty'],
    ['notes.docx', 'it is no .eml, .mbox or .ics file'],
  ]);
  const inbox = await world.mailbox.folders.distinguished('inbox');
  const { entries } = await world.mailbox.folders.find(inbox.id, { traversal: 'Deep', limit: 10 });
  assert.deepEqual(entries.map(({ displayName, totalCount, unreadCount }) => [displayName, totalCount, unreadCount]), [['Projects', 0, 0], ['Alpha', 2, 0]]);
  const calendar = await world.mailbox.folders.distinguished('calendar');
  const [event] = (await world.mailbox.items.find(calendar.id, { limit: 5 })).entries;
  assert.deepEqual([event?.properties['item:Subject'], (await world.mailbox.items.content(event?.id ?? '')).properties['item:Body']], ['s', { type: 'Text', content: 'd' }]);
  const second = await world.run([directory]);
  assert.deepEqual([second.counts.messages, second.counts.events, second.counts.present], [0, 0, 4]);
  appendFileSync(join(directory, 'Projects/Alpha/sent'), '\nFrom x\nSubject: d\n\nz\n');
  writeFileSync(join(directory, 'good.ics'), readFileSync(join(directory, 'good.ics'), 'utf8').replace('SUMMARY:s', 'SUMMARY:changed'));
  const third = await world.run([directory]);
  assert.deepEqual([third.counts.messages, third.counts.replaced, third.counts.present], [1, 1, 3]);
});

test('an import that is stopped goes on where it was', async (t) => {
  const directory = folder(t);
  writeFileSync(join(directory, 'all.mbox'), Array.from({ length: 1_300 }, (_, index) => `From x\nSubject: ${index}\n\n${'x'.repeat(100)}\n\n`).join(''));
  const world = await open(t);
  const stop = new AbortController();
  const first = await world.run([directory], { signal: stop.signal, onProgress: () => stop.abort() });
  assert.equal(first.isComplete, false);
  assert.ok(first.counts.messages >= 100 && first.counts.messages < 1_300);
  const second = await world.run([directory]);
  assert.equal(second.counts.messages + first.counts.messages, 1_300);
  assert.equal((await world.mailbox.size()).items, 1_300);
});

test('a large message goes in piece by piece', async (t) => {
  const directory = folder(t);
  const file = join(directory, 'large.eml');
  writeFileSync(file, 'Subject: large\r\n\r\n');
  const line = Buffer.from(`${'x'.repeat(76)}\r\n`.repeat(1000));
  for (let index = 0; index < 80; index++) appendFileSync(file, line);
  const world = await open(t, join(directory, 'organization.sqlite'));
  const { counts } = await world.run([file]);
  assert.deepEqual([counts.messages, counts.bytes], [1, readFileSync(file).length]);
  const inbox = await world.mailbox.folders.distinguished('inbox');
  const [item] = (await world.mailbox.items.find(inbox.id, { limit: 1 })).entries;
  assert.ok((await bytesOf(await world.mailbox.items.mime(item?.id ?? ''))).equals(readFileSync(file)));
});

test('the corpus is imported unharmed, or refused with a reason', { skip: existsSync(corpus) ? false : 'the corpus is not here' }, async (t) => {
  const world = await open(t);
  const { counts, refusals } = await world.run([join(corpus, 'eml'), join(corpus, 'ics')]);
  const mails = readdirSync(join(corpus, 'eml')).filter((name) => name.endsWith('.eml'));
  const bytes = new Set(mails.map((name) => readFileSync(join(corpus, 'eml', name)).toString('latin1')));
  assert.deepEqual([counts.messages, counts.messages + counts.present - mails.length >= 0], [bytes.size, true]);
  const inbox = await world.mailbox.folders.distinguished('inbox');
  assert.deepEqual(await mimesIn(world.mailbox, inbox.id), bytes);
  // Files of the same event replace one another.
  assert.ok(counts.events + counts.replaced > 40, `${counts.events} events`);
  for (const { source, reason } of refusals) assert.match(`${source} ${reason}`, /\.ics line \d+: |LICENSE/, source);
  assert.equal(refusals.filter(({ source }) => source.endsWith('.ics')).length, 24);
});
