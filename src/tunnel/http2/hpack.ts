import { decodeHuffman } from './huffman.ts';
import { errorCodes, ProtocolViolation } from './protocol.ts';

export type HeaderPair = readonly [name: string, value: string];

/** RFC 7541 Appendix A, from index 1. */
const staticTable: readonly HeaderPair[] = [
  [':authority', ''], [':method', 'GET'], [':method', 'POST'], [':path', '/'], [':path', '/index.html'], [':scheme', 'http'], [':scheme', 'https'],
  [':status', '200'], [':status', '204'], [':status', '206'], [':status', '304'], [':status', '400'], [':status', '404'], [':status', '500'],
  ['accept-charset', ''], ['accept-encoding', 'gzip, deflate'], ['accept-language', ''], ['accept-ranges', ''], ['accept', ''],
  ['access-control-allow-origin', ''], ['age', ''], ['allow', ''], ['authorization', ''], ['cache-control', ''], ['content-disposition', ''],
  ['content-encoding', ''], ['content-language', ''], ['content-length', ''], ['content-location', ''], ['content-range', ''], ['content-type', ''],
  ['cookie', ''], ['date', ''], ['etag', ''], ['expect', ''], ['expires', ''], ['from', ''], ['host', ''], ['if-match', ''], ['if-modified-since', ''],
  ['if-none-match', ''], ['if-range', ''], ['if-unmodified-since', ''], ['last-modified', ''], ['link', ''], ['location', ''], ['max-forwards', ''],
  ['proxy-authenticate', ''], ['proxy-authorization', ''], ['range', ''], ['referer', ''], ['refresh', ''], ['retry-after', ''], ['server', ''],
  ['set-cookie', ''], ['strict-transport-security', ''], ['transfer-encoding', ''], ['user-agent', ''], ['vary', ''], ['via', ''], ['www-authenticate', ''],
];
const indexOfPair = new Map(staticTable.flatMap(([name, value], index) => (value === '' ? [] : [[`${name} ${value}`, index + 1] as const])));
const indexOfName = new Map(staticTable.map(([name], index) => [name, index + 1] as const).toReversed());

/** Fields of one block, and what their names and values may weigh together. */
const maximumFields = 64;
const maximumFieldBytes = 16 * 1024;

/** Writes a header block without Huffman codes and without ever filling the dynamic table. */
export function encodeHeaders(fields: readonly HeaderPair[], first: boolean): Buffer {
  // The peer may have made its table smaller; saying that ours is empty is right in any case (RFC 7541 §4.2).
  const parts: Buffer[] = first ? [Buffer.from([0x20])] : [];
  for (const [name, value] of fields) {
    const known = indexOfPair.get(`${name} ${value}`);
    if (known !== undefined) {
      parts.push(encodeInteger(0x80, 7, known));
      continue;
    }
    const named = indexOfName.get(name);
    parts.push(encodeInteger(0, 4, named ?? 0));
    if (named === undefined) parts.push(encodeText(name));
    parts.push(encodeText(value));
  }
  return Buffer.concat(parts);
}

function encodeText(text: string): Buffer {
  return Buffer.concat([encodeInteger(0, 7, text.length), Buffer.from(text, 'latin1')]);
}

function encodeInteger(pattern: number, prefixBits: number, value: number): Buffer {
  const limit = 2 ** prefixBits - 1;
  if (value < limit) return Buffer.from([pattern | value]);
  const bytes = [pattern | limit];
  let rest = value - limit;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/**
 * Reads a header block. This side announces a dynamic table of no size, so that only the static table can be meant; a
 * block that refers to anything else is an error of the connection, as every undecodable one is (RFC 9113 §4.3).
 *
 * @throws ProtocolViolation
 */
export function decodeHeaders(block: Buffer): HeaderPair[] {
  const reader = new BlockReader(block);
  const fields: HeaderPair[] = [];
  let weight = 0;
  while (!reader.done) {
    const byte = reader.peek();
    if ((byte & 0xe0) === 0x20) {
      if (fields.length > 0 || reader.integer(5) > 4096) throw new ProtocolViolation(errorCodes.compressionError, 'a table size is out of place');
      continue;
    }
    const field = byte >= 0x80 ? pairAt(reader.integer(7)) : literal(reader, (byte & 0x40) === 0 ? 4 : 6);
    weight += field[0].length + field[1].length + 32;
    if (fields.length === maximumFields || weight > maximumFieldBytes) throw new ProtocolViolation(errorCodes.enhanceYourCalm, 'the header fields are too large');
    fields.push(field);
  }
  return fields;
}

function literal(reader: BlockReader, prefixBits: number): HeaderPair {
  const index = reader.integer(prefixBits);
  const name = index === 0 ? reader.text() : pairAt(index)[0];
  return [name, reader.text()];
}

function pairAt(index: number): HeaderPair {
  const pair = staticTable[index - 1];
  if (pair === undefined) throw new ProtocolViolation(errorCodes.compressionError, 'a header field is not in the table');
  return pair;
}

class BlockReader {
  readonly #block: Buffer;
  #at = 0;

  constructor(block: Buffer) {
    this.#block = block;
  }

  get done(): boolean {
    return this.#at >= this.#block.length;
  }

  peek(): number {
    const byte = this.#block[this.#at];
    if (byte === undefined) throw new ProtocolViolation(errorCodes.compressionError, 'a header block is cut off');
    return byte;
  }

  /** RFC 7541 §5.1, up to 2^21. */
  integer(prefixBits: number): number {
    const limit = 2 ** prefixBits - 1;
    let value = this.peek() & limit;
    this.#at += 1;
    if (value < limit) return value;
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = this.peek();
      this.#at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new ProtocolViolation(errorCodes.compressionError, 'a number in a header block is too large');
  }

  text(): string {
    const coded = this.peek() >= 0x80;
    const length = this.integer(7);
    const end = this.#at + length;
    if (end > this.#block.length) throw new ProtocolViolation(errorCodes.compressionError, 'a header block is cut off');
    const bytes = this.#block.subarray(this.#at, end);
    this.#at = end;
    return coded ? decodeHuffman(bytes) : bytes.toString('latin1');
  }
}
