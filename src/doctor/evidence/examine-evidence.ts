import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { createGunzip } from 'node:zlib';
import { errorCode, errorText } from '../../foundation/index.ts';
import { createSecretMasker } from '../masking/mask-secrets.ts';
import { openArchive } from './archive/open-archive.ts';
import { readSazArchive } from './archive/read-saz-archive.ts';
import { bytesOfFile } from './bytes-of-file.ts';
import { concludeEvidence } from './conclude-evidence.ts';
import type { EvidenceReport } from './conclude-evidence.ts';
import { createEvidenceCollector } from './evidence-collector.ts';
import type { EvidenceCollector } from './evidence-collector.ts';
import { readContent } from './read-content.ts';
import type { LocalClock } from './rules/local-offsets.ts';

export interface ExamineOptions {
  /** Files and folders. */
  paths: readonly string[];
  /** Epoch milliseconds: certificates that end before it have ended. */
  now: number;
  /** How local times are read, where nothing in the evidence tells. */
  localClock?: LocalClock;
  /** Called before each file. */
  onFile?: (name: string) => void;
}

const mostFiles = 20_000;
const deepestFolder = 24;

/**
 * Reads evidence of every known kind, recognised by its content, together: a time line across both sides, and findings
 * with the very lines. Everything is read once, as a stream; secrets are masked before anything is kept.
 *
 * @throws Error of the file system where a given path is not there
 */
export async function examineEvidence(options: ExamineOptions): Promise<EvidenceReport> {
  const collector = createEvidenceCollector(createSecretMasker());
  const notes: string[] = [];
  const files: { path: string; name: string }[] = [];
  for (const path of options.paths) files.push(...(await filesBelow(path, notes, mostFiles - files.length)));
  // Logs that roll over continue one another when they are read in the order of their names.
  for (const { path, name } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    options.onFile?.(name);
    await readFile(path, name, collector, notes);
  }
  return concludeEvidence(collector, { now: options.now, notes, ...(options.localClock === undefined ? {} : { localClock: options.localClock }) });
}

/** Files and folders below a path; links are not followed, for they may lead anywhere. */
export async function filesBelow(path: string, notes: string[], most = mostFiles): Promise<readonly { path: string; name: string }[]> {
  const found: { path: string; name: string }[] = [];
  const visit = async (current: string, name: string, depth: number): Promise<void> => {
    const facts = await lstat(current);
    if (facts.isSymbolicLink()) return void notes.push(`${name} is a link and was not followed.`);
    if (facts.isFile()) {
      if (found.length < most) found.push({ path: current, name });
      else if (found.length === most && !notes.includes(tooMany)) notes.push(tooMany);
      return;
    }
    if (!facts.isDirectory()) return void notes.push(`${name} is no file and was not read.`);
    if (depth > deepestFolder) return void notes.push(`${name} is too deep and was not read.`);
    for (const each of (await readdir(current)).toSorted()) await visit(join(current, each), `${name}/${each}`, depth + 1).catch((error: unknown) => notes.push(`${name}/${each} cannot be read: ${errorCode(error) ?? errorText(error)}.`));
  };
  await visit(path, relative('.', path).startsWith('..') || relative('.', path) === '' ? basename(path) : relative('.', path), 0);
  return found;
}

const tooMany = `There are more than ${mostFiles} files; the others were not read.`;

async function readFile(path: string, name: string, collector: EvidenceCollector, notes: string[]): Promise<void> {
  try {
    const head = await readHead(path);
    if (head[0] === 0x1f && head[1] === 0x8b) return await readContent(name, gunzipped(path), collector);
    if (head.length >= 4 && head.readUInt32BE(0) === 0x504b0304) return await readArchive(path, name, collector);
    await readContent(name, bytesOfFile(path), collector);
  } catch (error) {
    notes.push(`${name} cannot be read: ${errorCode(error) ?? errorText(error)}.`);
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function* gunzipped(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path);
  const stream = source.pipe(createGunzip({ chunkSize: 65_536 }));
  source.once('error', (error) => stream.destroy(error));
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    read += chunk.length;
    if (read > 67_108_864 && read > source.bytesRead * 400) throw new Error('it grows as a bomb does');
    yield chunk;
  }
}

async function readArchive(path: string, name: string, collector: EvidenceCollector): Promise<void> {
  const archive = await openArchive(path);
  try {
    const isSaz = archive.entries.some((entry) => /^raw\/\d+_c\.txt$/i.test(entry.name));
    const sink = collector.open(name, isSaz ? 'SAZ trace' : 'archive', isSaz ? 'client' : 'unknown');
    for (const note of archive.notes) sink.note(note);
    if (isSaz) return await readSazArchive(archive, sink);
    for (const entry of archive.entries) {
      if (entry.refused !== undefined) {
        sink.note(entry.isEncrypted ? 'Entries are encrypted and were not read: unpack the archive with its password.' : `${entry.name} was not read: ${entry.refused}`);
        continue;
      }
      await readContent(`${name}!${entry.name}`, await entry.open(), collector);
      if (entry.stopped !== undefined) sink.note(`${entry.name}: ${entry.stopped}`);
      sink.file.bytes += entry.compressedBytes;
    }
  } finally {
    archive.close();
  }
}
