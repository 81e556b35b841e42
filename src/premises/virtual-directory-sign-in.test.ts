import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, test } from 'node:test';
import type { TestPremises } from './test-premises.ts';
import { acsIssuer, authorizationUri, autodiscoverPath, basicOf, ewsPath, host, startTestPremises, tenantId } from './test-premises.ts';
import { userToken } from './test-tokens.ts';

let premises: TestPremises;
const ews = 'EX1\\EWS (Default Web Site)';
const bearer = `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="${acsIssuer}@${tenantId}", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="${authorizationUri}"`;
const basic = `Basic realm="${host}"`;

before(async () => {
  premises = await startTestPremises();
  await premises.add('bert');
});
after(() => premises.close());
afterEach(() => (premises as TestPremises | undefined)?.organization.configuration.update('WebServicesVirtualDirectory', ews, { BasicAuthentication: true, OAuthAuthentication: true }));

test('who sends nothing, or an empty Bearer, is told how to sign in: Bearer first, then Basic', async () => {
  for (const authorization of [undefined, 'Bearer', 'Bearer ', 'Negotiate abc', 'Basic', 'Basic !!!']) {
    const answer = await premises.ask(authorization === undefined ? {} : { authorization });
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.challenges, [bearer, basic]);
    assert.equal(answer.headers['x-ms-diagnostics'], undefined);
    assert.equal(answer.body, '');
  }
});

test('each virtual directory offers and takes what is switched on, and follows its switches at once', async () => {
  const { configuration } = premises.organization;
  const token = `Bearer ${await userToken(premises.keys, 'bert@contoso.test')}`;
  const seen = async (path: string): Promise<unknown[]> => {
    const schemes = (await premises.ask({ path, authorization: 'Bearer' })).challenges.map((challenge) => challenge.split(' ')[0]);
    const statuses = await Promise.all([token, basicOf('bert@contoso.test')].map(async (authorization) => (await premises.ask({ path, authorization, body: '<x/>' })).status));
    return [...schemes, ...statuses.map((status) => status !== 401)];
  };
  assert.deepEqual(await seen(ewsPath), ['Bearer', 'Basic', true, true]);
  await configuration.update('WebServicesVirtualDirectory', ews, { OAuthAuthentication: false });
  assert.deepEqual(await seen(ewsPath), ['Basic', false, true]);
  assert.deepEqual(await seen(autodiscoverPath), ['Bearer', 'Basic', true, true]);
  await configuration.update('WebServicesVirtualDirectory', ews, { OAuthAuthentication: true, BasicAuthentication: false });
  assert.deepEqual(await seen(ewsPath), ['Bearer', true, false]);
  await configuration.update('WebServicesVirtualDirectory', ews, { OAuthAuthentication: false });
  assert.deepEqual(await seen(ewsPath), [false, false]);
});

test('the 401 comes before the body, which nobody waits for', async () => {
  const socket = await premises.connect();
  socket.write(`POST ${ewsPath} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 60000000\r\nContent-Type: text/xml\r\n\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  assert.match(data.toString(), /^HTTP\/1\.1 401 Unauthorized\r\n/);
  socket.destroy();
});

test('a realm is the host that was called, and no more than a host', async () => {
  const socket = await premises.connect();
  socket.write(`POST ${ewsPath} HTTP/1.1\r\nHost: a"b,c\\d.test:444\r\nContent-Length: 0\r\n\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  assert.match(data.toString(), /\r\nWWW-Authenticate: Basic realm="abcd\.test"\r\n/i);
  socket.destroy();
});

test('a path that is none, and methods other than POST', async () => {
  assert.equal((await premises.ask({ path: '/owa/' })).status, 404);
  assert.equal((await premises.ask({ path: '/EWS' })).status, 404);
  assert.equal((await premises.ask({ path: '/ews/EXCHANGE.asmx' })).status, 401);
  // What an administrator sees in a browser: first the question who asks.
  assert.deepEqual((await premises.ask({ method: 'GET' })).challenges, [bearer, basic]);
  const signedIn = await premises.ask({ method: 'GET', authorization: basicOf('bert@contoso.test') });
  assert.deepEqual([signedIn.status, signedIn.headers['allow']], [405, 'POST']);
});

test('the description of EWS is behind the sign-in of its virtual directory, at a path of any case, and names the address it was fetched from', async () => {
  const authorization = basicOf('bert@contoso.test');
  for (const path of ['/ews/services.wsdl', '/EWS/Messages.xsd', '/Ews/TYPES.XSD']) {
    const stranger = await premises.ask({ path, method: 'GET' });
    assert.deepEqual([stranger.status, stranger.challenges, stranger.body], [401, [bearer, basic], '']);
    const answer = await premises.ask({ path, method: 'GET', authorization });
    assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'text/xml; charset=utf-8']);
    assert.equal((await premises.ask({ path, method: 'HEAD', authorization })).headers['content-length'], String(Buffer.byteLength(answer.body)));
    assert.equal((await premises.ask({ path, authorization })).status, 405);
    if (path.endsWith('wsdl')) assert.ok(answer.body.includes(`<soap:address location="https://${host}/EWS/Exchange.asmx"/>`));
  }
  assert.equal((await premises.ask({ path: '/ews/other.xsd', method: 'GET', authorization })).status, 404);
});

test('an answer names its request and its server', async () => {
  const answer = await premises.ask({ authorization: basicOf('bert@contoso.test'), headers: { 'client-request-id': 'a-request-id' } });
  assert.deepEqual([answer.status, answer.headers['request-id'], answer.headers['x-feserver']], [200, 'a-request-id', 'EX1']);
  const entry = premises.entries.find(({ requestId }) => requestId === 'a-request-id');
  assert.deepEqual([entry?.userName, entry?.status, entry?.host, entry?.path], ['bert@contoso.test', 200, host, ewsPath]);
});
