import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { createRequestId, errorCode, errorText, requestIdHeader } from '../../foundation/index.ts';
import { codeOfPublishedError, isManagementErrorCode } from '../admin-api/admin-api-error.ts';
import { ManagementError } from '../management-error.ts';
import type { CmdletSession, CmdletSessionOptions } from './cmdlet-session.ts';

export interface ConnectExchangeOptions extends CmdletSessionOptions {
  /** Base address, e.g. `https://mail.contoso.test:444` or `https://outlook.office365.com`. */
  url: string;
  httpClient: Dispatcher;
  /** Value of the `Authorization` header. Asked for before each request. */
  authorization: () => string | Promise<string>;
  /** Tenant id or domain. */
  tenant: string;
  /** Routes a request within the real service, e.g. `UPN:admin@contoso.onmicrosoft.com`. */
  anchorMailbox?: string;
  /** Milliseconds for one request. Default 60,000. */
  timeoutMs?: number;
}

/** More than any answer worth having; a directory of 100,000 people stays below. */
const answerLimit = 256 * 1024 * 1024;
const mostPages = 1000;

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
 * sent before the first cmdlet.
 */
export function connectExchange(options: ConnectExchangeOptions): CmdletSession {
  const endpoint = new URL(`/adminapi/beta/${encodeURIComponent(options.tenant)}/InvokeCommand`, options.url);
  return {
    name: endpoint.host,
    async invoke(cmdlet, parameters = {}) {
      const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: markHashtables(parameters) } });
      const rows: Record<string, unknown>[] = [];
      let next: URL | undefined = endpoint;
      for (let page = 0; next !== undefined && page < mostPages; page += 1) {
        const answer = await send(options, next, cmdlet, body);
        for (const warning of answer.warnings) options.onWarning?.(warning);
        rows.push(...answer.rows);
        next = answer.next;
      }
      return rows;
    },
  };
}

interface Answer {
  rows: Record<string, unknown>[];
  warnings: readonly string[];
  next: URL | undefined;
}

async function send(options: ConnectExchangeOptions, url: URL, cmdlet: string, body: string): Promise<Answer> {
  const requestId = createRequestId();
  const facts = { url: url.href, cmdlet, requestId };
  const authorization = await options.authorization();
  let status: number;
  let text: string;
  try {
    const response = await request(url, {
      dispatcher: options.httpClient,
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        accept: 'application/json',
        prefer: 'odata.maxpagesize=1000',
        'x-cmdletname': cmdlet.replace(/[^\w-]/g, ''),
        'x-responseformat': 'json',
        'x-clientapplication': 'Hybridge',
        [requestIdHeader]: requestId,
        ...(options.anchorMailbox === undefined ? {} : { 'x-anchormailbox': options.anchorMailbox }),
      },
      body,
      signal: AbortSignal.timeout(options.timeoutMs ?? 60_000),
    });
    status = response.statusCode;
    text = await readText(response.body);
  } catch (error) {
    if (error instanceof ManagementError) throw error;
    throw new ManagementError('MANAGEMENT_UNREACHABLE', `The admin API at ${url.host} cannot be reached.`, {
      facts: { ...facts, cause: errorCode(error) ?? errorText(error) },
      cause: error,
      retryable: true,
      remedy: 'Check the address, and that the organisation runs.',
    });
  }
  const json = parseJson(text);
  if (status >= 300) throw refusal(status, json, facts);
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) {
    throw new ManagementError('MANAGEMENT_UNEXPECTED_ANSWER', `The admin API at ${url.host} gave an answer that cannot be understood.`, { facts: { ...facts, status, beginning: text.slice(0, 200) } });
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

/** Property bags as they are; text and numbers, which some cmdlets put out, under `Value`. Type annotations are left away. */
function toRow(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { Value: value };
  return Object.fromEntries(Object.entries(value).filter(([name]) => !name.includes('@')));
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
  const fallback = status >= 500 ? 'MANAGEMENT_UNREACHABLE' : codeOfPublishedError(status, exception);
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
