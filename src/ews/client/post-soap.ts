import { STATUS_CODES } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { request as httpRequest } from 'undici';
import type { Dispatcher } from 'undici';
import { errorCode, requestIdHeader } from '../../foundation/index.ts';
import { parseXml, readSoapEnvelope, readSoapFault, XmlError } from '../../xml/index.ts';
import type { SoapEnvelope, XmlElement } from '../../xml/index.ts';
import { decodeEwsFault } from '../codec/ews-fault-codec.ts';
import { UnexpectedAnswer } from '../codec/unexpected-answer.ts';
import { EwsClientError } from './ews-client-error.ts';
import type { EwsClientErrorCode } from './ews-client-error.ts';

/** One endpoint and how to speak to it. */
export interface EwsClient {
  url: string;
  /** Opens the connections; certificates and proxies are its business. */
  httpClient: Dispatcher;
  /** The value of the Authorization header, asked for before each request; empty for none. */
  authorization: () => Promise<string> | string;
  /** Secures the envelope before it is sent, where a message says itself who asks (WS-Security). */
  secure?: (envelope: string) => string;
  userAgent: string;
  /** Sent as `client-request-id`. */
  requestId: string;
  signal?: AbortSignal;
  /** Milliseconds for the whole exchange, token excluded. Default 60,000. */
  timeoutMs?: number;
  /** Schema version to ask in. Default `Exchange2013`. */
  requestServerVersion?: string;
  /** Further headers, e.g. `x-anchormailbox`. Names in lower case. */
  headers?: Readonly<Record<string, string>>;
}

/** What came with an answer, besides the answer. */
export interface AnswerTransport {
  /** `request-id`: under which the other side logged it. */
  requestId?: string;
  /** `Via` of the answer: the intermediaries that it passed. */
  via?: string;
  serverTiming?: string;
  durationMs: number;
}

export interface SoapExchange {
  envelope: SoapEnvelope;
  transport: AnswerTransport;
}

/** Largest answer read, bytes. */
const maximumBytes = 8 * 1024 * 1024;
/** Causes that mean: nothing came back while a connection was made. */
const connectTimeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'DIAL_ABORTED', 'DIAL_TIMEOUT']);
const answerTimeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * Posts a SOAP 1.1 envelope and reads the envelope that comes back. Redirects are not followed: a token must not travel
 * to where it was not meant to.
 *
 * @throws EwsClientError
 */
export async function postSoap(client: EwsClient, soapAction: string, text: string): Promise<SoapExchange> {
  const { response, bytes, transport } = await post(client, text, { soapaction: `"${soapAction}"` });
  return { envelope: readAnswer(client, response, bytes, transport), transport };
}

/**
 * Posts plain XML (POX) and reads the document that comes back, under the same rules.
 *
 * @throws EwsClientError
 */
export async function postXml(client: EwsClient, text: string): Promise<{ element: XmlElement; transport: AnswerTransport }> {
  const { response, bytes, transport } = await post(client, text, {});
  if (!isOk(response.statusCode)) throw statusFailure(client, response, transport);
  try {
    return { element: parseXml(bytes, { maximumBytes }), transport };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw notXml(client, { response, bytes, transport }, error);
  }
}

interface Posted {
  response: Dispatcher.ResponseData;
  bytes: Buffer;
  transport: AnswerTransport;
}

async function post(client: EwsClient, text: string, headers: Readonly<Record<string, string>>): Promise<Posted> {
  const authorization = await authorize(client);
  const body = Buffer.from(client.secure === undefined ? text : client.secure(text));
  const timeoutMs = client.timeoutMs ?? 60_000;
  const timer = AbortSignal.timeout(timeoutMs);
  const signal = client.signal === undefined ? timer : AbortSignal.any([client.signal, timer]);
  const startedAt = performance.now();
  let isSending = false;
  const connection: ConnectionEnd = { isSending: () => isSending, timeoutMs, hasTimedOut: () => timer.aborted && client.signal?.aborted !== true };
  let response: Dispatcher.ResponseData;
  let bytes: Buffer;
  try {
    response = await httpRequest(client.url, {
      dispatcher: client.httpClient,
      method: 'POST',
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        'content-length': String(body.length),
        accept: 'text/xml',
        'user-agent': client.userAgent,
        ...headers,
        [requestIdHeader]: client.requestId,
        'return-client-request-id': 'true',
        ...(authorization === '' ? {} : { authorization }),
        ...client.headers,
      },
      // Read when there is a connection and not before: tells a request that was never sent from one that was.
      body: Readable.from(
        once(body, () => {
          isSending = true;
        }),
        { objectMode: false },
      ),
      signal,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    bytes = await readLimited(client, response);
  } catch (error) {
    if (error instanceof EwsClientError) throw error;
    throw connectionError(client, error, connection);
  }
  return { response, bytes, transport: transportOf(response.headers, performance.now() - startedAt) };
}

function* once(body: Buffer, started: () => void): Generator<Buffer> {
  started();
  yield body;
}

async function authorize(client: EwsClient): Promise<string> {
  try {
    return await client.authorization();
  } catch (cause) {
    throw failure(client, 'EWS_CLIENT_AUTHORIZATION', 'No authorization for the request could be had.', { cause: errorCode(cause) }, cause);
  }
}

async function readLimited(client: EwsClient, response: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumBytes) throw failure(client, 'EWS_CLIENT_TOO_LARGE', `The answer is larger than ${maximumBytes} bytes.`, { maximumBytes, status: response.statusCode });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

interface ConnectionEnd {
  isSending(): boolean;
  hasTimedOut(): boolean;
  timeoutMs: number;
}

function connectionError(client: EwsClient, error: unknown, connection: ConnectionEnd): EwsClientError {
  const cause = errorCode(error) ?? errorCode((error as { cause?: unknown } | null)?.cause);
  const phase = connection.isSending() ? 'answer' : 'connect';
  const isTimeout = connection.hasTimedOut() || answerTimeouts.has(cause ?? '') || (phase === 'connect' && connectTimeouts.has(cause ?? ''));
  if (client.signal?.aborted === true) return failure(client, 'EWS_CLIENT_ABORTED', 'The request was given up.', {}, error);
  if (isTimeout) return failure(client, 'EWS_CLIENT_TIMEOUT', 'The endpoint did not answer in time.', { phase, timeoutMs: connection.timeoutMs, cause }, error, true);
  if (phase === 'answer') return failure(client, 'EWS_CLIENT_CONNECTION_LOST', 'The connection to the endpoint ended before the answer was complete.', { cause }, error, true);
  const { hostname, port, protocol } = URL.canParse(client.url) ? new URL(client.url) : { hostname: '', port: '', protocol: '' };
  const facts = { cause, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  return failure(client, 'EWS_CLIENT_CONNECT', 'No connection to the endpoint could be made.', facts, error, true);
}

function transportOf(headers: IncomingHttpHeaders, durationMs: number): AnswerTransport {
  const requestId = single(headers['request-id']);
  const via = single(headers['via']);
  const serverTiming = single(headers['server-timing']);
  return {
    durationMs,
    ...(requestId === undefined ? {} : { requestId }),
    ...(via === undefined ? {} : { via }),
    ...(serverTiming === undefined ? {} : { serverTiming }),
  };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The envelope of a 200; everything else becomes the error that it is. SOAP faults come with 500, from some servers with 200 or 400. */
function readAnswer(client: EwsClient, response: Dispatcher.ResponseData, bytes: Buffer, transport: AnswerTransport): SoapEnvelope {
  const { statusCode: status, headers } = response;
  const passed = { via: transport.via, answerId: transport.requestId };
  const envelope = isOk(status) || looksLikeXml(headers, bytes) ? readEnvelope(bytes) : undefined;
  const fault = envelope instanceof XmlError || envelope === undefined ? undefined : readSoapFault(envelope);
  if (fault !== undefined && status !== 401 && status !== 403) {
    const { message, ...reading } = decodeEwsFault(fault);
    throw failure(client, 'EWS_CLIENT_FAULT', 'The endpoint answered with a SOAP fault.', { status, text: message, ...reading, ...passed });
  }
  if (!isOk(status)) throw statusFailure(client, response, transport);
  if (envelope === undefined || envelope instanceof XmlError) throw notXml(client, { response, bytes, transport }, envelope);
  return envelope;
}

function statusFailure(client: EwsClient, { statusCode: status, statusText, headers }: Dispatcher.ResponseData, transport: AnswerTransport): EwsClientError {
  const facts = {
    status,
    reason: statusText || (STATUS_CODES[status] ?? ''),
    diagnostics: single(headers['x-ms-diagnostics']),
    wwwAuthenticate: single(headers['www-authenticate']),
    location: single(headers['location']),
    errorCode: single(headers['x-hybridge-error']),
    via: transport.via,
    answerId: transport.requestId,
  };
  return failure(client, 'EWS_CLIENT_HTTP_STATUS', `The endpoint answered with HTTP status ${status}.`, facts, undefined, status >= 500 || status === 429);
}

function notXml(client: EwsClient, { response, bytes, transport }: Posted, cause: unknown): EwsClientError {
  const facts = { contentType: single(response.headers['content-type']), beginning: bytes.subarray(0, 200).toString('utf8'), via: transport.via, answerId: transport.requestId };
  return failure(client, 'EWS_CLIENT_NOT_XML', 'The answer is not the XML that was asked for.', facts, cause);
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300;
}

function looksLikeXml(headers: IncomingHttpHeaders, bytes: Buffer): boolean {
  return bytes.length > 0 && /\bxml\b/i.test(single(headers['content-type']) ?? '');
}

function readEnvelope(bytes: Buffer): SoapEnvelope | XmlError {
  try {
    return readSoapEnvelope(parseXml(bytes, { maximumBytes }));
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
}

/** Runs a decoder on an answer; what it does not understand becomes `EWS_CLIENT_UNEXPECTED_ANSWER`. */
export function readAnswerWith<Value>(client: EwsClient, { transport }: { transport: AnswerTransport }, decode: () => Value): Value {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    throw failure(client, 'EWS_CLIENT_UNEXPECTED_ANSWER', 'The answer is not what the operation promises.', { ...error.facts, via: transport.via, answerId: transport.requestId }, error);
  }
}

function failure(client: EwsClient, code: EwsClientErrorCode, message: string, facts: Record<string, unknown>, cause?: unknown, retryable = false): EwsClientError {
  const known = Object.fromEntries(Object.entries({ url: client.url, requestId: client.requestId, ...facts }).filter(([, value]) => value !== undefined));
  return new EwsClientError(code, message, { facts: known, cause, retryable });
}
