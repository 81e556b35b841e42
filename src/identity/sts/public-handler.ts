import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Counter, Histogram } from 'prom-client';
import type { AccessLog, HttpRoute, Router } from '../../foundation/index.ts';
import { createRouter, requestIdHeader, requestIdOf, requestPath, requestQuery, sendJson } from '../../foundation/index.ts';
import { AadstsError, aadstsErrorBody } from './aadsts-error.ts';
import { issuanceFailed, malformedRequest, onlyPost, tenantNotFound } from './aadsts-errors.ts';
import { federationMetadata } from './federation-metadata.ts';
import { grantToken } from './grant-token.ts';
import { acsMetadata, keySet, openIdConfiguration } from './metadata.ts';
import type { StsTenant } from './sts-types.ts';
import { createSignInRoutes } from './sign-in/sign-in-routes.ts';
import { findTenant } from './tenants.ts';
import { gatewayRoutes } from '../federation/gateway/gateway-routes.ts';
import { decodeToken, timeClaim } from '../tokens/decode-token.ts';
import { readTokenForm } from './token-request.ts';
import type { TokenEndpoint } from './token-request.ts';
import type { TokenService } from './token-service.ts';

export interface PublicHandlerOptions {
  service: TokenService;
  accessLog: AccessLog;
  metrics: { requests: Counter<'endpoint' | 'outcome'>; duration: Histogram<'endpoint'> };
}

/** What accompanies a request for its log line. */
interface RequestFacts {
  requestId: string;
  traceId: string;
  startedAt: number;
  endpoint: string;
  errorCode?: string;
}

/** Metadata may be kept for a while; a roll-over publishes a key long before it has to be known. */
const metadataCaching = { 'cache-control': 'public, max-age=300' };

/**
 * Answers the public side. A refusal is Azure AD's JSON; whatever else goes wrong is a 500 that names nothing and a log
 * line that names everything. No log line holds a query or a body.
 */
export function createPublicHandler(options: PublicHandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { context } = options.service;
  const factsOf = new WeakMap<IncomingMessage, RequestFacts>();
  const note = (request: IncomingMessage, refusal: AadstsError): void => {
    const facts = factsOf.get(request);
    context.log.info({ requestId: facts?.requestId, codes: refusal.codes, facts: refusal.facts }, refusal.message);
    if (facts !== undefined) facts.errorCode = `AADSTS${refusal.codes.at(-1)}`;
  };
  const signInRoutes = createSignInRoutes({ service: options.service, traceIdOf: (request) => factsOf.get(request)?.traceId ?? randomUUID(), note });
  const router = createRouter([...publicRoutes(options), ...signInRoutes]);
  return (request, response) => {
    const facts: RequestFacts = { requestId: requestIdOf(request.headers), traceId: randomUUID(), startedAt: performance.now(), endpoint: endpointOf(requestPath(request)) };
    factsOf.set(request, facts);
    // By the clock that tokens are issued by, so that whoever compares clocks sees that one.
    response.setHeader('date', new Date(context.clock.now()).toUTCString());
    response.setHeader('request-id', facts.requestId);
    response.setHeader(requestIdHeader, facts.requestId);
    response.setHeader('x-ms-request-id', facts.traceId);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
    response.once('close', () => writeLogs(options, request, response, facts));
    answer(router, request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        return;
      }
      const refusal = error instanceof AadstsError ? error : issuanceFailed();
      if (refusal === error) context.log.info({ requestId: facts.requestId, codes: refusal.codes, facts: refusal.facts }, refusal.message);
      else context.log.error({ requestId: facts.requestId, err: error }, 'A token request failed.');
      facts.errorCode = `AADSTS${refusal.codes.at(-1)}`;
      sendRefusal(request, response, refusal, { ...facts, now: context.clock.now() });
    });
  };
}

function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: AadstsError, ids: RequestFacts & { now: number }): void {
  const body = aadstsErrorBody(refusal, { traceId: ids.traceId, correlationId: ids.requestId, now: ids.now });
  // A body that was not read to its end would be taken for the next request.
  const headers = { pragma: 'no-cache', ...(refusal.status === 405 ? { allow: 'POST' } : {}), ...(request.complete ? {} : { connection: 'close' }) };
  sendJson(response, refusal.status, body, headers);
}

async function answer(router: Router, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const match = router(method, requestPath(request));
  if (match === 'path') return sendJson(response, 404, { error: 'not_found', error_description: 'Nothing answers at this path.' });
  if (match === 'method') throw onlyPostOrGet(method, request);
  await match.handle(request, response, match.parameters);
}

function onlyPostOrGet(method: string, request: IncomingMessage): AadstsError {
  return isTokenPath(requestPath(request)) ? onlyPost(method) : malformedRequest('method', 405);
}

function publicRoutes({ service }: PublicHandlerOptions): HttpRoute[] {
  const { context } = service;
  const token = (path: string, endpoint: TokenEndpoint): HttpRoute => ({
    method: 'POST',
    path,
    async handle(request, response, { tenant = '' }) {
      const parameters = await readTokenForm(request);
      const granted = await grantToken(service, {
        endpoint,
        tenantName: tenant,
        parameters,
        clientAddress: request.socket.remoteAddress ?? '',
        requestId: requestIdOf(request.headers),
      });
      context.log.info({ requestId: requestIdOf(request.headers), ...issuedFacts(granted['access_token']) }, 'token issued');
      sendJson(response, 200, granted, { pragma: 'no-cache' });
    },
  });
  const knownTenant = async (name: string): Promise<StsTenant> => {
    const tenant = await findTenant(context, name);
    if (tenant === undefined) throw tenantNotFound(name, 'invalid_tenant');
    return tenant;
  };
  const document = (path: string, build: (tenant: StsTenant) => Promise<unknown>): HttpRoute => ({
    method: 'GET',
    path,
    async handle(request, response, { tenant: name = requestQuery(request).get('realm') ?? '' }) {
      sendJson(response, 200, await build(await knownTenant(name)), metadataCaching);
    },
  });
  const common = (path: string, build: () => Promise<unknown>): HttpRoute => ({ method: 'GET', path, handle: async (_, response) => sendJson(response, 200, await build(), metadataCaching) });
  return [
    token('/:tenant/tokens/OAuth/2', 'acs'),
    token('/:tenant/oauth2/token', 'v1'),
    token('/:tenant/oauth2/v2.0/token', 'v2'),
    document('/:tenant/metadata/json/1', (tenant) => acsMetadata(context, tenant)),
    document('/metadata/json/1', (tenant) => acsMetadata(context, tenant)),
    common('/common/.well-known/openid-configuration', async () => openIdConfiguration(context, undefined, 'v1')),
    common('/common/v2.0/.well-known/openid-configuration', async () => openIdConfiguration(context, undefined, 'v2')),
    common('/organizations/v2.0/.well-known/openid-configuration', async () => openIdConfiguration(context, undefined, 'v2')),
    common('/common/discovery/keys', () => keySet(context)),
    common('/common/discovery/v2.0/keys', () => keySet(context)),
    document('/:tenant/.well-known/openid-configuration', async (tenant) => openIdConfiguration(context, tenant, 'v1')),
    document('/:tenant/v2.0/.well-known/openid-configuration', async (tenant) => openIdConfiguration(context, tenant, 'v2')),
    document('/:tenant/discovery/keys', () => keySet(context)),
    document('/:tenant/discovery/v2.0/keys', () => keySet(context)),
    ...gatewayRoutes(context),
    {
      method: 'GET',
      path: '/:tenant/federationmetadata/2007-06/federationmetadata.xml',
      async handle(_, response, { tenant: name = '' }) {
        const body = Buffer.from(await federationMetadata(context, await knownTenant(name)));
        response.writeHead(200, { 'content-type': 'application/xml; charset=utf-8', 'content-length': String(body.length), ...metadataCaching });
        response.end(body);
      },
    },
  ];
}

/** What the audit of issued tokens tells: who got what, for whom, until when. Never the token. */
function issuedFacts(token: unknown): Record<string, unknown> {
  const claims = decodeToken(typeof token === 'string' ? token : '')?.claims ?? {};
  const ends = timeClaim(claims, 'exp');
  return {
    tokenId: claims['uti'] ?? claims['jti'],
    application: claims['appid'] ?? claims['nameid'],
    person: claims['upn'],
    audience: claims['aud'],
    expires: ends === undefined ? undefined : new Date(ends).toISOString(),
  };
}

function isTokenPath(path: string): boolean {
  return /\/(?:tokens\/oauth\/2|oauth2\/(?:v2\.0\/)?(?:token|devicecode))$/i.test(path);
}

/** A short fixed name for metrics: never what the client sent. */
function endpointOf(path: string): string {
  if (/\/tokens\/oauth\/2$/i.test(path)) return 'acs';
  if (/\/oauth2\/token$/i.test(path)) return 'v1';
  if (/\/oauth2\/v2\.0\/token$/i.test(path)) return 'v2';
  if (/\/oauth2\/(?:v2\.0\/)?authorize$/i.test(path)) return 'authorize';
  if (/\/oauth2\/(?:v2\.0\/)?devicecode$/i.test(path)) return 'devicecode';
  if (/^\/(?:login|login\/verify|login\/federated|login\.srf|consent|devicelogin)$/i.test(path)) return 'sign-in';
  return /\/(?:federationmetadata|metadata|discovery|\.well-known)\//i.test(path) ? 'metadata' : 'other';
}

function writeLogs({ accessLog, metrics }: PublicHandlerOptions, request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void {
  const durationMs = performance.now() - facts.startedAt;
  const outcome = facts.errorCode ?? (response.writableFinished ? String(response.statusCode) : 'aborted');
  metrics.requests.inc({ endpoint: facts.endpoint, outcome });
  metrics.duration.observe({ endpoint: facts.endpoint }, durationMs / 1000);
  const { userAgent, host } = { userAgent: request.headers['user-agent'], host: request.headers.host };
  accessLog.write({
    requestId: facts.requestId,
    method: request.method ?? '',
    path: requestPath(request),
    host: host ?? '',
    clientAddress: request.socket.remoteAddress ?? '',
    serverAddress: request.socket.localAddress ?? '',
    serverPort: request.socket.localPort ?? 0,
    ...(userAgent === undefined ? {} : { userAgent }),
    status: response.statusCode,
    ...(facts.errorCode === undefined ? {} : { errorCode: facts.errorCode }),
    bytesReceived: Number(request.headers['content-length'] ?? 0) || 0,
    bytesSent: Number(response.getHeader('content-length') ?? 0) || 0,
    durationMs,
    extra: { traceId: facts.traceId, endpoint: facts.endpoint },
  });
}
