import { createHash, hash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { errorCode, errorText } from '../../foundation/index.ts';
import { calendarItemsFromFile, newItemFromMime, OrganizationError } from '../../organization/index.ts';
import type { Folder, Mailbox, NewItem, Organization, Recipient } from '../../organization/index.ts';
import type { ImportSource } from './list-sources.ts';
import { mboxBuffer, mboxBytes, MboxError, mboxMessages } from './mbox.ts';

export interface ImportOptions {
  organization: Organization;
  recipient: Recipient;
  /** Where mail goes: names from the top of the mailbox, or a distinguished name alone. Events go to the calendar. */
  folder: readonly string[];
  sources: AsyncIterable<ImportSource>;
  /** Marks messages as read. */
  asRead: boolean;
  /** Only tells what would be done. */
  dryRun: boolean;
  signal: AbortSignal;
  onProgress(counts: ImportCounts): void;
}

export interface ImportCounts {
  messages: number;
  events: number;
  /** Events that were there in another version. */
  replaced: number;
  /** Messages and events that an earlier run, or the same one, has imported already. */
  present: number;
  bytes: number;
}

export interface ImportRefusal {
  /** The file, and of an mbox file the message's number. */
  source: string;
  reason: string;
}

export interface ImportOutcome {
  counts: ImportCounts;
  refusals: readonly ImportRefusal[];
  /** What in calendar files is no event, by kind. */
  ignored: Readonly<Record<string, number>>;
  /** False when the signal ended it early. */
  isComplete: boolean;
}

/** Messages that are stored in one go: others write in between. */
const batchItems = 500;
const batchBytes = 8_000_000;
/** Messages above this are read as they are stored, and before that once for their digest. */
const largestInMemory = 2_000_000;
const largestCalendar = 10 * 1024 * 1024;
/** Names that are remembered before the folder is asked instead. */
const mostNames = 50_000;
const urlName = '0x10f3';

interface Waiting {
  name: string;
  source: string;
  item: NewItem;
  bytes: number;
}

interface Message {
  source: string;
  size: number;
  open(): AsyncIterable<Uint8Array>;
  /** All of it, for a short one. */
  read(): Buffer;
}

/**
 * Imports files into a mailbox. A message is known by its bytes and its folder, an event by its UID: running it again, after
 * an interruption too, adds only what is missing. One file that cannot be imported does not stop the others.
 *
 * @throws OrganizationError what ends the import as a whole, such as `ORGANIZATION_MAILBOX_FULL`
 */
export async function importSources(options: ImportOptions): Promise<ImportOutcome> {
  const { organization, recipient, dryRun, signal } = options;
  const mailbox = organization.mailboxes.of(recipient.guid);
  const counts: ImportCounts = { messages: 0, events: 0, replaced: 0, present: 0, bytes: 0 };
  const refusals: ImportRefusal[] = [];
  const ignored: Record<string, number> = {};
  const folders = new Map<string, Folder | undefined>();
  const entered = new Set<string>();
  let target: Folder | undefined;
  let targetPath = '';
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  /** Names that this run has met in the present folder. */
  let seen = new Set<string>();
  /** True while nothing else is in the folder, so that it need not be asked. */
  let isNew = false;

  const flush = async (): Promise<void> => {
    const [batch, folder] = [waiting, target];
    waiting = [];
    waitingBytes = 0;
    if (batch.length === 0) return;
    if (!dryRun && folder !== undefined) await store(mailbox, folder, batch, refusals, counts);
    else for (const { bytes } of batch) add(counts, bytes);
    if (seen.size > mostNames) [seen, isNew] = [new Set(), false];
    options.onProgress(counts);
  };

  const enter = async (path: readonly string[]): Promise<void> => {
    const key = path.join('/');
    if (key === targetPath && folders.has(key)) return;
    await flush();
    if (!folders.has(key)) folders.set(key, await folderAt(mailbox, path, dryRun));
    target = folders.get(key);
    targetPath = key;
    seen = new Set();
    isNew = target === undefined || (target.totalCount === 0 && !entered.has(key));
    entered.add(key);
  };

  const take = async ({ source, size, open, read }: Message): Promise<void> => {
    const whole = size <= largestInMemory ? read() : undefined;
    if (whole?.length === 0) {
      refusals.push({ source, reason: 'it is empty' });
      return;
    }
    const name = `${await digest(whole ?? open())}.EML`;
    if (seen.has(name) || (!isNew && target !== undefined && (await isThere(mailbox, target, name)))) {
      counts.present += 1;
      return;
    }
    seen.add(name);
    const item: NewItem = dryRun ? {} : await newItemFromMime(whole ?? open());
    waiting.push({ name, source, bytes: size, item: { ...item, properties: { ...item.properties, [urlName]: name, 'message:IsRead': options.asRead } } });
    waitingBytes += size;
    if (waiting.length >= batchItems || waitingBytes >= batchBytes) await flush();
  };

  const takeFile = async (source: Exclude<ImportSource, { kind: 'unknown' }>): Promise<void> => {
    const { path, kind, bytes } = source;
    if (kind === 'calendar') {
      await takeCalendar(options, source, counts, ignored);
      return;
    }
    await enter([...options.folder, ...source.folder]);
    if (kind === 'message') {
      await take({ source: path, size: bytes, open: () => createReadStream(path), read: () => readFileSync(path) });
      return;
    }
    let number = 0;
    const file = openSync(path, 'r');
    try {
      for await (const stretch of mboxMessages(path)) {
        if (signal.aborted) return;
        number += 1;
        await take({ source: `${path}, message ${number}`, size: stretch.end - stretch.start, open: () => mboxBytes(path, stretch), read: () => mboxBuffer(file, stretch) });
      }
    } finally {
      closeSync(file);
    }
  };

  for await (const source of options.sources) {
    if (signal.aborted) break;
    if (source.kind === 'unknown') {
      refusals.push({ source: source.path, reason: source.reason });
      continue;
    }
    try {
      await takeFile(source);
    } catch (error) {
      if (!isOfThisFile(error)) throw error;
      refusals.push({ source: source.path, reason: errorText(error) });
    }
  }
  await flush();
  options.onProgress(counts);
  return { counts, refusals, ignored, isComplete: !signal.aborted };
}

function add(counts: ImportCounts, bytes: number): void {
  counts.messages += 1;
  counts.bytes += bytes;
}

/** All in one go; where that fails, one by one, so that only what is at fault is refused. */
async function store(mailbox: Mailbox, folder: Folder, batch: readonly Waiting[], refusals: ImportRefusal[], counts: ImportCounts): Promise<void> {
  if (batch.every(({ item }) => item.mime instanceof Uint8Array)) {
    try {
      await mailbox.items.createAll(folder.id, batch.map(({ item }) => item));
      for (const { bytes } of batch) add(counts, bytes);
      return;
    } catch (error) {
      if (!isOfThisFile(error)) throw error;
    }
  }
  for (const { item, source, bytes } of batch) {
    try {
      await mailbox.items.createAll(folder.id, [item]);
      add(counts, bytes);
    } catch (error) {
      if (!isOfThisFile(error)) throw error;
      refusals.push({ source, reason: errorText(error) });
    }
  }
}

async function takeCalendar({ organization, recipient, dryRun, onProgress }: ImportOptions, { path, bytes }: { path: string; bytes: number }, counts: ImportCounts, ignored: Record<string, number>): Promise<void> {
  if (bytes > largestCalendar) throw new MboxError(`it is larger than ${largestCalendar} bytes`);
  const read = calendarItemsFromFile(await readFile(path), recipient.timeZone ?? 'UTC');
  for (const [kind, number] of Object.entries(read.ignored)) if (kind !== 'VALARM') ignored[kind] = (ignored[kind] ?? 0) + number;
  const events = read.events.map((event) => ({ ...event, version: `${createHash('sha256').update(JSON.stringify([event.calendar, event.properties])).update(event.mime ?? '').digest('hex')}.EML` }));
  if (dryRun) counts.events += events.length;
  else {
    const { created, replaced, unchanged } = await organization.calendars.merge(recipient.guid, events);
    counts.events += created;
    counts.replaced += replaced;
    counts.present += unchanged;
  }
  counts.bytes += bytes;
  onProgress(counts);
}

/** A folder by its path, made where it is missing. Undefined in a dry run that would make it. */
async function folderAt(mailbox: Mailbox, path: readonly string[], dryRun: boolean): Promise<Folder | undefined> {
  const [first = 'inbox', ...names] = path;
  let folder = await topFolder(mailbox, first, dryRun);
  for (const name of names) folder = folder === undefined ? undefined : await childFolder(mailbox, folder, name, dryRun);
  return folder;
}

async function topFolder(mailbox: Mailbox, name: string, dryRun: boolean): Promise<Folder | undefined> {
  const lower = name.toLowerCase().replaceAll(' ', '');
  if (lower === 'inbox' || lower === 'sentitems' || lower === 'drafts' || lower === 'deleteditems' || lower === 'junkemail') return mailbox.folders.distinguished(lower);
  return childFolder(mailbox, await mailbox.folders.distinguished('msgfolderroot'), name, dryRun);
}

async function childFolder(mailbox: Mailbox, parent: Folder, displayName: string, dryRun: boolean): Promise<Folder | undefined> {
  const { entries } = await mailbox.folders.find(parent.id, { traversal: 'Shallow', limit: 10_000 });
  const there = entries.find((folder) => folder.displayName.toLowerCase() === displayName.toLowerCase());
  return there ?? (dryRun ? undefined : mailbox.folders.create(parent.id, { displayName }));
}

async function isThere(mailbox: Mailbox, folder: Folder, name: string): Promise<boolean> {
  const { total } = await mailbox.items.find(folder.id, { limit: 1, restriction: { type: 'IsEqualTo', key: urlName, to: { constant: name } } });
  return total > 0;
}

async function digest(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  if (bytes instanceof Uint8Array) return hash('sha256', bytes);
  const whole = createHash('sha256');
  for await (const chunk of bytes) whole.update(chunk);
  return whole.digest('hex');
}

/** True for what only one file is at fault for: the file itself, or an item that cannot be kept. */
function isOfThisFile(error: unknown): boolean {
  if (error instanceof MboxError) return true;
  if (error instanceof OrganizationError) return error.code !== 'ORGANIZATION_MAILBOX_FULL';
  return ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EIO'].includes(errorCode(error) ?? '');
}
