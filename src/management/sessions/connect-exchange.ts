import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { createRequestId, errorCode, errorText, requestIdHeader } from '../../foundation/index.ts';
import { codeOfPublishedError, isManagementErrorCode } from '../admin-api/admin-api-error.ts';
import { ManagementError } from '../management-error.ts';
import type { CmdletSession, CmdletSessionOptions } from './cmdlet-session.ts';
import { passwordHashes } from './password-hashes.ts';
import { permittedCmdlets } from './permitted-cmdlets.ts';

export interface ConnectExchangeOptions extends CmdletSessionOptions {
  /** Base address, e.g. `https://mail.contoso.test:444` or `https://outlook.office365.com`. */
  url: string;
  httpClient: Dispatcher;
  /** Value of the `Authorization` header. Asked for before each request. */
  authorization: () => string | Promise<string>;
  /** Tenant id or domain. */
  tenant: string;
  /**
   * Routes a request within the real service, e.g. `UPN:admin@contoso.onmicrosoft.com`. Default: the system mailbox of
   * the tenant, which published clients name for applications that act without a user.
   */
  anchorMailbox?: string;
  /** Milliseconds for one request. Default 60,000. */
  timeoutMs?: number;
  /** Most milliseconds that one throttled cmdlet waits in all. Default 120,000. */
  throttledMs?: number;
}

/** More than any answer worth having; a directory of 100,000 people stays below. */
const answerLimit = 256 * 1024 * 1024;
const mostPages = 1000;
/** The mailbox that every tenant of the service has. */
const systemMailbox = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';

const answerSchema = z.object({
  value: z.union([z.array(z.unknown()), z.unknown()]).optional(),
  '@adminapi.warnings': z.array(z.string()).optional(),
  '@odata.nextLink': z.string().optional(),
});

const errorSchema = z.object({
  error: z.object({
    message: z.string().optional(),
    details: z.array(z.object({ message: z.string() })).optional(),
    innererror: z.object({ hybridgeCode: z.string().optional(), remedy: z.string().optional(), internalexception: z.object({ message: z.string() }).optional() }).optional(),
  }),
});

/**
 * Opens a session on an organisation's admin API: ours, or Exchange Online's, which speaks the same shape. Nothing is
 * sent before the first cmdlet. A throttled request (429) is sent again after the time that the answer names; nothing
 * else is, because a cmdlet may have had its effect.
 *
 * The service's maker publishes no contract. Path, body, headers, pages and errors are as its own module and several
 * independent clients send and read them; each further page is asked for with the same body.
 */
export function connectExchange(options: ConnectExchangeOptions): CmdletSession {
  const endpoint = new URL(`/adminapi/beta/${encodeURIComponent(options.tenant)}/InvokeCommand`, options.url);
  const connection: Connection = { ...options, connectionId: randomUUID() };
  return {
    name: endpoint.host,
    async invoke(cmdlet, parameters = {}, { signal } = {}) {
      const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: markHashtables(parameters) } });
      const rows: Record<string, unknown>[] = [];
      const asked = new Set<string>();
      for (let next: URL | undefined = endpoint; next !== undefined && !asked.has(next.href) && asked.size < mostPages; ) {
        asked.add(next.href);
        const answer: Answer = await sendPatiently(connection, next, cmdlet, body, signal);
        for (const warning of answer.warnings) options.onWarning?.(warning);
        for (const row of answer.rows) rows.push(row);
        next = answer.next;
      }
      return rows;
    },
    permitted: () => permittedCmdlets(options),
    passwordHashes: (known) => passwordHashes(options, known),
  };
}

interface Connection extends ConnectExchangeOptions {
  /** One for all requests of a session. */
  connectionId: string;
}

interface Answer {
  rows: Record<string, unknown>[];
  warnings: readonly string[];
  next: URL | undefined;
}

/** Sends; waits and sends again while the service says that it was asked too often. */
async function sendPatiently(connection: Connection, url: URL, cmdlet: string, body: string, signal: AbortSignal | undefined): Promise<Answer> {
  let patience = connection.throttledMs ?? 120_000;
  for (let attempt = 1; ; attempt += 1) {
    const { status, text, facts, retryAfter } = await send(connection, url, cmdlet, body, signal);
    if (status < 300) return readAnswer(url, text, { ...facts, status });
    const pause = status === 429 ? (retryAfter ?? attempt * 1000) : Infinity;
    if (pause > patience) throw refusal(status, parseJson(text), facts);
    patience -= Math.max(pause, 1);
    connection.onWarning?.(`The service was asked too often and takes ${cmdlet} again in ${Math.ceil(pause / 1000)} s.`);
    await wait(pause, undefined, signal === undefined ? {} : { signal });
  }
}

interface RawAnswer {
  status: number;
  text: string;
  facts: Record<string, unknown>;
  /** Milliseconds. */
  retryAfter: number | undefined;
}

async function send(connection: Connection, url: URL, cmdlet: string, body: string, signal: AbortSignal | undefined): Promise<RawAnswer> {
  const requestId = createRequestId();
  const facts = { url: url.href, cmdlet, requestId };
  const authorization = await connection.authorization();
  const timeout = AbortSignal.timeout(connection.timeoutMs ?? 60_000);
  try {
    const response = await request(url, {
      dispatcher: connection.httpClient,
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        accept: 'application/json',
        prefer: 'odata.maxpagesize=1000',
        'x-cmdletname': cmdlet.replace(/[^\w-]/g, ''),
        'x-responseformat': 'json',
        'x-serializationlevel': 'Partial',
        'x-clientapplication': 'Hybridge',
        'x-anchormailbox': connection.anchorMailbox ?? `APP:${systemMailbox}@${connection.tenant}`,
        'connection-id': connection.connectionId,
        [requestIdHeader]: requestId,
      },
      body,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return { status: response.statusCode, text: await readText(response.body), facts, retryAfter: retryAfterMs(response.headers['retry-after']) };
  } catch (error) {
    if (error instanceof ManagementError) throw error;
    signal?.throwIfAborted();
    throw new ManagementError('MANAGEMENT_UNREACHABLE', `The admin API at ${url.host} cannot be reached.`, {
      facts: { ...facts, cause: errorCode(error) ?? errorText(error) },
      cause: error,
      retryable: true,
      remedy: 'Check the address, and that the organisation runs.',
    });
  }
}

/** Seconds or a date (RFC 9110 §10.2.3), as milliseconds from now. */
function retryAfterMs(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** A cmdlet without a result may be answered without a body. */
function readAnswer(url: URL, text: string, facts: Record<string, unknown>): Answer {
  if (text === '') return { rows: [], warnings: [], next: undefined };
  const parsed = answerSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new ManagementError('MANAGEMENT_UNEXPECTED_ANSWER', `The admin API at ${url.host} gave an answer that cannot be understood.`, { facts: { ...facts, beginning: text.slice(0, 200) } });
  }
  const { value } = parsed.data;
  const values: unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return { rows: values.map(toRow), warnings: parsed.data['@adminapi.warnings'] ?? [], next: nextPage(parsed.data['@odata.nextLink'], url) };
}

/** Credentials go to the origin that was opened and nowhere else, whatever an answer says. */
function nextPage(link: string | undefined, from: URL): URL | undefined {
  const next = link === undefined ? null : URL.parse(link, from.href);
  return next?.origin === from.origin ? next : undefined;
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > answerLimit) throw new ManagementError('MANAGEMENT_UNEXPECTED_ANSWER', 'The answer of the admin API is too long.', { facts: { limit: answerLimit } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Property bags as they are, bytes as bytes; text and numbers, which some cmdlets put out, under `Value`. Type annotations are left away. */
function toRow(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { Value: value };
  const bag = value as Record<string, unknown>;
  const isBytes = (name: string, part: unknown): part is string => bag[`${name}@data.type`] === 'System.Byte[]' && typeof part === 'string';
  const entries = Object.entries(bag).filter(([name]) => !name.includes('@'));
  return Object.fromEntries(entries.map(([name, part]) => [name, isBytes(name, part) ? new Uint8Array(Buffer.from(part, 'base64')) : part]));
}

/** The service takes hashtables only when they carry this mark. */
function markHashtables(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, isHashtable(value) ? { '@odata.type': '#Exchange.GenericHashTable', ...value } : value]));
}

function isHashtable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function refusal(status: number, json: unknown, facts: Record<string, unknown>): ManagementError {
  const parsed = errorSchema.safeParse(json);
  const error = parsed.success ? parsed.data.error : undefined;
  const detail = error?.details?.[0]?.message ?? error?.innererror?.internalexception?.message ?? error?.message;
  const [id = '', exception = '', ...rest] = detail?.includes('|') === true ? detail.split('|') : ['', '', detail ?? ''];
  const named = error?.innererror?.hybridgeCode;
  const fallback = status >= 500 ? 'MANAGEMENT_UNREACHABLE' : codeOfPublishedError(status, exception, id);
  const message = rest.join('|').trim();
  const remedy = error?.innererror?.remedy;
  return new ManagementError(named !== undefined && isManagementErrorCode(named) ? named : fallback, message === '' ? `The admin API answered with status ${status}.` : message, {
    facts: { ...facts, status, ...(id === '' ? {} : { id }), ...(exception === '' ? {} : { exception }) },
    ...(remedy === undefined ? {} : { remedy }),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
