import { splitMessage, decodeBody } from '../evidence/readers/saz-session.ts';
import { isBinary } from '../evidence/text/text-encoding.ts';

/**
 * An HTTP message of a SAZ with its secrets masked. Its body is written as it reads: neither chunked nor compressed. One
 * that is no text is left out.
 */
export function redactMessage(bytes: Buffer, redact: (text: string) => string): Buffer {
  const message = splitMessage(bytes);
  const body = decodeBody(message);
  const isText = body.length === 0 || !isBinary(body);
  const written = isText ? redact(body.toString()) : `(${body.length} bytes that are no text were left out)`;
  const lines = [...message.headers].flatMap(([name, values]) => (/^(?:content-encoding|transfer-encoding|content-length)$/.test(name) ? [] : values.split('\n').map((value) => redact(`${name}: ${value}`))));
  return Buffer.from([redact(message.start), ...lines, `content-length: ${Buffer.byteLength(written)}`, '', written].join('\r\n'));
}
