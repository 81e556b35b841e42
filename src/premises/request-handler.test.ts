import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { after, before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { listen, systemClock } from '../foundation/index.ts';
import { certificatePem, issueServerCertificate, readCertificate } from '../identity/index.ts';
import type { TestPremises } from './test-premises.ts';
import { autodiscoverPath, availabilityRequest, basicOf, ewsPath, host, password, startTestPremises } from './test-premises.ts';

let premises: TestPremises;
const authorization = basicOf('bert@contoso.test');

before(async () => {
  premises = await startTestPremises({ maximumRequestBytes: 10_000, timeouts: { headMs: 150, requestMs: 400 } });
  await premises.add('bert');
});
after(() => premises.close());

const federationRequest = (padding = ''): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://www.w3.org/2005/08/addressing" xmlns:d="http://schemas.microsoft.com/exchange/2010/Autodiscover"><s:Header><d:RequestedServerVersion>Exchange2013</d:RequestedServerVersion><a:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetFederationInformation</a:Action></s:Header><s:Body><d:GetFederationInformationRequestMessage><d:Request><d:Domain>contoso.test</d:Domain></d:Request></d:GetFederationInformationRequestMessage><!--${padding}--></s:Body></s:Envelope>`;

/** Everything that comes until the server closes the connection. */
async function untilClosed(socket: TLSSocket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk)).on('error', () => undefined);
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

/** A token service that gives tokens, and another organisation that takes a request and never answers: one server. */
async function startSilentPartner(t: TestContext): Promise<{ asked: Promise<ServerResponse> }> {
  const { certificate: cert, privateKey: key } = await issueServerCertificate(premises.authority, { hosts: ['partner.test', 'login.cloud.test'], days: 1, clock: systemClock });
  const { promise: asked, resolve } = Promise.withResolvers<ServerResponse>();
  const server = createServer({ cert, key }, (request, response) => {
    if (request.url === ewsPath) resolve(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"a.b.c","expires_in":3600}');
  });
  const listener = await listen(server);
  t.after(() => listener.close());
  for (const name of ['partner.test', 'login.cloud.test']) premises.names.set(name, listener.port);
  const { configuration } = premises.organization;
  const { certificate, privateKey } = premises.keys.acs;
  const { thumbprint: Thumbprint, subject: Subject, issuer: Issuer, serialNumber: SerialNumber, notBefore, notAfter } = readCertificate(certificate);
  await configuration.create('ExchangeCertificate', Thumbprint, {
    Thumbprint,
    Subject,
    Issuer,
    SerialNumber,
    PublicKeySize: 2048,
    NotBefore: new Date(notBefore).toISOString(),
    NotAfter: new Date(notAfter).toISOString(),
    Certificate: certificatePem(certificate),
  });
  await configuration.setCertificateKey(Thumbprint, privateKey);
  await configuration.update('AuthConfig', 'Auth Configuration', { CurrentCertificateThumbprint: Thumbprint });
  return { asked };
}

test('a body beyond the limit is refused while it is read, announced or not', async () => {
  const announced = await premises.ask({ authorization, body: 'x'.repeat(10_001) });
  assert.deepEqual([announced.status, announced.headers['x-hybridge-error']], [413, 'PREMISES_BODY_TOO_LARGE']);
  const socket = await premises.connect();
  socket.write(`POST ${ewsPath} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  for (let chunk = 0; chunk < 11; chunk += 1) socket.write(`3e8\r\n${'x'.repeat(1000)}\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  assert.match(data.toString(), /^HTTP\/1\.1 413 /);
  socket.destroy();
  assert.equal((await premises.ask({ authorization, body: 'x'.repeat(10_000) })).status, 400, 'as much as allowed is read');
});

test('strangers may ask Autodiscover one short question', async () => {
  const question = { path: autodiscoverPath };
  const answered = await premises.ask({ ...question, body: federationRequest() });
  assert.deepEqual([answered.status, answered.challenges], [200, []]);
  assert.match(answered.body, /InvalidDomain/);
  for (const body of [federationRequest('x'.repeat(65_536)), availabilityRequest('bert@contoso.test'), 'x']) {
    const refused = await premises.ask({ ...question, body });
    assert.equal(refused.status, body === 'x' ? 400 : 401, body.slice(0, 20));
  }
  const withWrongToken = await premises.ask({ ...question, body: federationRequest(), authorization: 'Bearer x.y.z' });
  assert.equal(withWrongToken.status, 401);
});

test('a fault’s code is in the answer’s header and in the access log', async () => {
  const ended = premises.entry(400);
  const answer = await premises.ask({ authorization, body: 'no xml' });
  assert.equal(answer.headers['x-hybridge-error'], 'ErrorInvalidRequest');
  assert.equal((await ended).errorCode, 'ErrorInvalidRequest');
  const anonymous = premises.entry(400);
  await premises.ask({ path: autodiscoverPath, body: 'no xml' });
  assert.equal((await anonymous).errorCode, 'InvalidRequest');
});

test('a head that is too long, and one that never ends', async () => {
  const long = await premises.connect();
  long.write(`POST ${ewsPath} HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(40_000)}`);
  assert.match(await untilClosed(long), /^HTTP\/1\.1 431 /);
  const slow = await premises.connect();
  slow.write(`POST ${ewsPath} HTTP/1.1\r\nHost: ${host}\r\nX: `);
  assert.match(await untilClosed(slow), /^HTTP\/1\.1 408 /);
});

test('a body that never ends', async () => {
  const gone = premises.entry(499);
  const slow = await premises.connect();
  slow.write(`POST ${ewsPath} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nContent-Length: 100\r\n\r\n<x`);
  assert.match(await untilClosed(slow), /^HTTP\/1\.1 408 /);
  assert.deepEqual([(await gone).errorCode, (await gone).userName], ['PREMISES_CLIENT_GONE', undefined]);
});

test('a client that goes away ends the lookup that is made for it, and is no error', async (t) => {
  const { organization } = premises;
  const { asked } = await startSilentPartner(t);
  await organization.configuration.create('IntraOrganizationConnector', 'Partner', { TargetAddressDomains: ['partner.test'], TargetSharingEpr: `https://partner.test${ewsPath}` });
  await organization.directory.create({ recipientTypeDetails: 'MailContact', displayName: 'Pat', primarySmtpAddress: 'pat@partner.test', externalEmailAddress: 'pat@partner.test' });
  premises.logged.length = 0;
  const gone = premises.entry(499);
  const socket = await premises.connect();
  const body = availabilityRequest('pat@partner.test');
  socket.write(`POST ${ewsPath} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  const ended = asked.then((response) => once(response, 'close'));
  await asked;
  socket.destroy();
  await ended;
  const entry = await gone;
  assert.deepEqual([entry.errorCode, entry.path, entry.bytesSent], ['PREMISES_CLIENT_GONE', ewsPath, 0]);
  assert.deepEqual(premises.logged.map((line) => JSON.parse(line) as { level: number }).filter(({ level }) => level >= 50), []);
});

test('what goes wrong inside is logged whole, and told to nobody', async (t) => {
  const broken = await startTestPremises();
  t.after(() => broken.close());
  await broken.add('bert');
  await broken.organization.store.db.schema.dropTable('recipient_password').execute();
  const answer = await broken.ask({ authorization, headers: { 'client-request-id': 'broken-request' } });
  assert.deepEqual([answer.status, answer.body, answer.headers['x-hybridge-error'], answer.headers['request-id']], [500, '', 'PREMISES_INTERNAL', 'broken-request']);
  const line = broken.logged.find((one) => one.includes('broken-request'));
  assert.match(line ?? '', /"level":50.*recipient_password/);
});

test('no password is in any log', async () => {
  const secret = 'hunter2-and-more';
  for (const one of [authorization, basicOf('bert@contoso.test', secret), basicOf(secret, secret)]) {
    for (let round = 0; round < 12; round += 1) await premises.ask({ authorization: one });
  }
  const text = premises.logged.join('') + JSON.stringify(premises.entries);
  assert.match(text, /PREMISES_SIGN_IN_LOCKED/);
  for (const word of [password, secret, authorization.slice(6), Buffer.from(secret).toString('base64').slice(0, 12)]) assert.ok(!text.includes(word), word);
});
