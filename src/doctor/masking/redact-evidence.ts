import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import yazl from 'yazl';
import { errorCode, HybridgeError } from '../../foundation/index.ts';
import { openArchive } from '../evidence/archive/open-archive.ts';
import { filesBelow } from '../evidence/examine-evidence.ts';
import { createNamePseudonyms } from './name-pseudonyms.ts';
import { createSecretMasker } from './mask-secrets.ts';
import { redactContent, textsOfContent } from './redact-content.ts';
import type { Redaction } from './redact-content.ts';
import { redactMessage } from './redact-message.ts';

export type RedactErrorCode = 'DOCTOR_REDACT_EXISTS' | 'DOCTOR_REDACT_INPUT';

export interface RedactOptions {
  /** A file or a folder. */
  from: string;
  /** Must not exist yet. */
  to: string;
  /** Mask secrets only; names of people, hosts and addresses stay. */
  keepNames?: boolean;
  onFile?: (name: string) => void;
}

export interface RedactReport {
  written: readonly string[];
  /** What is not in the copy, and other things to know. */
  notes: readonly string[];
}

const keptOfMessage = 16 * 1024 * 1024;

/**
 * Writes a copy of evidence that may be shared: secrets masked, people, hosts and addresses under pseudonyms. The same
 * name has the same pseudonym in all files of one copy, so that lines still belong together; another copy has others.
 * Logs keep their lines, one for one. What cannot be read is left out. Everything streams.
 *
 * @throws HybridgeError `DOCTOR_REDACT_EXISTS`, `DOCTOR_REDACT_INPUT`
 */
export async function redactEvidence({ from, to, keepNames = false, onFile }: RedactOptions): Promise<RedactReport> {
  const isFolder = await isDirectory(from);
  await refuseExisting(to);
  const notes: string[] = [];
  const written: string[] = [];
  const files = await filesBelow(from, notes);
  const key = randomBytes(32);
  const names = createNamePseudonyms(key);
  const redaction = (): Redaction => ({ masker: createSecretMasker(key), replaceNames: keepNames ? (text) => text : names.replace, notes });
  // First all files are read for the organisation's own domains, which stand without a mail address elsewhere.
  if (!keepNames) for (const { path } of files) for await (const text of textsOfFile(path)) names.learn(text);
  for (const { path, name } of files) {
    onFile?.(name);
    const inner = path.slice(from.length).replace(/^[/\\]+/, '');
    const target = isFolder ? join(to, ...inner.split('/').map((part) => redaction().replaceNames(part))) : to;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    if (await redactFile(path, target, redaction(), name)) written.push(target);
    else await rm(target, { force: true });
  }
  return { written, notes };
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new HybridgeError<RedactErrorCode>('DOCTOR_REDACT_INPUT', 'The evidence cannot be opened.', { cause: error, remedy: `Check the path: ${path}` });
  }
}

async function refuseExisting(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    (error: unknown) => errorCode(error) !== 'ENOENT',
  );
  if (exists) throw new HybridgeError<RedactErrorCode>('DOCTOR_REDACT_EXISTS', 'The place for the copy exists already.', { remedy: `Name a new one: nothing is overwritten. ${path}` });
}

type FileForm = 'archive' | 'gzip' | 'plain';

async function formOf(path: string): Promise<FileForm> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip';
    return buffer.readUInt32BE(0) === 0x504b0304 ? 'archive' : 'plain';
  } finally {
    await file.close();
  }
}

function contentOf(path: string, form: FileForm): AsyncIterable<Buffer> {
  const stream = createReadStream(path, { highWaterMark: 1_048_576 });
  if (form === 'plain') return stream as AsyncIterable<Buffer>;
  const unpacked = stream.pipe(createGunzip());
  stream.once('error', (error) => unpacked.destroy(error));
  return unpacked as AsyncIterable<Buffer>;
}

async function* textsOfFile(path: string): AsyncGenerator<string> {
  try {
    const form = await formOf(path);
    if (form !== 'archive') return yield* textsOfContent(contentOf(path, form));
    const archive = await openArchive(path);
    try {
      for (const entry of archive.entries) if (entry.refused === undefined) yield* textsOfContent(await entry.open());
    } finally {
      archive.close();
    }
  } catch {
    // The copy tells about what cannot be read.
  }
  return undefined;
}

async function redactFile(path: string, target: string, redaction: Redaction, name: string): Promise<boolean> {
  try {
    const form = await formOf(path);
    if (form === 'archive') return await redactArchive(path, target, redaction, name);
    const content = await redactContent(contentOf(path, form), redaction, name);
    if (content === undefined) return false;
    const output = createWriteStream(target, { flags: 'wx', mode: 0o600 });
    if (form === 'gzip') await pipeline(Readable.from(content), createGzip(), output);
    else await pipeline(Readable.from(content), output);
    return true;
  } catch (error) {
    redaction.notes.push(`${name} was left out: it cannot be read (${errorCode(error) ?? 'broken'}).`);
    return false;
  }
}

async function redactArchive(path: string, target: string, redaction: Redaction, name: string): Promise<boolean> {
  const archive = await openArchive(path);
  const zip = new yazl.ZipFile();
  const output = pipeline(zip.outputStream, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
  // Awaited below; a failure to write must not be unhandled before.
  output.catch(() => undefined);
  try {
    const isSaz = archive.entries.some((entry) => /^raw\/\d+_c\.txt$/i.test(entry.name));
    for (const entry of archive.entries) {
      const label = `${name}!${entry.name}`;
      if (entry.refused !== undefined) {
        redaction.notes.push(`${label} was left out: ${entry.refused}`);
        continue;
      }
      const written = entry.name.split('/').map(redaction.replaceNames).join('/');
      if (isSaz && /^raw\/\d+_[cs]\.txt$/i.test(entry.name)) {
        const bytes = await wholeOf(await entry.open());
        if (bytes === undefined) redaction.notes.push(`${label} was left out: it is larger than 16 MB.`);
        else zip.addBuffer(redactMessage(bytes, (text) => redaction.replaceNames(redaction.masker.text(text))), written);
        continue;
      }
      const content = await redactContent(await entry.open(), redaction, label);
      if (content === undefined) continue;
      const stream = Readable.from(content);
      zip.addReadStream(stream, written);
      await new Promise<void>((resolve) => void stream.once('close', resolve));
      if (entry.stopped !== undefined) redaction.notes.push(`${label}: ${entry.stopped}`);
    }
    zip.end();
    await output;
    return true;
  } finally {
    archive.close();
  }
}

async function wholeOf(content: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > keptOfMessage) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
