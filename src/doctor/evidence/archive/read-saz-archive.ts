import type { FileSink } from '../evidence-collector.ts';
import { createExchangeJudge } from '../readers/http-exchange.ts';
import { readSazSession } from '../readers/saz-session.ts';
import type { ArchiveEntry, OpenedArchive } from './open-archive.ts';

const keptOfMessage = 1_048_576;

/** The sessions of Fiddler's archive, in their order. */
export async function readSazArchive(archive: OpenedArchive, sink: FileSink & { file: { bytes: number; lines: number } }): Promise<void> {
  const sessions = new Map<number, Partial<Record<'c' | 's' | 'm', ArchiveEntry>>>();
  let encrypted = 0;
  for (const entry of archive.entries) {
    sink.file.bytes += entry.compressedBytes;
    if (entry.isEncrypted) {
      encrypted++;
      continue;
    }
    if (entry.refused !== undefined) {
      sink.note(`${entry.name} was not read: ${entry.refused}`);
      continue;
    }
    const [, number, part] = /^raw\/(\d+)_([csm])\.(?:txt|xml)$/i.exec(entry.name) ?? [];
    if (number === undefined || part === undefined) continue;
    const session = sessions.get(Number(number)) ?? {};
    session[part.toLowerCase() as 'c' | 's' | 'm'] = entry;
    sessions.set(Number(number), session);
  }
  if (encrypted > 0) sink.note('The trace is protected by a password and was not read. Open it in Fiddler, save it again without a password (Save as type: SAZ), and redact it before you share it.');
  let unreadable = 0;
  const judge = createExchangeJudge(sink);
  for (const [number, { c, s, m }] of [...sessions].toSorted(([a], [b]) => a - b)) {
    if (c === undefined) continue;
    const request = await contentOf(c);
    const exchange = readSazSession(request, s === undefined ? undefined : await contentOf(s), m === undefined ? '' : (await contentOf(m)).toString());
    for (const part of [c, s, m]) if (part?.stopped !== undefined) sink.note(`${part.name}: ${part.stopped}`);
    if (exchange === undefined) {
      if (!request.subarray(0, 8).toString('latin1').startsWith('CONNECT')) unreadable++;
      continue;
    }
    // The session's number stands where other formats have the line.
    judge.judge({ ...exchange, line: number });
  }
  judge.end();
  sink.file.lines = sessions.size;
  if (unreadable > 0) sink.note(`${unreadable} session${unreadable === 1 ? '' : 's'} could not be read.`);
}

async function contentOf(entry: ArchiveEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of await entry.open()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > keptOfMessage) break;
  }
  return Buffer.concat(chunks).subarray(0, keptOfMessage);
}
