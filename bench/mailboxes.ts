// Mailboxes: what EWS requests cost in a small and a large folder, how fast mail is imported beside what SQLite alone does
// with the same bytes, and what memory a large message takes.
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { importSources } from '../src/cli/import/import-sources.ts';
import { listSources } from '../src/cli/import/list-sources.ts';
import { createEwsService } from '../src/ews/index.ts';
import type { EwsService } from '../src/ews/index.ts';
import { silentLog, systemClock } from '../src/foundation/index.ts';
import { newItemFromMime, openOrganization } from '../src/organization/index.ts';
import type { NewCalendarItem, NewItem, Organization, Recipient } from '../src/organization/index.ts';
import { measurePair, milliseconds, ratio } from './figures.ts';

const scratch = mkdtempSync(join(tmpdir(), 'hybridge-bench-'));
const mails = Number(process.env['BENCH_MAILS'] ?? 10_000);
const large = Number(process.env['BENCH_ITEMS'] ?? 100_000);
const mebibyte = 1024 * 1024;

async function addMailbox(organization: Organization, name: string): Promise<Recipient> {
  const address = `${name}@bench.test`;
  return organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: name, userPrincipalName: address, primarySmtpAddress: address });
}

/** Text that is as different as mail is: about 12 KB. */
function mail(index: number): Buffer {
  const body = Array.from({ length: 160 }, (_, line) => `${(index * 2_654_435_761 + line * 40_503) >>> 0} lorem ipsum dolor sit amet, consectetur adipiscing elit`).join('\r\n');
  return Buffer.from(`From: sender${index % 50}@bench.test\r\nTo: user@bench.test\r\nSubject: Message ${index}\r\nMessage-ID: <${index}@bench.test>\r\nDate: ${new Date(1_700_000_000_000 + index * 60_000).toUTCString()}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`);
}

function ewsOf(organization: Organization): EwsService {
  return createEwsService({
    lookUpFreeBusy: () => Promise.reject(new Error('not asked for here')),
    serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 2562, minorBuildNumber: 41, version: 'V2017_07_11' },
    log: silentLog,
    mailboxes: { directory: organization.directory, mailboxes: organization.mailboxes, mailSettings: organization.mailSettings, mayImpersonate: () => Promise.resolve(false), mail: { submit: () => Promise.reject(new Error('no mail is sent here')), isDelegateOf: () => Promise.resolve(false), mailTipsOf: () => Promise.resolve({ isInvalid: true }) }, clock: systemClock, log: silentLog },
  });
}

async function benchOperations(organization: Organization): Promise<void> {
  const service = ewsOf(organization);
  const sides = [];
  for (const items of [1_000, large]) {
    const recipient = await addMailbox(organization, `items${items}`);
    const mailbox = organization.mailboxes.of(recipient.guid);
    const inbox = await mailbox.folders.distinguished('inbox');
    const ids: string[] = [];
    for (let at = 0; at < items; at += 500) {
      const batch: NewItem[] = [];
      for (let index = at; index < Math.min(items, at + 500); index++) batch.push({ properties: { 'item:Subject': `Message ${index}`, 'item:Body': { type: 'Text', content: 'body' }, 'message:From': { name: 'Anna', address: 'anna@bench.test' }, 'item:DateTimeReceived': 1_700_000_000_000 + index * 60_000 } });
      for (const { id } of await mailbox.items.createAll(inbox.id, batch)) ids.push(id);
    }
    const ask = async (body: string): Promise<string> => {
      const request = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
      const { body: answer } = await service.handle({ body: Buffer.from(request), requester: { recipient, origin: 'local' }, context: { requestId: 'benchmark', signal: new AbortController().signal } });
      const text = answer.toString();
      if (!text.includes('NoError')) throw new Error(text.slice(0, 500));
      return text;
    };
    const sync = (state: string): string => `<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="inbox"/></m:SyncFolderId>${state === '' ? '' : `<m:SyncState>${state}</m:SyncState>`}<m:MaxChangesReturned>100</m:MaxChangesReturned></m:SyncFolderItems>`;
    const stateIn = (text: string): string => /<m:SyncState>([^<]*)</.exec(text)?.[1] ?? '';
    let latest = '';
    for (let text = await ask(sync('').replace('>100<', '>512<')); ; text = await ask(sync(latest).replace('>100<', '>512<'))) {
      latest = stateIn(text);
      if (text.includes('<m:IncludesLastItemInRange>true')) break;
    }
    sides.push({ ask, ids, sync, latest, items });
  }
  const [small, big] = sides;
  if (small === undefined || big === undefined) return;
  type Side = typeof small;
  const find = (offset: number): string => `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="50" Offset="${offset}" BasePoint="Beginning"/><m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>`;
  const rows: [string, number, (side: Side, turn: number) => Promise<string>][] = [
    ['GetItem, one with its body', 1500, ({ ask, ids }, turn) => ask(`<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${ids[(turn * 7919) % ids.length]}"/></m:ItemIds></m:GetItem>`)],
    ['FindItem, first 50', 200, ({ ask }) => ask(find(0))],
    ['FindItem, 50 from the middle', 200, ({ ask, items }) => ask(find(items / 2))],
    ['SyncFolderItems, first 100', 200, ({ ask, sync }) => ask(sync(''))],
    ['SyncFolderItems, nothing new', 1000, ({ ask, sync, latest }) => ask(sync(latest))],
  ];
  console.log(`EWS in a folder of 1,000 and of ${large} items, in turn, without network and sign-in`);
  for (const [title, rounds, work] of rows) {
    const pair = await measurePair((turn) => work(small, turn), (turn) => work(big, turn), rounds);
    console.log(`  ${title.padEnd(30)} ${pair.one.perSecond.toFixed(0).padStart(6)}/s and ${pair.other.perSecond.toFixed(0).padStart(6)}/s   p50 ${milliseconds(pair.one.p50)} and ${milliseconds(pair.other.p50)}: ${ratio(pair.other.p50 / pair.one.p50)}`);
  }
}

/** A view of a week in a calendar of few and of many years, and one that shows as much as a view may. */
async function benchCalendar(organization: Organization): Promise<void> {
  const service = ewsOf(organization);
  const day = 86_400_000;
  const start = Date.UTC(2026, 10, 23);
  const ask = async (recipient: Recipient, end: number): Promise<string> => {
    const request = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body><m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:CalendarView StartDate="${new Date(start).toISOString()}" EndDate="${new Date(end).toISOString()}"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem></s:Body></s:Envelope>`;
    const text = (await service.handle({ body: Buffer.from(request), requester: { recipient, origin: 'local' }, context: { requestId: 'benchmark', signal: new AbortController().signal } })).body.toString();
    if (!text.includes('NoError')) throw new Error(text.slice(0, 500));
    return text;
  };
  const people: Recipient[] = [];
  for (const items of [1_000, Math.round(large / 10)]) {
    const recipient = await addMailbox(organization, `calendar${items}`);
    await organization.calendars.putAll(recipient.guid, Array.from({ length: items }, (_, index) => appointment(`e${index}`, start + 7 * day - index * 4 * 3_600_000)));
    people.push(recipient);
  }
  const [few, many] = people;
  if (few === undefined || many === undefined) return;
  const pair = await measurePair(() => ask(few, start + 7 * day), () => ask(many, start + 7 * day), 100);
  console.log(`  CalendarView of a week, 42 appointments, among 1,000 and ${Math.round(large / 10)}: p50 ${milliseconds(pair.one.p50)} and ${milliseconds(pair.other.p50)}: ${ratio(pair.other.p50 / pair.one.p50)}`);
  const full = await addMailbox(organization, 'full');
  await organization.calendars.putAll(full.guid, Array.from({ length: 50 }, (_, index) => ({ ...appointment(`s${index}`, start + index * 900_000), recurrence: { pattern: { type: 'Daily' as const, interval: 1 }, range: { type: 'NoEnd' as const, startDate: start } } })));
  const began = performance.now();
  const shown = (await ask(full, start + 100 * day)).split('<t:CalendarItem>').length - 1;
  console.log(`  CalendarView with ${shown} occurrences: ${(performance.now() - began).toFixed(0)} ms`);
}

function appointment(uid: string, start: number): NewCalendarItem {
  return { uid, subject: uid, start, end: start + 3_600_000, timeZone: 'UTC', location: '', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: false };
}

/** One new message, told to 500 open connections of GetStreamingEvents: until the last has its envelope. */
async function benchStreaming(organization: Organization): Promise<void> {
  const service = ewsOf(organization);
  const subscribers: Recipient[] = [];
  for (let index = 0; index < 50; index++) subscribers.push(await addMailbox(organization, `subscriber${index}`));
  const envelope = (body: string): Buffer => Buffer.from(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`);
  const gone = new AbortController();
  const streams: AsyncIterator<Buffer>[] = [];
  for (let index = 0; index < 500; index++) {
    const recipient = subscribers[index % subscribers.length] as Recipient;
    const ask = (body: string) => service.handle({ body: envelope(body), requester: { recipient, origin: 'local' }, context: { requestId: 'benchmark', signal: gone.signal } });
    const subscribed = (await ask('<m:Subscribe><m:StreamingSubscriptionRequest SubscribeToAllFolders="true"><t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>')).body.toString();
    const id = /SubscriptionId>([^<]*)</.exec(subscribed)?.[1] ?? '';
    const { stream } = await ask(`<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>${id}</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>10</m:ConnectionTimeout></m:GetStreamingEvents>`);
    const iterator = stream?.[Symbol.asyncIterator]();
    if (iterator === undefined) throw new Error(subscribed.slice(0, 500));
    await iterator.next();
    streams.push(iterator);
  }
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    const told = streams.map((stream) => stream.next());
    const began = performance.now();
    for (const recipient of subscribers) {
      const mailbox = organization.mailboxes.of(recipient.guid);
      await mailbox.items.create((await mailbox.folders.distinguished('inbox')).id, { properties: { 'item:Subject': 'news' } });
    }
    await Promise.all(told);
    times.push(performance.now() - began);
  }
  console.log(`  50 messages, one to each mailbox, told to 500 streaming connections: p50 ${milliseconds(times.toSorted((a, b) => a - b)[5] ?? 0)} until the last has its envelope`);
  gone.abort();
  service.close();
}

/** Rounds of both, in turn, each into a file of its own; the SQLite settings are those of the store. */
async function benchImport(): Promise<void> {
  const source = join(scratch, 'all.mbox');
  const all = Array.from({ length: mails }, (_, index) => mail(index));
  writeFileSync(source, Buffer.concat(all.flatMap((bytes) => [Buffer.from('From bench Mon Nov  2 10:00:00 2026\n'), bytes, Buffer.from('\n')])));
  const bytes = all.reduce((sum, { length }) => sum + length, 0);
  const ratios: number[] = [];
  for (let round = 0; round < 5; round++) {
    const raw = round % 2 === 0 ? rawInserts(all, round) : undefined;
    const before = process.cpuUsage();
    const ours = await importOnce(source, round);
    const { user, system } = process.cpuUsage(before);
    const processor = (user + system) / 1000 / mails;
    const alone = raw ?? rawInserts(all, round);
    ratios.push(alone / ours);
    console.log(`  import ${(bytes / mebibyte / ours).toFixed(1)} MiB/s (${processor.toFixed(2)} ms of processor time a mail), raw inserts ${(bytes / mebibyte / alone).toFixed(1)} MiB/s: ${(alone / ours).toFixed(2)} of raw`);
  }
  console.log(`  ${mails} mails, ${(bytes / mebibyte).toFixed(0)} MiB: median ${ratios.toSorted((a, b) => a - b)[2]?.toFixed(2)} of raw (aim 0.40)`);
}

async function importOnce(source: string, round: number): Promise<number> {
  const organization = await openOrganization({ file: join(scratch, `import${round}.sqlite`) });
  const recipient = await addMailbox(organization, 'user');
  const began = performance.now();
  const { counts } = await importSources({ organization, recipient, folder: ['Inbox'], sources: listSources([source]), asRead: false, dryRun: false, signal: new AbortController().signal, onProgress: () => undefined });
  const seconds = (performance.now() - began) / 1000;
  if (counts.messages !== mails) throw new Error(JSON.stringify(counts));
  await organization.close();
  return seconds;
}

function rawInserts(all: readonly Buffer[], round: number): number {
  const database = new DatabaseSync(join(scratch, `raw${round}.sqlite`));
  database.exec('pragma journal_mode = WAL; pragma synchronous = FULL; create table mail (id integer primary key, data blob)');
  const insert = database.prepare('insert into mail (data) values (?)');
  const began = performance.now();
  for (let at = 0; at < all.length; at += 100) {
    database.exec('begin immediate');
    for (const bytes of all.slice(at, at + 100)) insert.run(bytes);
    database.exec('commit');
  }
  const seconds = (performance.now() - began) / 1000;
  database.close();
  return seconds;
}

/** Resident memory at its highest while work goes on, above what there was before. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2);
  await work();
  clearInterval(timer);
  return Math.max(peak, process.memoryUsage.rss()) - before;
}

/** The same message over EWS, its requests in memory before; answers are taken piece by piece and forgotten. */
async function benchEwsMemory(organization: Organization, recipient: Recipient, file: string, size: number): Promise<void> {
  const service = ewsOf(organization);
  let start = '';
  const ask = async (body: Uint8Array, isKept = false): Promise<string> => {
    let kept = '';
    const answer = await service.handle({ body, requester: { recipient, origin: 'local' }, context: { requestId: 'benchmark', signal: new AbortController().signal } });
    start = answer.body.toString('latin1', 0, 2_000);
    for await (const piece of answer.stream ?? []) {
      start ||= piece.toString('latin1', 0, 2_000);
      if (isKept) kept += piece.toString('latin1');
      await new Promise(setImmediate);
    }
    if (!start.includes('NoError')) throw new Error(start);
    return kept;
  };
  const head = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body>';
  const end = '</s:Body></s:Envelope>';
  const idIn = (element: string): string => new RegExp(`${element} Id="([^"]*)"`).exec(start)?.[1] ?? '';
  const measured: string[] = [];
  const measure = async (title: string, before: string, content: string, after: string): Promise<void> => {
    const request = Buffer.concat([Buffer.from(head + before), Buffer.from(content), Buffer.from(after + end)]);
    globalThis.gc?.();
    measured.push(`${title} ${((await memoryOf(() => ask(request))) / mebibyte).toFixed(0)}`);
  };
  const lines = readFileSync(file).toString('base64').replace(/.{76}/g, '$&\r\n');
  await measure('CreateItem', '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:MimeContent>', lines, '</t:MimeContent></t:Message></m:Items></m:CreateItem>');
  const id = idIn('ItemId');
  await measure('GetItem', `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`, '', '');
  const exporting = `<m:ExportItems><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:ExportItems>`;
  await measure('ExportItems', exporting, '', '');
  const inbox = await organization.mailboxes.of(recipient.guid).folders.distinguished('inbox');
  const exported = await ask(Buffer.from(head + exporting + end), true);
  await measure('UploadItems', `<m:UploadItems><m:Items><t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${inbox.id}"/><t:Data>`, /Data>([^<]*)/.exec(exported)?.[1] ?? '', '</t:Data></t:Item></m:Items></m:UploadItems>');
  await measure('(a draft)', '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>draft</t:Subject></t:Message></m:Items></m:CreateItem>', '', '');
  await measure('CreateAttachment', `<m:CreateAttachment><m:ParentItemId Id="${idIn('ItemId')}"/><m:Attachments><t:FileAttachment><t:Name>a</t:Name><t:Content>`, lines, '</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>');
  await measure('GetAttachment', `<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${idIn('AttachmentId')}"/></m:AttachmentIds></m:GetAttachment>`, '', '');
  console.log(`  ${size} MiB over EWS, MiB of resident memory more at most, requests not counted: ${measured.join(', ')}`);
}

async function benchMemory(): Promise<void> {
  const organization = await openOrganization({ file: join(scratch, 'memory.sqlite') });
  const recipient = await addMailbox(organization, 'user');
  const mailbox = organization.mailboxes.of(recipient.guid);
  const inbox = await mailbox.folders.distinguished('inbox');
  const line = Buffer.from(`${'x'.repeat(76)}\r\n`.repeat(1000));
  for (const size of [5, 50]) {
    const file = join(scratch, `large${size}.eml`);
    writeFileSync(file, Buffer.concat([Buffer.from(`Subject: ${size} MiB\r\n\r\n`), ...Array.from({ length: Math.round((size * mebibyte) / line.length) }, () => line)]));
    let id = '';
    const stored = await memoryOf(async () => ({ id } = await mailbox.items.create(inbox.id, await newItemFromMime(createReadStream(file)))));
    const read = await memoryOf(async () => {
      for await (const _ of (await mailbox.items.mime(id)) ?? []) await new Promise(setImmediate);
    });
    await benchEwsMemory(organization, recipient, file, size);
    console.log(`  ${size} MiB: storing takes ${(stored / mebibyte).toFixed(0)} MiB, reading its bytes ${(read / mebibyte).toFixed(0)} MiB of resident memory at most`);
  }
  await organization.close();
}

/** Parts by name, so that one can be run alone: `node bench/mailboxes.ts import`. */
const parts: Record<string, () => Promise<void>> = {
  memory: async () => {
    console.log('Memory of one large message, streamed into and out of the store');
    await benchMemory();
  },
  import: async () => {
    console.log('Import beside raw inserts of the same bytes in transactions of 100');
    await benchImport();
  },
  operations: () => withOrganization(benchOperations),
  calendar: () => withOrganization(benchCalendar),
  streaming: () => withOrganization(benchStreaming),
};

async function withOrganization(work: (organization: Organization) => Promise<void>): Promise<void> {
  const organization = await openOrganization({ file: join(scratch, `${work.name}.sqlite`) });
  await work(organization);
  await organization.close();
}

try {
  const asked = process.argv.slice(2);
  for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await part();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
