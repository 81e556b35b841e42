import { malformed, TunnelError } from '../tunnel-error.ts';
import { comparablePath } from '../path-policy.ts';
import { hasAmbiguousFields } from './ambiguous-fields.ts';
import { HeadLines } from './head-lines.ts';
import type { HeadLimits } from './head-reader.ts';
import { defaultHeadLimits } from './head-reader.ts';
import type { HeaderField } from './header-fields.ts';
import { connectionOptions, declaredFraming } from './header-fields.ts';

export interface RequestHead {
  method: string;
  /** Origin form: path and query, or `*`. */
  target: string;
  /** The path as sent, still percent-encoded. */
  path: string;
  /** Without `?`; undefined where there was none. */
  query: string | undefined;
  /** 0 or 1, of HTTP/1.x. */
  minorVersion: number;
  fields: readonly HeaderField[];
  /** `Host` in lower case, without port. */
  host: string;
  /** `Host` as sent. */
  authority: string;
  contentLength: number | undefined;
  chunked: boolean;
  /** Members of `Connection`, lower case. */
  connection: readonly string[];
  /** False when the client closes, or wants closed, the connection after the answer. */
  keepAlive: boolean;
  /** The protocol asked for, when this is an upgrade request. */
  upgrade: string | undefined;
  /** `comparablePath(path)`. */
  comparablePath: string | undefined;
  /** `hasAmbiguousFields`: well-formed, but some servers would read it in another way. */
  ambiguous: boolean;
}

const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21\x22\x24-\x7e]+) HTTP\/(\d)\.(\d)$/;
const authorityForm = /^(\[[0-9a-f:.]+\]|[0-9a-z_](?:[0-9a-z_.-]*[0-9a-z_.])?)(?::(\d{1,5}))?$/i;
const absoluteForm = /^https?:\/\/([^/?]+)([/?].*)?$/i;

/**
 * Reads the head of one request after the other of a connection, each with the empty line that ends it. A head that
 * says what the one before it said is the same object. Must not be changed.
 *
 * @throws TunnelError `TUNNEL_HTTP_MALFORMED`, `TUNNEL_HTTP_HEAD_TOO_LARGE`, `TUNNEL_HTTP_VERSION`
 */
export type RequestHeadParser = (head: Buffer) => RequestHead;

/**
 * Strict on purpose: whatever two servers might read differently is refused (RFC 9112 §§2.2, 3.2, 5, 6.1, 6.3, 11.2).
 */
export function createRequestHeadParser(limits: HeadLimits = defaultHeadLimits): RequestHeadParser {
  const lines = new HeadLines(limits);
  let last: RequestHead | undefined;
  return (bytes) => {
    const difference = lines.read(bytes);
    if (difference === 'none' && last !== undefined) return last;
    const before = difference === 'values' ? last : undefined;
    last = undefined;
    last = before === undefined ? interpret(lines.startLine, lines.fields) : withFields(before, lines.fields);
    return last;
  };
}

function interpret(startLine: string, fields: readonly HeaderField[]): RequestHead {
  const start = requestLine.exec(startLine);
  if (start === null) throw malformed('the request line is not "method target version"');
  const [, method = '', sentTarget = '', major, minor] = start;
  if (major !== '1' || (minor !== '0' && minor !== '1')) throw new TunnelError('TUNNEL_HTTP_VERSION', 'Only HTTP/1.0 and HTTP/1.1 are spoken here.');
  const minorVersion = Number(minor);
  const authority = hostField(fields);
  const target = originForm(method, sentTarget, authority);
  const connection = connectionOptions(fields);
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const upgrade = upgradeProtocol(fields, connection, minorVersion);
  const { contentLength, chunked } = declaredFraming(fields, minorVersion);
  return {
    method,
    target,
    path,
    query: mark === -1 ? undefined : target.slice(mark + 1),
    minorVersion,
    fields,
    host: hostName(authority),
    authority,
    contentLength,
    chunked,
    connection,
    keepAlive: minorVersion === 1 && !connection.includes('close'),
    upgrade,
    comparablePath: comparablePath(path),
    ambiguous: hasAmbiguousFields(fields, upgrade),
  };
}

/** The same request with other values in fields that decide nothing; its length may be another. Spelt out, since this runs once a request. */
function withFields(head: RequestHead, fields: readonly HeaderField[]): RequestHead {
  return {
    method: head.method,
    target: head.target,
    path: head.path,
    query: head.query,
    minorVersion: head.minorVersion,
    fields,
    host: head.host,
    authority: head.authority,
    contentLength: declaredFraming(fields, head.minorVersion).contentLength,
    chunked: head.chunked,
    connection: head.connection,
    keepAlive: head.keepAlive,
    upgrade: head.upgrade,
    comparablePath: head.comparablePath,
    ambiguous: head.ambiguous,
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
