import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import net from 'node:net';
import { after, before, test } from 'node:test';
import type { Dispatcher } from 'undici';
import { createHttpClient, HybridgeError, listen, readBody, systemDial } from '../../foundation/index.ts';
import type { Listener } from '../../foundation/index.ts';
import type { Recipient } from '../../organization/index.ts';
import type { AvailabilityRequest, AvailabilityResponse } from '../codec/availability-types.ts';
import { createEwsService } from '../server/ews-service.ts';
import type { Requester } from '../server/requester.ts';
import { EwsClientError } from './ews-client-error.ts';
import type { EwsClientErrorCode } from './ews-client-error.ts';
import { getUserAvailability } from './get-user-availability.ts';
import type { EwsClient } from './post-soap.ts';

const start = Date.parse('2026-07-01T00:00:00Z');
const request: AvailabilityRequest = {
  mailboxes: [
    { email: { address: 'anna@contoso.test' }, attendeeType: 'Required', excludeConflicts: false },
    { email: { address: 'bert@contoso.test' }, attendeeType: 'Optional', excludeConflicts: true },
  ],
  freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusy' },
};
const response: AvailabilityResponse = {
  freeBusy: [
    { ok: true, view: { viewType: 'FreeBusy', events: [{ start: start + 3_600_000, end: start + 7_200_000, busyType: 'Busy' }] } },
    { ok: false, failure: { responseCode: 'ErrorNoFreeBusyAccess', messageText: 'No.' } },
  ],
  paths: [
    { source: 'IntraOrganizationConnector', name: 'HybridIOC - 1', endpoint: 'https://g.relay.test/EWS/Exchange.asmx', via: '1.1 relay', durationMs: 20.5 },
    { source: 'Local', durationMs: 1 },
  ],
};
const serverVersion = { majorVersion: 15, minorVersion: 20, majorBuildNumber: 1, minorBuildNumber: 2, version: 'V2018_01_08' };
const recipient: Recipient = { guid: '1', recipientTypeDetails: 'UserMailbox', displayName: 'B', alias: 'b', primarySmtpAddress: 'b@contoso.test', emailAddresses: ['b@contoso.test'] };
const requester: Requester = { recipient, origin: 'local' };

let behaviour: RequestListener = (_, answer) => void answer.end();
let listener: Listener;
let httpClient: Dispatcher;
let url = '';
/** Resolved when a request's response has been closed, from whichever side. */
const seen: IncomingMessage[] = [];

before(async () => {
  const server = createServer((incoming, answer) => {
    seen.push(incoming);
    behaviour(incoming, answer);
  });
  listener = await listen(server);
  httpClient = createHttpClient({ dial: systemDial });
  url = `http://127.0.0.1:${listener.port}/EWS/Exchange.asmx`;
});
after(async () => {
  await httpClient.destroy();
  await listener.close();
});

function client(changes: Partial<EwsClient> = {}): EwsClient {
  return { url, httpClient, authorization: () => 'Bearer x', userAgent: 'test/1', requestId: 'request-0001', timeoutMs: 5_000, ...changes };
}

async function failure(code: EwsClientErrorCode, changes: Partial<EwsClient> = {}): Promise<EwsClientError> {
  try {
    await getUserAvailability(client(changes), request);
  } catch (error) {
    assert.ok(error instanceof EwsClientError, String(error));
    assert.equal(error.code, code, JSON.stringify(error.facts));
    return error;
  }
  return assert.fail('the request succeeded');
}

function send(status: number, headers: Record<string, string>, body: string): void {
  behaviour = (incoming, answer) => {
    incoming.resume().once('end', () => {
      answer.writeHead(status, headers);
      answer.end(body);
    });
  };
}

const service = createEwsService({ lookUpFreeBusy: () => Promise.resolve(response), serverVersion });

async function serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  const context = { requestId: 'request-0001', signal: new AbortController().signal };
  const { status, headers, body } = await service.handle({ body: await readBody(incoming, 1 << 20), contentType: incoming.headers['content-type'] ?? '', requester, context });
  answer.writeHead(status, { ...headers, via: '1.1 relay, 1.1 agent', 'request-id': 'other-side' });
  answer.end(body);
}

test('a real exchange: what is asked, what comes back, and how it came about', async () => {
  behaviour = (incoming, answer) => void serve(incoming, answer);
  const { transport, ...answer } = await getUserAvailability(client({ headers: { 'x-anchormailbox': 'b@contoso.test' } }), request);
  assert.deepEqual(answer, {
    ...response,
    paths: response.paths?.map((path, index) => Object.assign({ address: request.mailboxes[index]?.email.address }, path)),
    serverVersion,
  });
  assert.equal(transport.via, '1.1 relay, 1.1 agent');
  assert.equal(transport.requestId, 'other-side');
  assert.ok(transport.durationMs > 0);
  const headers = seen.at(-1)?.headers;
  assert.equal(headers?.authorization, 'Bearer x');
  assert.equal(headers['user-agent'], 'test/1');
  assert.equal(headers['client-request-id'], 'request-0001');
  assert.equal(headers['x-anchormailbox'], 'b@contoso.test');
  assert.equal(headers['soapaction'], '"http://schemas.microsoft.com/exchange/services/2006/messages/GetUserAvailability"');
  assert.equal(headers['transfer-encoding'], undefined);
});

test('no authorization is sent where there is none', async () => {
  behaviour = (incoming, answer) => void serve(incoming, answer);
  await getUserAvailability(client({ authorization: () => '' }), request);
  assert.equal(seen.at(-1)?.headers.authorization, undefined);
});

test('a SOAP fault', async () => {
  behaviour = (incoming, answer) => void serve(incoming, answer);
  const error = await failure('EWS_CLIENT_FAULT', { requestServerVersion: 'Exchange3000' });
  assert.equal(error.facts['responseCode'], 'ErrorInvalidServerVersion');
  assert.equal(error.facts['text'], 'The specified server version is invalid.');
  assert.equal(error.facts['status'], 500);
  assert.equal(error.facts['answerId'], 'other-side');
  assert.ok(!error.message.includes('version'));
});

test('a 401 with diagnostics', async () => {
  send(401, { 'x-ms-diagnostics': '2000003;reason="x";error_category="invalid_resource"', 'www-authenticate': 'Bearer client_id="1"', 'request-id': 'r' }, '');
  const error = await failure('EWS_CLIENT_HTTP_STATUS');
  assert.deepEqual(
    { ...error.facts },
    { url, requestId: 'request-0001', status: 401, reason: 'Unauthorized', diagnostics: '2000003;reason="x";error_category="invalid_resource"', wwwAuthenticate: 'Bearer client_id="1"', answerId: 'r' },
  );
  assert.equal(error.retryable, false);
});

test('a redirect is not followed', async () => {
  const before = seen.length;
  send(302, { location: 'https://elsewhere.test/' }, '<html>Object moved</html>');
  const error = await failure('EWS_CLIENT_HTTP_STATUS');
  assert.equal(error.facts['status'], 302);
  assert.equal(error.facts['location'], 'https://elsewhere.test/');
  assert.equal(seen.length, before + 1);
});

test('an error of an intermediary', async () => {
  send(503, { 'x-hybridge-error': 'RELAY_NO_AGENT', 'content-type': 'application/json', via: '1.1 relay' }, '{}');
  const error = await failure('EWS_CLIENT_HTTP_STATUS');
  assert.equal(error.facts['errorCode'], 'RELAY_NO_AGENT');
  assert.equal(error.facts['via'], '1.1 relay');
  assert.equal(error.retryable, true);
});

test('HTML instead of XML', async () => {
  send(200, { 'content-type': 'text/html' }, '<html><head><title>Sign in</title></head><body><br></body></html>');
  const error = await failure('EWS_CLIENT_NOT_XML');
  assert.equal(error.facts['contentType'], 'text/html');
  assert.match(String(error.facts['beginning']), /Sign in/);
});

test('nothing, and XML that is no SOAP', async () => {
  send(200, {}, '');
  await failure('EWS_CLIENT_NOT_XML');
  send(200, { 'content-type': 'text/xml' }, '<a/>');
  await failure('EWS_CLIENT_NOT_XML');
});

test('the answer of another operation, or about too few people', async () => {
  const envelope = (body: string): string => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
  send(200, { 'content-type': 'text/xml' }, envelope('<a/>'));
  assert.equal((await failure('EWS_CLIENT_UNEXPECTED_ANSWER')).facts['element'], 'a');
  send(200, { 'content-type': 'text/xml' }, envelope(''));
  await failure('EWS_CLIENT_UNEXPECTED_ANSWER');
  send(200, { 'content-type': 'text/xml' }, envelope('<GetUserAvailabilityResponse xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"><FreeBusyResponseArray/></GetUserAvailabilityResponse>'));
  assert.equal((await failure('EWS_CLIENT_UNEXPECTED_ANSWER')).facts['element'], 'FreeBusyResponseArray');
});

test('an answer without end is cut off at 8 MiB', async () => {
  const closed = Promise.withResolvers<void>();
  let sent = 0;
  behaviour = (_, answer) => {
    answer.once('close', () => closed.resolve());
    answer.writeHead(200, { 'content-type': 'text/xml' });
    const more = (): void => {
      sent += 1 << 16;
      if (!answer.destroyed) answer.write(Buffer.alloc(1 << 16, 0x20), more);
    };
    more();
  };
  await failure('EWS_CLIENT_TOO_LARGE');
  await closed.promise;
  assert.ok(sent < 40 << 20);
});

test('nobody listens', async () => {
  const unused = await listen(net.createServer());
  await unused.close();
  const error = await failure('EWS_CLIENT_CONNECT', { url: `http://127.0.0.1:${unused.port}/` });
  assert.equal(error.facts['cause'], 'ECONNREFUSED');
  assert.equal(error.facts['port'], unused.port);
  assert.equal(error.retryable, true);
});

test('a name that does not resolve, a certificate that is not trusted', async () => {
  for (const cause of ['ENOTFOUND', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ECONNRESET']) {
    const failing = createHttpClient({ dial: () => Promise.reject(Object.assign(new Error(cause), { code: cause })) });
    const error = await failure('EWS_CLIENT_CONNECT', { httpClient: failing, url: 'http://mail.contoso.test/' });
    assert.equal(error.facts['cause'], cause);
    assert.equal(error.facts['host'], 'mail.contoso.test');
    assert.equal(error.facts['port'], 80);
    await failing.destroy();
  }
});

test('a network that swallows packets', async () => {
  const failing = createHttpClient({
    connectTimeoutMs: 20,
    dial: (_host, _port, signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new HybridgeError('DIAL_ABORTED', 'The connection attempt was given up.')));
      }),
  });
  const error = await failure('EWS_CLIENT_TIMEOUT', { httpClient: failing });
  assert.equal(error.facts['phase'], 'connect');
  await failing.destroy();
});

test('the connection is cut after the request', async () => {
  behaviour = (incoming) => void incoming.resume().once('end', () => incoming.socket.resetAndDestroy());
  const error = await failure('EWS_CLIENT_CONNECTION_LOST');
  assert.ok(['ECONNRESET', 'UND_ERR_SOCKET'].includes(String(error.facts['cause'])));
  behaviour = (incoming, answer) => {
    answer.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
    answer.write('<a>', () => incoming.socket.destroy());
  };
  await failure('EWS_CLIENT_CONNECTION_LOST');
});

test('no answer in time', async () => {
  behaviour = () => undefined;
  const error = await failure('EWS_CLIENT_TIMEOUT', { timeoutMs: 50 });
  assert.equal(error.facts['phase'], 'answer');
});

test('the caller gives up', async () => {
  const controller = new AbortController();
  behaviour = () => controller.abort();
  await failure('EWS_CLIENT_ABORTED', { signal: controller.signal });
});

test('no token', async () => {
  const before = seen.length;
  const error = await failure('EWS_CLIENT_AUTHORIZATION', { authorization: () => Promise.reject(new HybridgeError('IDENTITY_X', 'no')) });
  assert.equal(error.facts['cause'], 'IDENTITY_X');
  assert.equal(seen.length, before);
});
