import { malformed, TunnelError } from '../tunnel-error.ts';
import type { HeadLimits } from './head-reader.ts';
import { defaultHeadLimits } from './head-reader.ts';
import type { HeaderField } from './header-fields.ts';
import { connectionOptions, declaredFraming, parseFields } from './header-fields.ts';

export interface RequestHead {
  method: string;
  /** Origin form: path and query, or `*`. */
  target: string;
  /** The path as sent, still percent-encoded. */
  path: string;
  /** Without `?`; undefined where there was none. */
  query?: string;
  /** 0 or 1, of HTTP/1.x. */
  minorVersion: number;
  fields: HeaderField[];
  /** `Host` in lower case, without port. */
  host: string;
  /** `Host` as sent. */
  authority: string;
  contentLength?: number;
  chunked: boolean;
  /** Members of `Connection`, lower case. */
  connection: readonly string[];
  /** False when the client closes, or wants closed, the connection after the answer. */
  keepAlive: boolean;
  /** The protocol asked for, when this is an upgrade request. */
  upgrade?: string;
}

const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21\x22\x24-\x7e]+) HTTP\/(\d)\.(\d)$/;
const authorityForm = /^(\[[0-9a-f:.]+\]|[0-9a-z_](?:[0-9a-z_.-]*[0-9a-z_.])?)(?::(\d{1,5}))?$/i;
const absoluteForm = /^https?:\/\/([^/?]+)([/?].*)?$/i;

/**
 * Reads a request's start line and fields. Strict on purpose: whatever two servers might read differently is refused
 * (RFC 9112 §§2.2, 3.2, 5, 6.1, 6.3, 11.2).
 *
 * @throws TunnelError `TUNNEL_HTTP_MALFORMED`, `TUNNEL_HTTP_HEAD_TOO_LARGE`, `TUNNEL_HTTP_VERSION`
 */
export function parseRequestHead(text: string, limits: HeadLimits = defaultHeadLimits): RequestHead {
  const lines = text.split('\r\n');
  const start = requestLine.exec(lines[0] ?? '');
  if (start === null) throw malformed('the request line is not "method target version"');
  const [, method = '', sentTarget = '', major, minor] = start;
  if (major !== '1' || (minor !== '0' && minor !== '1')) throw new TunnelError('TUNNEL_HTTP_VERSION', 'Only HTTP/1.0 and HTTP/1.1 are spoken here.');
  const minorVersion = Number(minor);
  const fields = parseFields(lines, 1, limits);
  const authority = hostField(fields);
  const target = originForm(method, sentTarget, authority);
  const connection = connectionOptions(fields);
  const mark = target.indexOf('?');
  const upgrade = upgradeProtocol(fields, connection, minorVersion);
  return {
    method,
    target,
    path: mark === -1 ? target : target.slice(0, mark),
    ...(mark === -1 ? {} : { query: target.slice(mark + 1) }),
    minorVersion,
    fields,
    host: hostName(authority),
    authority,
    ...declaredFraming(fields, minorVersion),
    connection,
    keepAlive: minorVersion === 1 && !connection.includes('close'),
    ...(upgrade === undefined ? {} : { upgrade }),
  };
}

/** The host name or address of an authority, lower case, without port. */
export function hostName(authority: string): string {
  return authority.replace(/:\d+$/, '').toLowerCase();
}

function hostField(fields: readonly HeaderField[]): string {
  let authority: string | undefined;
  for (const { key, value } of fields) {
    if (key !== 'host') continue;
    if (authority !== undefined) throw malformed('Host appears more than once');
    authority = value;
  }
  if (authority === undefined) throw malformed('Host is missing');
  if (!authorityForm.test(authority)) throw malformed('Host is not a host name');
  return authority;
}

/** Absolute form must agree with `Host` and becomes origin form (RFC 9112 §3.2.2). */
function originForm(method: string, target: string, authority: string): string {
  if (target.startsWith('/')) return target;
  if (target === '*' && method === 'OPTIONS') return target;
  if (method === 'CONNECT') return target;
  const absolute = absoluteForm.exec(target);
  if (absolute === null) throw malformed('the request target is neither a path nor a URL');
  if (absolute[1]?.toLowerCase() !== authority.toLowerCase()) throw malformed('the request target and Host name different hosts');
  const rest = absolute[2] ?? '/';
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function upgradeProtocol(fields: readonly HeaderField[], connection: readonly string[], minorVersion: number): string | undefined {
  if (minorVersion === 0 || !connection.includes('upgrade')) return undefined;
  const offered = fields.filter((field) => field.key === 'upgrade').map((field) => field.value);
  // Upgrading to another HTTP version would take the connection out of the framer's sight; such offers may be ignored (RFC 9110 §7.8).
  return offered.length === 1 && offered[0] !== '' && !/^(h2c|http\/|tls\/)/i.test(offered[0] ?? '') ? offered[0] : undefined;
}
