import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { AccessLog, Clock, Log } from '../foundation/index.ts';
import { errorCode, errorText, readBody, requestIdOf, requestPath } from '../foundation/index.ts';
import { serviceDocument } from '../ews/index.ts';
import type { AutodiscoverService, EwsFaultCode, EwsService, PoxAutodiscoverService, Requester, RequestContext, ServiceDocumentName, SoapAnswer } from '../ews/index.ts';
import type { AnonymousAnswer } from './anonymous-answers.ts';
import { IdentityError, securityFault } from '../identity/index.ts';
import type { DelegationValidator, ValidatedDelegation } from '../identity/index.ts';
import type { Authentication } from './authentication.ts';
import { delegatedBodyLimit, delegatedRequester } from './federation.ts';
import type { EwsCaller, EwsRefusal } from './ews-access.ts';
import type { KnownDefect } from './known-defects.ts';
import type { MoveProxyRefusal } from './move-proxy.ts';
import { moveProxyEvents } from './move-proxy.ts';
import type { PremisesErrorCode } from './premises-error.ts';
import type { PremisesMetrics } from './premises-metrics.ts';
import type { VirtualDirectoryMethods, VirtualDirectoryName } from './virtual-directories.ts';
import { virtualDirectoryOf } from './virtual-directories.ts';

export interface RequestHandlerOptions {
  ews: EwsService;
  autodiscover: AutodiscoverService;
  poxAutodiscover: PoxAutodiscoverService;
  authentication: Authentication;
  /** Decides about messages with delegation tokens. */
  delegation: DelegationValidator;
  anonymous: (request: IncomingMessage) => Promise<AnonymousAnswer | undefined>;
  methods: (name: VirtualDirectoryName) => Promise<VirtualDirectoryMethods>;
  /** A fault before anything of the request has been read. */
  ewsFault: (code: EwsFaultCode, message: string) => SoapAnswer;
  ewsAccess: (caller: EwsCaller) => Promise<EwsRefusal | undefined>;
  /** Whether the component behind a virtual directory was put to rest. */
  isResting: (directory: VirtualDirectoryName) => Promise<boolean>;
  /** Whether somebody may use the move proxy. */
  moveProxy: (recipientGuid: string) => Promise<MoveProxyRefusal | undefined>;
  serverName: string;
  /** What servers of this version are known to get wrong. */
  defects: readonly KnownDefect[];
  maximumRequestBytes: number;
  metrics: PremisesMetrics;
  clock: Clock;
  log: Log;
  accessLog: AccessLog;
}

/** An anonymous Autodiscover request is one short question; more is not read before somebody has signed in. */
const anonymousBodyLimit = 64 * 1024;
/** After an answer that did not wait for the body, the client gets this long to stop sending. */
const lingerMs = 5_000;
/** What access logs (nginx's first) say of a client that went away before its answer. Never sent. */
const clientClosedRequest = 499;

/** A partner that may not act here, or not for this person, is told so by a fault. */
const shutOutOfEws: ReadonlySet<string> = new Set(['IDENTITY_TOKEN_PARTNER_NOT_LINKED', 'PREMISES_ACCOUNT_DISABLED'] satisfies (IdentityError['code'] | PremisesErrorCode)[]);

/** Exchange's own words (free/busy error table, row 18). That its response code is ErrorAccessDenied is *unverified*. */
const missingLinkedAccount =
  'The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled.';

interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[]>>;
  body: Buffer;
  /** Follows the body, piece by piece. */
  stream?: AsyncIterable<Buffer>;
  /** For the log. */
  userName?: string;
  code?: string;
}

/**
 * The public side of an organisation: finds the virtual directory, signs the caller in, hands the body to the service,
 * and writes one line to the access log, whatever happens. What goes wrong inside is logged whole and answered with
 * nothing but the request id. A client that goes away ends what is done for it.
 */
export function createRequestHandler(options: RequestHandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const started = options.clock.now();
    const requestId = requestIdOf(request.headers);
    const abort = new AbortController();
    const received = countBytes(request);
    response.once('close', () => {
      if (!response.writableFinished) abort.abort();
    });
    answer(request, requestId, abort.signal, options)
      .catch((error: unknown) => failed(error, requestId, options.log))
      .then(async (result) => {
        // The body that did not come to its end is the client's going, too, and may be noticed before the response's.
        let streamed = 0;
        const isGone = response.destroyed || result.code === 'PREMISES_CLIENT_GONE';
        if (isGone) response.destroy();
        else {
          streamed = await send(request, response, result, { requestId, serverName: options.serverName, sentAt: options.clock.now() }).catch((error: unknown) => {
            options.log.error({ err: error, requestId }, 'The answer could not be sent whole.');
            response.destroy();
            return 0;
          });
        }
        const outcome = isGone ? { ...result, status: clientClosedRequest, code: 'PREMISES_CLIENT_GONE', body: Buffer.alloc(0) } : result;
        record(request, outcome, { requestId, started, bytesReceived: received(), bytesSent: outcome.body.length + streamed, options });
      })
      .catch((error: unknown) => {
        options.log.error({ err: error, requestId }, 'The answer could not be sent.');
        response.destroy();
      });
  };
}

/** What is answered when the work on a request was not finished. Codes of other rooms, and Node's, are for the log alone. */
function failed(error: unknown, requestId: string, log: Log): Answer {
  const code = errorCode(error);
  if (code === 'HTTP_BODY_CUT') return refuse(clientClosedRequest, 'PREMISES_CLIENT_GONE');
  if (code === 'PREMISES_BUSY') {
    log.warn({ err: error, requestId, code }, errorText(error));
    return { ...refuse(503, code), headers: { 'Retry-After': '10' } };
  }
  log.error({ err: error, requestId, code }, errorText(error));
  return refuse(500, 'PREMISES_INTERNAL');
}

async function answer(request: IncomingMessage, requestId: string, signal: AbortSignal, options: RequestHandlerOptions): Promise<Answer> {
  const anonymous = await options.anonymous(request);
  if (anonymous !== undefined) return anonymous;
  const served = virtualDirectoryOf(requestPath(request));
  if (served === undefined) return refuse(404, 'PREMISES_NOT_FOUND');
  const { directory, isServed } = served;
  if (await options.isResting(directory)) return { ...refuse(503, 'PREMISES_COMPONENT_INACTIVE'), headers: { 'Retry-After': '60' } };
  if (served.isDelegated === true) return answerDelegated(request, directory, { requestId, signal }, options);
  const signIn = await options.authentication.authenticate(request, await options.methods(directory));
  const context = { requestId, signal };
  const contentType = request.headers['content-type'];
  if (!signIn.ok) {
    if (shutOutOfEws.has(signIn.code) && directory === 'EWS') return answered(options.ewsFault('ErrorAccessDenied', missingLinkedAccount));
    // Autodiscover has one question that strangers may ask (GetFederationInformation); which one it is stands in the body.
    const mayBeAnonymous = isServed && served.isPlainXml !== true && directory === 'Autodiscover' && request.method === 'POST' && request.headers.authorization === undefined;
    const body = mayBeAnonymous ? await readWithin(request, anonymousBodyLimit) : undefined;
    const result = body === undefined ? undefined : await options.autodiscover.handle({ body, ...(contentType === undefined ? {} : { contentType }), context });
    if (result === undefined || result.status === 401) return { ...refuse(signIn.status ?? 401, signIn.code), headers: signIn.headers };
    return answered(result);
  }
  const { requester } = signIn;
  const userName = nameOf(requester);
  if (served.document !== undefined) return { ...answerDocument(request, served.document), userName };
  if (served.isMoveProxy === true) return answerMover(requester, requestId, options);
  // RFC 9110 §15.6.2: the server does not support what the request needs. Clients take it for no fault of their sign-in.
  if (!isServed) return { ...refuse(501, 'PREMISES_NOT_SERVED'), userName };
  // A browser gets an error of the service here, which tells administrators that sign-in and path are right.
  if (served.isPlainXml === true && (request.method === 'GET' || request.method === 'POST')) return answerPlainXml(request, { requestId, signal }, userName, options);
  if (request.method !== 'POST') return { ...refuse(405, 'PREMISES_METHOD'), headers: { Allow: served.isPlainXml === true ? 'GET, POST' : 'POST' }, userName };
  if (directory === 'EWS') {
    const { applicationId } = requester;
    const defect = requester.origin === 'partner' ? options.defects[0] : undefined;
    if (defect !== undefined) return { ...answered(options.ewsFault('ErrorInternalServerError', defect.message)), userName };
    const refusal = await options.ewsAccess({ userAgent: request.headers['user-agent'] ?? '', ...(applicationId === undefined ? {} : { applicationId }) });
    if (refusal !== undefined) return { ...refuse(403, refusal), userName };
  }
  const body = await readWithin(request, options.maximumRequestBytes);
  if (body === undefined) return { ...refuse(413, 'PREMISES_BODY_TOO_LARGE'), userName };
  const service = directory === 'EWS' ? options.ews : options.autodiscover;
  const result = await service.handle({ body, ...(contentType === undefined ? {} : { contentType }), requester, context });
  return { ...answered(result), userName };
}

/** The description names the address at which it was fetched: that is the one that the client reaches. */
function answerDocument(request: IncomingMessage, name: ServiceDocumentName): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') return { ...refuse(405, 'PREMISES_METHOD'), headers: { Allow: 'GET, HEAD' } };
  const host = (request.headers.host ?? '').replace(/[^\w.:[\]-]/g, '');
  return { status: 200, headers: { 'Content-Type': 'text/xml; charset=utf-8' }, body: serviceDocument(name, `https://${host}/EWS/Exchange.asmx`) };
}

/** Somebody has signed in at the move proxy: they may use it, or the log tells why not. */
async function answerMover(requester: Requester, requestId: string, options: RequestHandlerOptions): Promise<Answer> {
  const userName = nameOf(requester);
  const refusal = requester.origin === 'partner' ? 'PREMISES_MOVE_PROXY_ROLE' : await options.moveProxy(requester.recipient.guid);
  if (refusal === undefined) return { status: 200, headers: {}, body: Buffer.alloc(0), userName };
  options.log.warn({ requestId, code: refusal }, moveProxyEvents[refusal]);
  return { ...refuse(403, refusal), userName };
}

async function answerPlainXml(request: IncomingMessage, context: RequestContext, userName: string, options: RequestHandlerOptions): Promise<Answer> {
  const body = await readWithin(request, anonymousBodyLimit);
  if (body === undefined) return { ...refuse(413, 'PREMISES_BODY_TOO_LARGE'), userName };
  const contentType = request.headers['content-type'];
  return { ...answered(await options.poxAutodiscover.handle({ body, ...(contentType === undefined ? {} : { contentType }), context })), userName };
}

/** A request that says itself who asks: its body is read first, and only what its sender signed is handed on. */
async function answerDelegated(request: IncomingMessage, directory: VirtualDirectoryName, context: RequestContext, options: RequestHandlerOptions): Promise<Answer> {
  if (!(await options.methods(directory)).wsSecurity) return refuse(401, 'PREMISES_UNAUTHORIZED');
  if (request.method !== 'POST') return { ...refuse(405, 'PREMISES_METHOD'), headers: { Allow: 'POST' } };
  const body = await readWithin(request, delegatedBodyLimit);
  if (body === undefined) return refuse(413, 'PREMISES_BODY_TOO_LARGE');
  let delegation: ValidatedDelegation;
  try {
    delegation = await options.delegation.validate(body, directory === 'EWS' ? ['MSExchange.SharingCalendarFreeBusy'] : ['MSExchange.Autodiscover']);
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    options.log.warn({ requestId: context.requestId, code: error.code, facts: error.facts }, error.message);
    return { ...securityFault(error), code: error.code === 'IDENTITY_FEDERATION_TOKEN' ? 'PREMISES_SECURITY_TOKEN' : 'PREMISES_SECURITY' };
  }
  const requester = delegatedRequester(delegation.emailAddress);
  const userName = `Delegation~${delegation.emailAddress}`;
  if (directory === 'EWS') {
    const refusal = await options.ewsAccess({ userAgent: request.headers['user-agent'] ?? '' });
    if (refusal !== undefined) return { ...refuse(403, refusal), userName };
  }
  const service = directory === 'EWS' ? options.ews : options.autodiscover;
  return { ...answered(await service.handle({ body: Buffer.from(delegation.envelope), requester, context })), userName };
}

function answered({ errorCode: code, ...answer }: SoapAnswer): Answer {
  return { ...answer, ...(code === undefined ? {} : { code }) };
}

function nameOf({ recipient, origin }: Requester): string {
  const name = recipient.userPrincipalName ?? recipient.primarySmtpAddress;
  return origin === 'partner' ? `S2S~${name}` : name;
}

function refuse(status: number, code: string): Answer {
  return { status, headers: {}, body: Buffer.alloc(0), code };
}

async function readWithin(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  try {
    return await readBody(request, limit);
  } catch (error) {
    if (errorCode(error) === 'HTTP_BODY_TOO_LARGE') return undefined;
    throw error;
  }
}

/** Gives the bytes of the stream that were sent. */
async function send(request: IncomingMessage, response: ServerResponse, result: Answer, { requestId, serverName, sentAt }: { requestId: string; serverName: string; sentAt: number }): Promise<number> {
  response.writeHead(result.status, {
    ...result.headers,
    // By the server's own clock: it tells others how wrong that is.
    Date: new Date(sentAt).toUTCString(),
    'request-id': requestId,
    'X-FEServer': serverName,
    ...(result.code === undefined ? {} : { 'x-hybridge-error': result.code }),
    ...(result.stream === undefined ? { 'Content-Length': String(result.body.length) } : {}),
  });
  const streamed = result.stream === undefined ? 0 : await sendStream(response, result.body, result.stream);
  response.end(result.stream === undefined ? result.body : undefined);
  if (request.complete) return streamed;
  const timer = setTimeout(() => request.socket.destroy(), lingerMs);
  // At its end, or with its connection.
  request.once('close', () => clearTimeout(timer));
  request.resume();
  return streamed;
}

/** Each piece leaves at once, and the next is asked for when the client has taken it. */
async function sendStream(response: ServerResponse, body: Buffer, stream: AsyncIterable<Buffer>): Promise<number> {
  let sent = 0;
  response.flushHeaders();
  if (body.length > 0) response.write(body);
  for await (const piece of stream) {
    if (response.destroyed) break;
    sent += piece.length;
    if (response.write(piece)) continue;
    const { promise, resolve } = Promise.withResolvers<void>();
    response.once('drain', resolve).once('close', resolve);
    await promise;
    response.off('drain', resolve).off('close', resolve);
  }
  return sent;
}

function countBytes(request: IncomingMessage): () => number {
  const { socket } = request;
  const before = socket.bytesRead;
  return () => socket.bytesRead - before;
}

function record(request: IncomingMessage, result: Answer, facts: { requestId: string; started: number; bytesReceived: number; bytesSent: number; options: RequestHandlerOptions }): void {
  const { options } = facts;
  const socket = request.socket as TLSSocket;
  const durationMs = options.clock.now() - facts.started;
  const path = requestPath(request);
  const { 'user-agent': userAgent } = request.headers;
  options.metrics.requestFinished(virtualDirectoryOf(path)?.directory ?? 'other', result.status, durationMs / 1000);
  options.accessLog.write({
    requestId: facts.requestId,
    method: request.method ?? '',
    path,
    host: request.headers.host ?? '',
    clientAddress: socket.remoteAddress ?? '',
    serverAddress: socket.localAddress ?? '',
    serverPort: socket.localPort ?? 0,
    ...(result.userName === undefined ? {} : { userName: result.userName }),
    ...(userAgent === undefined ? {} : { userAgent }),
    status: result.status,
    ...(result.code === undefined ? {} : { errorCode: result.code }),
    bytesReceived: facts.bytesReceived,
    bytesSent: facts.bytesSent,
    durationMs,
  });
}
