import { TransportError } from '../transport-error.ts';

/** A head that is longer is refused; Exchange's own limit (MaxHeaderSize). */
const longestHead = 262_144;

/** A message's head, as its fields with their folded lines, and what comes after it. */
export interface SplitMessage {
  /** Latin-1, without the line end. */
  fields: readonly string[];
  /** The body, with the empty line before it. */
  rest: AsyncIterable<Uint8Array>;
}

/**
 * Reads a message as far as its head goes.
 *
 * @throws TransportError `TRANSPORT_HEAD_TOO_LARGE`
 */
export async function splitHead(source: AsyncIterable<Uint8Array>): Promise<SplitMessage> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  let size = 0;
  // The last bytes, in which the end may have begun.
  let tail: Buffer = Buffer.from('\r\n');
  let end = -1;
  let isDone = false;
  while (end === -1 && !isDone) {
    const { value, done } = await iterator.next();
    if (done === true) {
      isDone = true;
      break;
    }
    const searched = Buffer.concat([tail, value]);
    const found = searched.indexOf('\r\n\r\n');
    // A message may begin with the empty line that ends its head; then the line end before it is not its own.
    if (found !== -1) end = size - tail.length + found + 2;
    pieces.push(Buffer.from(value));
    tail = searched.subarray(-3);
    size += value.length;
    if ((end === -1 ? size : end) > longestHead) {
      await iterator.return?.();
      throw new TransportError('TRANSPORT_HEAD_TOO_LARGE', 'The head of the message is too large.', { facts: { longestHead } });
    }
  }
  const head = Buffer.concat(pieces);
  const cut = end === -1 ? head.length : end;
  const text = head.toString('latin1', 0, cut).replace(/\r\n$/, '');
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield end === -1 ? Buffer.from('\r\n') : head.subarray(cut);
      if (isDone) return;
      for (;;) {
        const { value, done } = await iterator.next();
        if (done === true) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { fields: text === '' ? [] : text.split(/\r\n(?![ \t])/), rest: rest() };
}

/** The fields of a message's head; the rest is left unread. */
export async function headOf(source: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const { fields, rest } = await splitHead(source);
  await rest[Symbol.asyncIterator]().return?.();
  return fields;
}

/** The name of a field, lower case. */
export function fieldName(field: string): string {
  return field.slice(0, Math.max(0, field.indexOf(':'))).trim().toLowerCase();
}

/** The value of the first field of a name, unfolded. */
export function fieldValue(fields: readonly string[], name: string): string | undefined {
  const field = fields.find((one) => fieldName(one) === name);
  return field?.slice(field.indexOf(':') + 1).replace(/\r\n[ \t]+/g, ' ').trim();
}

/** The message of these fields. */
export async function* joinMessage(fields: readonly string[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(fields.map((field) => `${field}\r\n`).join(''), 'latin1');
  yield* rest;
}

const inside = 'x-ms-exchange-organization-';
const across = 'x-ms-exchange-crosspremises-';

/** Fields that say who a message is of, which nobody may bring along from outside. */
export function withoutInternalFields(fields: readonly string[]): readonly string[] {
  return fields.filter((field) => !fieldName(field).startsWith(inside) && !fieldName(field).startsWith(across));
}

/** For the other half of the hybrid: `X-MS-Exchange-Organization-*` as `X-MS-Exchange-CrossPremises-*`. */
export function toCrossPremises(fields: readonly string[]): readonly string[] {
  return fields.filter((field) => !fieldName(field).startsWith(across)).map((field) => (fieldName(field).startsWith(inside) ? `X-MS-Exchange-CrossPremises-${field.slice(inside.length)}` : field));
}

/** From the other half of the hybrid: the reverse, in place of any that were there. */
export function fromCrossPremises(fields: readonly string[]): readonly string[] {
  return fields.filter((field) => !fieldName(field).startsWith(inside)).map((field) => (fieldName(field).startsWith(across) ? `X-MS-Exchange-Organization-${field.slice(across.length)}` : field));
}
