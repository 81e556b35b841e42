import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** An archive has more than this only to do harm. */
const mostEntries = 50_000;
/** A log that is very alike within shrinks to a hundredth; a bomb to a thousandth. */
const largestRatio = 400;
const innocentBytes = 64 * 1024 * 1024;
const mostBytes = 64 * 1024 * 1024 * 1024;

export interface ArchiveEntry {
  /** As it stands in the archive; only a label: nothing is ever written under it. */
  name: string;
  isEncrypted: boolean;
  /** Why it is not read. */
  refused?: string;
  compressedBytes: number;
  /** Chunks of the content. Ends early, and sets `stopped`, where it is larger than any honest content. */
  open(): Promise<AsyncIterable<Buffer>>;
  stopped?: string;
}

export interface OpenedArchive {
  entries: readonly ArchiveEntry[];
  /** What is wrong with the archive itself. */
  notes: readonly string[];
  close(): void;
}

/**
 * A ZIP file, by its directory (SAZ is one). Names with `..`, absolute ones and encrypted entries are told, and the
 * content of entries is limited in all and against its compressed size.
 *
 * @throws Error where it is no ZIP, or a broken one
 */
export async function openArchive(path: string): Promise<OpenedArchive> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    // Names are decoded here, because the library refuses the whole archive for one bad name.
    yauzl.open(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false }, (error, opened) => (error === null ? resolve(opened) : reject(error)));
  });
  const budget = { left: mostBytes };
  const entries: ArchiveEntry[] = [];
  const notes: string[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entries.length >= mostEntries) {
        notes.push(`The archive has ${zip.entryCount} entries; the first ${mostEntries} were read.`);
        resolve();
        return;
      }
      const read = entryOf(zip, entry, budget);
      if (!read.name.endsWith('/')) entries.push(read);
      zip.readEntry();
    });
    zip.once('end', resolve);
    zip.once('error', (error: Error) => {
      if (entries.length === 0) reject(error);
      notes.push('The directory of the archive is broken; what stands before the break was read.');
      resolve();
    });
    zip.readEntry();
  });
  return { entries, notes, close: () => zip.close() };
}

function entryOf(zip: ZipFile, entry: Entry, budget: { left: number }): ArchiveEntry {
  const raw: unknown = entry.fileName;
  const name = (Buffer.isBuffer(raw) ? raw.toString((entry.generalPurposeBitFlag & 0x800) === 0 ? 'latin1' : 'utf8') : String(raw)).replaceAll('\\', '/');
  const refused = (entry.generalPurposeBitFlag & 1) === 1 ? 'It is encrypted.' : isTrick(name) ? 'Its name leads out of the archive.' : ![0, 8].includes(entry.compressionMethod) ? `Its compression (${entry.compressionMethod}) is not known.` : undefined;
  const opened: ArchiveEntry = {
    name,
    isEncrypted: (entry.generalPurposeBitFlag & 1) === 1,
    compressedBytes: entry.compressedSize,
    ...(refused === undefined ? {} : { refused }),
    async open() {
      const stream = await new Promise<Readable>((resolve, reject) => zip.openReadStream(entry, (error, readable) => (error === null ? resolve(readable) : reject(error))));
      return limited(stream, opened, budget);
    },
  };
  return opened;
}

async function* limited(stream: Readable, entry: ArchiveEntry, budget: { left: number }): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      budget.left -= chunk.length;
      if (budget.left < 0 || (length > innocentBytes && length > entry.compressedBytes * largestRatio)) {
        entry.stopped = `It grows beyond ${Math.round(length / 1_048_576)} MB from ${Math.round(entry.compressedBytes / 1024)} KB, as a zip bomb does; the rest was not read.`;
        return;
      }
      yield chunk;
    }
  } catch {
    entry.stopped = 'Its content is broken from here on.';
  } finally {
    stream.destroy();
  }
}

/** `../`, `/etc/…`, `C:/…`, and control characters. */
export function isTrick(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return /(?:^|\/)\.\.(?:\/|$)|^\/|^[a-z]:|[\u0000-\u001f]/i.test(name);
}
