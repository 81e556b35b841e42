import { malformed, TunnelError } from '../tunnel-error.ts';
import type { HeadLimits } from './head-reader.ts';
import { defaultHeadLimits } from './head-reader.ts';
import type { HeaderField } from './header-fields.ts';
import { connectionOptions, declaredFraming, parseFields } from './header-fields.ts';

export interface ResponseHead {
  status: number;
  reason: string;
  minorVersion: number;
  fields: HeaderField[];
  contentLength?: number;
  chunked: boolean;
  connection: readonly string[];
  /** False when the server closes the connection after this message. */
  keepAlive: boolean;
}

/** The reason phrase, and the blank before it, may be missing: servers that send `HTTP/1.1 200` exist and are unambiguous. */
const statusLine = /^HTTP\/(\d)\.(\d) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;

/** Reads an answer's start line and fields, as strictly as `parseRequestHead`. */
export function parseResponseHead(text: string, limits: HeadLimits = defaultHeadLimits): ResponseHead {
  const lines = text.split('\r\n');
  const start = statusLine.exec(lines[0] ?? '');
  if (start === null) throw malformed('the status line is not "version status reason"');
  const [, major, minor, status = '', reason = ''] = start;
  if (major !== '1' || (minor !== '0' && minor !== '1')) throw new TunnelError('TUNNEL_HTTP_VERSION', 'Only HTTP/1.0 and HTTP/1.1 are spoken here.');
  const minorVersion = Number(minor);
  const fields = parseFields(lines, 1, limits);
  const connection = connectionOptions(fields);
  return {
    status: Number(status),
    reason,
    minorVersion,
    fields,
    ...declaredFraming(fields, minorVersion),
    connection,
    keepAlive: minorVersion === 1 ? !connection.includes('close') : connection.includes('keep-alive'),
  };
}
