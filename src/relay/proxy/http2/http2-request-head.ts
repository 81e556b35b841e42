import type { IncomingHttpHeaders } from 'node:http2';
import { malformed } from '../../../tunnel/index.ts';

export interface TranslatedHead {
  /** HTTP/1.1 start line and fields, as bytes. */
  bytes: Buffer;
  /** True when the body must be sent in chunks. */
  chunked: boolean;
  method: string;
  /** `Authorization` binds a connection, which HTTP/2 cannot give. */
  bindsConnection: boolean;
  authorized: boolean;
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Fields that speak about an HTTP/1.1 connection (RFC 9113 §8.2.2). */
const connectionFields = new Set(['connection', 'transfer-encoding', 'keep-alive', 'upgrade', 'proxy-connection', 'http2-settings']);

/**
 * A request of HTTP/2 as HTTP/1.1 has it. Everything that could end a line or a word early is refused here, since what
 * comes out is parsed again.
 *
 * @throws TunnelError `TUNNEL_HTTP_MALFORMED`
 */
export function translateRequestHead(headers: IncomingHttpHeaders, hasBody: boolean): TranslatedHead {
  const method = headers[':method'] ?? '';
  const path = headers[':path'] ?? '';
  const authority = headers[':authority'] ?? headers.host ?? '';
  if (!token.test(method) || !/^[\x21-\x7e]+$/.test(path)) throw malformed('the pseudo fields are no request line');
  if (headers.host !== undefined && headers.host !== authority) throw malformed(':authority and Host differ');
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${single('host', authority)}`];
  for (const [name, sent] of Object.entries(headers)) {
    if (name.startsWith(':') || name === 'host' || sent === undefined) continue;
    if (connectionFields.has(name)) throw malformed(`HTTP/2 has no ${name}`);
    if (!token.test(name)) throw malformed('a field name is no token');
    if (name === 'te') {
      if (sent !== 'trailers') throw malformed('TE is not "trailers"');
      lines.push('Connection: TE', 'TE: trailers');
      continue;
    }
    // Cookies may come in crumbs (RFC 9113 §8.2.3); HTTP/1.1 wants them in one piece.
    if (name === 'cookie') lines.push(`cookie: ${single(name, Array.isArray(sent) ? sent.join('; ') : sent)}`);
    else for (const one of Array.isArray(sent) ? sent : [sent]) lines.push(`${name}: ${single(name, one)}`);
  }
  const chunked = hasBody && headers['content-length'] === undefined;
  if (chunked) lines.push('Transfer-Encoding: chunked');
  const { authorization } = headers;
  return {
    bytes: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    chunked,
    method,
    bindsConnection: /^(?:ntlm|negotiate)\b/i.test(authorization ?? ''),
    authorized: authorization !== undefined,
  };
}

function single(name: string, sent: string): string {
  if (!value.test(sent)) throw malformed(`the value of ${name} has a control character`);
  return sent;
}

