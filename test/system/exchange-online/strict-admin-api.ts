import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from '../../../src/foundation/index.ts';

/** What the fake service does with one cmdlet. */
export interface PublishedCmdlet {
  /** Parameters that it takes. */
  parameters: readonly string[];
  rows?: readonly unknown[];
  warnings?: readonly string[];
  /** `id|exception|text`, as the service writes it into `error.details[0].message`. */
  refusal?: { status: number; code: string; detail: string };
}

export interface StrictAdminApi {
  url: string;
  /** What was against the contract, in words; a test asserts that there is nothing. */
  violations: string[];
  /** Requests that were answered with rows. */
  calls: { cmdlet: string; parameters: Record<string, unknown>; anchor: string }[];
  /** The next requests are answered 429 with these `Retry-After` values; undefined sends none. */
  throttle: (string | undefined)[];
  close(): Promise<void>;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Every header that published clients of the service send (Microsoft's module, and independent ones), with the values
 * that they send. Anything else is refused, so that no header of our own can become needed.
 */
const headers: Readonly<Record<string, RegExp>> = {
  host: /./,
  connection: /^keep-alive$/,
  'content-length': /^\d+$/,
  authorization: /^Bearer \S+$/,
  'content-type': /^application\/json(?:; ?charset=utf-8)?$/i,
  accept: /^application\/json(?:; ?odata\.metadata=minimal)?$/,
  prefer: /^odata\.maxpagesize=\d{1,4}$/,
  'x-cmdletname': /^[A-Za-z]+-[A-Za-z0-9]+$/,
  'x-responseformat': /^json$/,
  'x-serializationlevel': /^(?:Partial|Full)$/,
  'x-clientapplication': /^\w+$/,
  'x-anchormailbox': /^(?:UPN|APP|SMTP):[^@]+@[^@]+$/,
  'connection-id': guid,
  'client-request-id': guid,
};
const needed = ['authorization', 'content-type', 'prefer', 'x-cmdletname', 'x-responseformat', 'x-anchormailbox', 'connection-id', 'client-request-id'];

/**
 * A fake of Exchange Online's admin API that is stricter than the service: it refuses every path, header, member, value
 * and order that no published client sends, and answers in the published shape: annotations, pages by `@odata.nextLink`,
 * errors with `error.details[0].message`, throttling.
 */
export async function startStrictAdminApi(options: { tenant: string; token: string; pageSize: number; cmdlets: Readonly<Record<string, PublishedCmdlet>> }): Promise<StrictAdminApi> {
  const violations: string[] = [];
  const calls: StrictAdminApi['calls'] = [];
  const throttle: StrictAdminApi['throttle'] = [];
  const requestIds = new Set<string>();
  const connections = new Set<string>();
  const pages = new Map<string, { body: string; from: number }>();
  let url = '';
  const path = `/adminapi/beta/${options.tenant}/InvokeCommand`;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, json: unknown, more: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false', 'request-id': '11111111-2222-3333-4444-555555555555', ...more });
      response.end(JSON.stringify(json));
    };
    const refuse = (status: number, code: string, detail: string): void =>
      answer(status, { error: { code, message: 'Error executing cmdlet', details: [{ code: 'Client', target: '', message: detail }], innererror: { message: 'Error executing cmdlet', type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException', stacktrace: '   at Microsoft.Exchange.AdminApi.CommandInvocation.CommandInvocation.InvokeCommand(QueryContext queryContext, CmdletInvokeInput cmdletInvokeInput)' } } });
    const against = (what: string): void => {
      violations.push(what);
      refuse(400, 'BadRequest', `|System.ArgumentException|${what}`);
    };
    const text = (await readBody(request, 1 << 20)).toString('utf8');
    const address = new URL(request.url ?? '', url);
    if (request.method !== 'POST') return against(`method ${request.method}`);
    if (address.pathname !== path) return against(`path ${address.pathname}`);
    if ([...address.searchParams.keys()].some((key) => key !== '$skiptoken')) return against(`query ${address.search}`);
    for (const [name, value] of Object.entries(request.headers)) {
      const shape = headers[name];
      if (shape === undefined) return against(`header ${name}`);
      if (typeof value !== 'string' || !shape.test(value)) return against(`header ${name}: ${String(value)}`);
    }
    for (const name of needed) if (request.headers[name] === undefined) return against(`no header ${name}`);
    if (request.headers.authorization !== `Bearer ${options.token}`) {
      response.writeHead(401, { 'www-authenticate': 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", error="invalid_token"' });
      response.end();
      return;
    }
    const requestId = String(request.headers['client-request-id']);
    if (requestIds.has(requestId)) return against('the same client-request-id twice');
    requestIds.add(requestId);
    connections.add(String(request.headers['connection-id']));
    if (connections.size > 1) return against('another connection-id in the same session');
    if (throttle.length > 0) {
      const retryAfter = throttle.shift();
      return answer(429, { error: { code: 'TooManyRequests', message: 'Too many requests' } }, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    }
    const body = parse(text);
    const fault = faultOf(body, String(request.headers['x-cmdletname']));
    if (fault !== undefined) return against(fault);
    const { CmdletName, Parameters } = (body as { CmdletInput: { CmdletName: string; Parameters: Record<string, unknown> } }).CmdletInput;
    const cmdlet = options.cmdlets[CmdletName];
    if (cmdlet === undefined) return refuse(400, 'BadRequest', `|System.Management.Automation.CommandNotFoundException|The term '${CmdletName}' is not recognized as a name of a cmdlet, function, script file, or executable program.\nCheck the spelling of the name, or if a path was included, verify that the path is correct and try again.`);
    const unknown = Object.keys(Parameters).find((name) => !cmdlet.parameters.includes(name));
    if (unknown !== undefined) return refuse(400, 'BadRequest', `|System.Management.Automation.ParameterBindingException|A parameter cannot be found that matches parameter name '${unknown}'.`);
    if (cmdlet.refusal !== undefined) return refuse(cmdlet.refusal.status, cmdlet.refusal.code, cmdlet.refusal.detail);
    const token = address.searchParams.get('$skiptoken');
    const page = token === null ? undefined : pages.get(token);
    if (token !== null && page === undefined) return against('a page that was not offered, or was asked for before');
    if (page !== undefined && page.body !== text) return against('a page asked for with another body');
    if (token !== null) pages.delete(token);
    const from = page?.from ?? 0;
    if (from === 0) calls.push({ cmdlet: CmdletName, parameters: Parameters, anchor: String(request.headers['x-anchormailbox']) });
    const rows = (cmdlet.rows ?? []).slice(from, from + options.pageSize);
    const more = from + options.pageSize < (cmdlet.rows ?? []).length;
    const next = `page-${CmdletName}-${from + options.pageSize}`;
    if (more) pages.set(next, { body: text, from: from + options.pageSize });
    answer(200, {
      '@odata.context': `${url}/adminapi/beta/${options.tenant}/$metadata#Collection(Exchange.GenericHashTable)`,
      'adminapi.warnings@odata.type': '#Collection(String)',
      '@adminapi.warnings': from === 0 ? (cmdlet.warnings ?? []) : [],
      ...(more ? { '@odata.nextLink': `${url}${path}?%24skiptoken=${next}` } : {}),
      value: rows,
    });
  };
  const listener = await listen(createServer((request, response) => void handle(request, response)));
  url = `http://127.0.0.1:${listener.port}`;
  return { url, violations, calls, throttle, close: () => listener.close() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What of the body no published client sends. */
function faultOf(body: unknown, named: string): string | undefined {
  if (keysOf(body) !== 'CmdletInput') return `members of the body: ${keysOf(body)}`;
  const { CmdletInput } = body as { CmdletInput: unknown };
  if (keysOf(CmdletInput) !== 'CmdletName,Parameters') return `members of CmdletInput: ${keysOf(CmdletInput)}`;
  const { CmdletName, Parameters } = CmdletInput as { CmdletName: unknown; Parameters: unknown };
  if (CmdletName !== named) return 'x-cmdletname is not the CmdletName';
  if (typeof Parameters !== 'object' || Parameters === null || Array.isArray(Parameters)) return 'Parameters are no object';
  return Object.entries(Parameters).map(([name, value]) => valueFault(name, value)).find((fault) => fault !== undefined);
}

function valueFault(name: string, value: unknown): string | undefined {
  if (!/^[A-Z]\w*$/.test(name)) return `parameter ${name}`;
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return undefined;
  if (Array.isArray(value)) return value.every((item) => ['string', 'number', 'boolean'].includes(typeof item)) ? undefined : `items of ${name}`;
  const [first, ...rest] = Object.entries(value as object);
  if (first?.[0] !== '@odata.type' || first[1] !== '#Exchange.GenericHashTable') return `hashtable ${name} without its mark`;
  return rest.map(([key, item]) => valueFault(key.charAt(0).toUpperCase() + key.slice(1), item)).find((fault) => fault !== undefined);
}

function keysOf(value: unknown): string {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).join(',') : String(value);
}
