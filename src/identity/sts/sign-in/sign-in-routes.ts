import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRoute } from '../../../foundation/index.ts';
import { requestIdOf, requestQuery, sendJson } from '../../../foundation/index.ts';
import { AadstsError } from '../aadsts-error.ts';
import { tooManyRequests } from '../aadsts-errors.ts';
import { withParameters } from '../redirect-uris.ts';
import { readTokenForm } from '../token-request.ts';
import type { TokenService } from '../token-service.ts';
import { answerFederatedSignIn, resumeFederatedSignIn } from './answer-federated-sign-in.ts';
import { answerAuthorize } from './authorize.ts';
import { clearSessionCookie, readSessionCookie } from './browser.ts';
import { answerConsent } from './consent.ts';
import { answerDeviceDecision, answerDevicePage } from './device.ts';
import { authorizeDevice } from './device-authorization.ts';
import type { Exchange } from './exchange.ts';
import { identityProviderOf } from './federated-sign-in.ts';
import { answerLogin, answerVerify } from './login.ts';
import { styleSheet, submitScript } from './pages/assets.ts';
import { sendRefusalPage, sendSignedOutPage } from './pages/message-pages.ts';
import { readParameters } from './purpose.ts';
import { endSession, findSession } from './sessions.ts';

export interface SignInRoutesOptions {
  service: TokenService;
  /** The id under which refusals of this request are traced. */
  traceIdOf(request: IncomingMessage): string;
  /** Tells the access log of a refusal that was not thrown on. */
  note(request: IncomingMessage, refusal: AadstsError): void;
}

type Answer = (exchange: Exchange, parameters: Readonly<Record<string, string>>) => Promise<void>;

/** What browsers ask for: authorization requests, sign-in forms, the device page, sign-out, and the pages' style sheet. */
export function createSignInRoutes(options: SignInRoutesOptions): HttpRoute[] {
  const page = (method: 'GET' | 'POST', path: string, answer: Answer): HttpRoute => ({ method, path, handle: (request, response, parameters) => answerPage(options, request, response, (exchange) => answer(exchange, parameters)) });
  const asset = (path: string, contentType: string, text: string): HttpRoute => ({ method: 'GET', path, handle: (_, response) => sendAsset(response, contentType, text) });
  const authorize = (path: string, endpoint: 'v1' | 'v2'): HttpRoute[] => [
    page('GET', path, (exchange, { tenant = '' }) => answerAuthorize(exchange, { kind: 'authorize', endpoint, tenantName: tenant, parameters: readParameters(requestQuery(exchange.request)) })),
    page('POST', path, async (exchange, { tenant = '' }) => {
      const parameters = readParameters(await readTokenForm(exchange.request));
      await answerAuthorize(exchange, { kind: 'authorize', endpoint, tenantName: tenant, parameters });
    }),
  ];
  const device = (path: string, endpoint: 'v1' | 'v2'): HttpRoute => ({
    method: 'POST',
    path,
    async handle(request, response, { tenant = '' }) {
      const parameters = await readTokenForm(request);
      if (!options.service.starts.mayStart(request.socket.remoteAddress ?? '')) throw tooManyRequests();
      const asked = { endpoint, tenantName: tenant, parameters, clientAddress: request.socket.remoteAddress ?? '', requestId: requestIdOf(request.headers) };
      sendJson(response, 200, await authorizeDevice(options.service.context, asked), { pragma: 'no-cache' });
    },
  });
  return [
    ...authorize('/:tenant/oauth2/authorize', 'v1'),
    ...authorize('/:tenant/oauth2/v2.0/authorize', 'v2'),
    device('/:tenant/oauth2/devicecode', 'v1'),
    device('/:tenant/oauth2/v2.0/devicecode', 'v2'),
    page('POST', '/login', async (exchange) => answerLogin(exchange, await readTokenForm(exchange.request))),
    page('POST', '/login/verify', async (exchange) => answerVerify(exchange, await readTokenForm(exchange.request))),
    page('POST', '/login.srf', async (exchange) => answerFederatedSignIn(exchange, await readTokenForm(exchange.request))),
    page('GET', '/login/federated', (exchange) => resumeFederatedSignIn(exchange, readParameters(requestQuery(exchange.request)).get('resume'))),
    page('POST', '/consent', async (exchange) => answerConsent(exchange, await readTokenForm(exchange.request))),
    page('GET', '/devicelogin', (exchange) => answerDevicePage(exchange, readParameters(requestQuery(exchange.request)).get('user_code'))),
    page('POST', '/devicelogin', async (exchange) => answerDeviceDecision(exchange, await readTokenForm(exchange.request))),
    page('GET', '/:tenant/oauth2/logout', answerLogout),
    page('GET', '/:tenant/oauth2/v2.0/logout', answerLogout),
    asset('/sign-in/style.css', 'text/css; charset=utf-8', styleSheet),
    asset('/sign-in/submit.js', 'text/javascript; charset=utf-8', submitScript),
  ];
}

/** Refusals become a page; what is no refusal is the caller's to handle. */
async function answerPage(options: SignInRoutesOptions, request: IncomingMessage, response: ServerResponse, answer: (exchange: Exchange) => Promise<void>): Promise<void> {
  const { service } = options;
  const exchange: Exchange = {
    service,
    request,
    response,
    clientAddress: request.socket.remoteAddress ?? '',
    requestId: requestIdOf(request.headers),
    traceId: options.traceIdOf(request),
    note: (refusal) => options.note(request, refusal),
  };
  try {
    await answer(exchange);
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    exchange.note(error);
    if (!request.complete) response.setHeader('connection', 'close');
    sendRefusalPage(response, error, { traceId: exchange.traceId, correlationId: exchange.requestId, now: service.context.clock.now() });
  }
}

/**
 * Ends the browser's session (OpenID Connect RP-Initiated Logout 1.0). No address of the request is followed; people of a
 * federated domain go on to their identity provider's sign-out, where that was set.
 */
async function answerLogout({ service, request, response }: Exchange): Promise<void> {
  const { context } = service;
  const id = readSessionCookie(request);
  const session = await findSession(context, id);
  await endSession(context, id);
  clearSessionCookie(response);
  const provider = session === undefined ? undefined : await identityProviderOf(context, session.tenantId, session.user.userPrincipalName);
  if (provider?.signOutUri == null || session?.methods.split(' ').includes('fed') !== true) return sendSignedOutPage(response);
  response.writeHead(302, { location: withParameters(provider.signOutUri, { wa: 'wsignout1.0' }, 'query'), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-length': '0' });
  response.end();
}

function sendAsset(response: ServerResponse, contentType: string, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(200, { 'content-type': contentType, 'content-length': String(body.length), 'cache-control': 'public, max-age=300', 'content-security-policy': "default-src 'none'" });
  response.end(body);
}
