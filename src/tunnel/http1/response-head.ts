import { malformed, TunnelError } from '../tunnel-error.ts';
import { HeadLines } from './head-lines.ts';
import type { HeadLimits } from './head-reader.ts';
import { defaultHeadLimits } from './head-reader.ts';
import type { HeaderField } from './header-fields.ts';
import { connectionOptions, declaredFraming } from './header-fields.ts';

export interface ResponseHead {
  status: number;
  reason: string;
  minorVersion: number;
  fields: readonly HeaderField[];
  contentLength: number | undefined;
  chunked: boolean;
  connection: readonly string[];
  /** False when the server closes the connection after this message. */
  keepAlive: boolean;
}

/** The reason phrase, and the blank before it, may be missing: servers that send `HTTP/1.1 200` exist and are unambiguous. */
const statusLine = /^HTTP\/(\d)\.(\d) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;

/**
 * Reads the head of one answer after the other of a connection, as strictly as a `RequestHeadParser`. A head that says
 * what the one before it said is the same object. Must not be changed.
 *
 * @throws TunnelError
 */
export type ResponseHeadParser = (head: Buffer) => ResponseHead;

export function createResponseHeadParser(limits: HeadLimits = defaultHeadLimits): ResponseHeadParser {
  const lines = new HeadLines(limits);
  let last: ResponseHead | undefined;
  return (bytes) => {
    const difference = lines.read(bytes);
    if (difference === 'none' && last !== undefined) return last;
    const before = difference === 'values' ? last : undefined;
    last = undefined;
    last = before === undefined ? interpret(lines.startLine, lines.fields) : withFields(before, lines.fields);
    return last;
  };
}

function interpret(startLine: string, fields: readonly HeaderField[]): ResponseHead {
  const start = statusLine.exec(startLine);
  if (start === null) throw malformed('the status line is not "version status reason"');
  const [, major, minor, status = '', reason = ''] = start;
  if (major !== '1' || (minor !== '0' && minor !== '1')) throw new TunnelError('TUNNEL_HTTP_VERSION', 'Only HTTP/1.0 and HTTP/1.1 are spoken here.');
  const minorVersion = Number(minor);
  const connection = connectionOptions(fields);
  const { contentLength, chunked } = declaredFraming(fields, minorVersion);
  return {
    status: Number(status),
    reason,
    minorVersion,
    fields,
    contentLength,
    chunked,
    connection,
    keepAlive: minorVersion === 1 ? !connection.includes('close') : connection.includes('keep-alive'),
  };
}

/** The same answer with other values in fields that decide nothing; its length may be another. */
function withFields(head: ResponseHead, fields: readonly HeaderField[]): ResponseHead {
  return {
    status: head.status,
    reason: head.reason,
    minorVersion: head.minorVersion,
    fields,
    contentLength: declaredFraming(fields, head.minorVersion).contentLength,
    chunked: head.chunked,
    connection: head.connection,
    keepAlive: head.keepAlive,
  };
}
