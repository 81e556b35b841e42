import type { ResponseHead } from '../../tunnel/index.ts';
import { errorHeader } from '../../tunnel/index.ts';
import { createKeptLines } from './kept-lines.ts';
import { takeBuffer } from './small-buffers.ts';

export interface ResponseRewriting {
  requestId: string;
  /** True when the client connection ends after this answer. */
  close: boolean;
  /** True for the answer that switches protocols. */
  upgrade: boolean;
  /** The beginning of the body, to follow in the same piece. */
  body: Buffer | undefined;
}

const dropped = new Set(['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'upgrade', errorHeader]);

/** Returns a head as the client gets it. `x-hybridge-error` is ours alone, so that a target cannot speak as the relay. */
export type ResponseRewriter = (head: ResponseHead, rewriting: ResponseRewriting) => Buffer;

/**
 * Rewrites the answers of one target connection. What is the same as in the answer before is not put together again.
 *
 * @param name of relay and agent in `Via`
 */
export function createResponseRewriter(name: string): ResponseRewriter {
  let lastHead: ResponseHead | undefined;
  let lastUpgrade = false;
  /** An upgrade is made or asked for, so that the field of that name has a meaning for the client. */
  let offering = false;
  let identified = false;
  let before: Buffer = Buffer.alloc(0);
  const keptLines = createKeptLines(({ name, key, value }, connection) => {
    const kept = key === 'upgrade' && offering ? true : !dropped.has(key) && !connection.includes(key);
    return kept ? `${name}: ${value}\r\n` : '';
  });
  const prepare = (head: ResponseHead, upgrade: boolean): void => {
    const offers = upgrade || head.status === 426;
    if (offers !== offering) keptLines([], []);
    offering = offers;
    identified = head.fields.some(({ key }) => key === 'request-id') && !head.connection.includes('request-id');
    before = Buffer.from(`HTTP/1.1 ${head.status} ${head.reason}\r\n${keptLines(head.fields, head.connection)}Via: 1.${head.minorVersion} ${name}\r\n${identified ? '' : 'request-id: '}`, 'latin1');
  };
  return (head, { requestId, close, upgrade, body }) => {
    if (head !== lastHead || upgrade !== lastUpgrade) prepare(head, upgrade);
    lastHead = head;
    lastUpgrade = upgrade;
    const ending = upgrade ? 'Connection: Upgrade\r\n\r\n' : close ? 'Connection: close\r\n\r\n' : '\r\n';
    const rest = identified ? ending : `${requestId}\r\n${ending}`;
    const whole = takeBuffer(before.length + rest.length + (body?.length ?? 0));
    whole.set(before);
    whole.write(rest, before.length, 'latin1');
    if (body !== undefined) whole.set(body, before.length + rest.length);
    return whole;
  };
}
