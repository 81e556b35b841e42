import { createHash } from 'node:crypto';
import type { Instant } from '../calendars/time-zone.ts';
import { OrganizationError } from '../organization-error.ts';

const kinds = ['folder', 'item', 'attachment'] as const;

/**
 * What an id names. `number` is the row's; it is never used again. An attachment's id holds its item's number too.
 */
export interface MailboxId {
  kind: (typeof kinds)[number];
  /** Guid of the mailbox, lower case. */
  mailbox: string;
  number: number;
  itemNumber?: number;
  /** Of an attachment that an occurrence of a series shows: when the pattern puts that. */
  originalStart?: Instant;
  /** Of what is attached to an attached message: positions among its parts, the outermost first. */
  path?: readonly number[];
}

const version = 1;

/** First byte of the id of an occurrence's attachment; it comes after those of `kinds`. */
const ofOccurrence = version * 16 + kinds.length;

/** Attached messages inside one another that an id can reach through. */
export const deepestPath = 10;
const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The text of an id: base64 of version and kind, the mailbox's guid, the numbers and two bytes that tell a mangled id
 * from one that is merely gone. The same bytes are the entry id (0x0fff).
 */
export function writeMailboxId(id: MailboxId): string {
  const { itemNumber, originalStart, path = [] } = id;
  const bytes = Buffer.allocUnsafe(itemNumber === undefined ? 27 : 35 + (originalStart === undefined ? 0 : 8) + 2 * path.length);
  bytes[0] = originalStart === undefined ? version * 16 + kinds.indexOf(id.kind) : ofOccurrence;
  guidBytes(id.mailbox).copy(bytes, 1);
  writeNumber(bytes, itemNumber ?? id.number, 17);
  if (itemNumber !== undefined) writeNumber(bytes, id.number, 25);
  if (originalStart !== undefined) bytes.writeBigInt64BE(BigInt(originalStart), 33);
  for (const [index, position] of path.entries()) bytes.writeUInt16BE(position, bytes.length - 2 - 2 * (path.length - index));
  bytes.writeUInt16BE(check(bytes, bytes.length - 2), bytes.length - 2);
  return bytes.toString('base64');
}

/** Eight bytes, the highest first. */
function writeNumber(bytes: Buffer, number: number, at: number): void {
  bytes.writeUInt32BE(Math.floor(number / 2 ** 32), at);
  bytes.writeUInt32BE(number % 2 ** 32, at + 4);
}

/** Undefined for what is no id of this kind of store. */
export function readMailboxId(text: string): MailboxId | undefined {
  if (text.length < 36 || text.length > 88) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) return undefined;
  const isOfOccurrence = bytes[0] === ofOccurrence;
  const kind = isOfOccurrence ? 'attachment' : kinds[(bytes[0] ?? 0) - version * 16];
  const end = bytes.length - 2;
  const pathAt = isOfOccurrence ? 41 : 33;
  const isWhole = kind === 'attachment' ? end >= pathAt && (end - pathAt) % 2 === 0 && end - pathAt <= 2 * deepestPath : end === 25;
  if (kind === undefined || !isWhole || check(bytes, end) !== bytes.readUInt16BE(end)) return undefined;
  const mailbox = bytes.toString('hex', 1, 17).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const first = Number(bytes.readBigUInt64BE(17));
  if (kind !== 'attachment') return { kind, mailbox, number: first };
  const path: number[] = [];
  for (let at = pathAt; at < end; at += 2) path.push(bytes.readUInt16BE(at));
  return { kind, mailbox, itemNumber: first, number: Number(bytes.readBigUInt64BE(25)), ...(isOfOccurrence ? { originalStart: Number(bytes.readBigInt64BE(33)) } : {}), ...(path.length === 0 ? {} : { path }) };
}

export function malformedId(text: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_MALFORMED_ID', 'The id is malformed.', { facts: { id: text.slice(0, 100) } });
}

/** The latest one: ids of one mailbox are written after one another. */
let latest = { mailbox: '', bytes: Buffer.alloc(16) };

/** Mailboxes are named by guid. Another name is stood for by its hash. */
function guidBytes(mailbox: string): Buffer {
  if (latest.mailbox !== mailbox) {
    latest = { mailbox, bytes: guidPattern.test(mailbox) ? Buffer.from(mailbox.replaceAll('-', ''), 'hex') : createHash('sha256').update(mailbox).digest().subarray(0, 16) };
  }
  return latest.bytes;
}

/** FNV-1a of the first bytes, folded to two: against slips, not against malice. */
function check(bytes: Uint8Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < length; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return (((hash ^ (hash >>> 16)) & 0xff) << 8) | (((hash >>> 8) ^ (hash >>> 24)) & 0xff);
}
