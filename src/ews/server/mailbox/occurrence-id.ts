import type { Instant } from '../../../organization/index.ts';

/** First byte of an occurrence's id: none that a stored object's id begins with. */
const marker = 0x1f;

/** An occurrence: its series, and when the pattern puts it. */
export interface OccurrenceReference {
  masterId: string;
  originalStart: Instant;
}

/** The id of an occurrence holds that of its series. */
export function occurrenceId({ masterId, originalStart }: OccurrenceReference): string {
  const bytes = Buffer.alloc(36);
  bytes[0] = marker;
  Buffer.from(masterId, 'base64').copy(bytes, 1, 0, 27);
  bytes.writeBigInt64BE(BigInt(originalStart), 28);
  return bytes.toString('base64');
}

/** The series of an occurrence's id; undefined for other ids. Whether it has that occurrence is not said. */
export function masterOfOccurrence(id: string): OccurrenceReference | undefined {
  if (id.length !== 48) return undefined;
  const bytes = Buffer.from(id, 'base64');
  if (bytes.length !== 36 || bytes[0] !== marker || bytes.toString('base64') !== id) return undefined;
  const originalStart = Number(bytes.readBigInt64BE(28));
  return Number.isSafeInteger(originalStart) ? { masterId: bytes.toString('base64', 1, 28), originalStart } : undefined;
}
