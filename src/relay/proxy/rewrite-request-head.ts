import type { RequestHead } from '../../tunnel/index.ts';
import { createKeptLines } from './kept-lines.ts';
import { takeBuffer } from './small-buffers.ts';

export interface RequestRewriting {
  requestId: string;
  /** Replaces `Host`; null leaves it. */
  hostHeader: string | null;
  /** The beginning of the body, to follow in the same piece. */
  body: Buffer | undefined;
}

/** Fields that belong to one hop (RFC 9110 §7.6.1), that only a proxy may set, or with which servers let clients replace path or host. */
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'proxy-authenticate',
  'te',
  'upgrade',
  'http2-settings',
  'forwarded',
  'client-request-id',
  'x-real-ip',
  'x-client-ip',
  'x-original-url',
  'x-original-host',
  'x-original-for',
  'x-original-proto',
  'x-rewrite-url',
]);

/** Returns a request's head as the target gets it: order, spelling and repetition of what stays are kept. */
export type RequestRewriter = (head: RequestHead, rewriting: RequestRewriting) => Buffer;

/**
 * Rewrites the requests of one client connection. What is the same as in the request before is not put together again.
 *
 * @param relayHost the relay's own name in `Via`
 */
export function createRequestRewriter(clientAddress: string, relayHost: string): RequestRewriter {
  const node = clientAddress.includes(':') ? `"[${clientAddress}]"` : clientAddress;
  let lastHead: RequestHead | undefined;
  let lastHost: string | null = null;
  let before: Buffer = Buffer.alloc(0);
  let after: Buffer = before;
  const keptLines = createKeptLines(({ name, key, value }, connection) => {
    // Some servers read an underscore as a dash, so that X_Forwarded_For would be as good as X-Forwarded-For.
    const read = key.includes('_') ? key.replaceAll('_', '-') : key;
    if (dropped.has(read) || read.startsWith('x-forwarded-') || read.startsWith('x-hybridge-') || connection.includes(key)) return '';
    return `${name}: ${key === 'host' && lastHost !== null ? lastHost : value}\r\n`;
  });
  const prepare = (head: RequestHead): void => {
    before = Buffer.from(`${head.method} ${head.target} HTTP/1.${head.minorVersion}\r\n${keptLines(head.fields, head.connection)}client-request-id: `, 'latin1');
    const { authority } = head;
    if (lastHead?.authority === authority && lastHead.minorVersion === head.minorVersion && lastHead.connection === head.connection) return;
    let added = `\r\nX-Forwarded-For: ${clientAddress}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: ${authority}\r\nForwarded: for=${node};host="${authority}";proto=https\r\nVia: 1.${head.minorVersion} ${relayHost}\r\n`;
    if (head.upgrade !== undefined) added += `Connection: Upgrade\r\nUpgrade: ${head.upgrade}\r\n`;
    else if (wantsTrailers(head)) added += 'Connection: TE\r\nTE: trailers\r\n';
    after = Buffer.from(`${added}\r\n`, 'latin1');
  };
  return (head, { requestId, hostHeader, body }) => {
    if (hostHeader !== lastHost) {
      lastHost = hostHeader;
      lastHead = undefined;
      keptLines([], []);
    }
    if (head !== lastHead) prepare(head);
    lastHead = head;
    const whole = takeBuffer(before.length + requestId.length + after.length + (body?.length ?? 0));
    whole.set(before);
    whole.write(requestId, before.length, 'latin1');
    const end = before.length + requestId.length;
    whole.set(after, end);
    if (body !== undefined) whole.set(body, end + after.length);
    return whole;
  };
}

function wantsTrailers(head: RequestHead): boolean {
  return head.minorVersion === 1 && head.fields.some((field) => field.key === 'te' && field.value.toLowerCase() === 'trailers');
}
