import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { refused, startTestSts, tenant } from './start-test-sts.ts';

const { admin, signIn, listener, authCertificate } = await startTestSts();
await admin.updateTenant(tenant, { passwordGrantEnabled: true });

/** What stands where the on-premises organisation should; each test says how it answers. */
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.writeHead(503).end();
let asked = 0;
const server = createServer({ cert: listener.cert, key: listener.key }, (request, response) => {
  asked++;
  request.resume();
  answer(request, response);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => {
  server.closeAllConnections();
  server.close();
});
const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}/EWS/Exchange.asmx`;

const challenge = (response: ServerResponse): unknown => response.writeHead(401, { 'www-authenticate': ['Negotiate', 'Basic realm="mail.contoso.test"'] }).end();
const right = (response: ServerResponse): unknown => response.writeHead(200, { 'content-type': 'text/xml' }).end('<m:GetServerTimeZonesResponse/>');
/** As a web service does that takes Basic. */
function takes(password: string): typeof answer {
  return (request, response) => (request.headers.authorization === `Basic ${Buffer.from(`Anna@contoso.test:${password}`).toString('base64')}` ? right(response) : challenge(response));
}

test('pass-through: the on-premises organisation decides, and no password is kept here', async () => {
  assert.equal((await signIn()).status, 200);
  assert.deepEqual(await admin.setDomainAuthentication(tenant, 'Contoso.test', { authentication: 'PassThrough', endpoint }), { name: 'contoso.test', authentication: 'PassThrough', endpoint });
  assert.deepEqual((await admin.listDomains(tenant)).map(({ authentication }) => authentication), ['Managed', 'PassThrough']);
  assert.equal((await admin.getUser(tenant, 'anna@contoso.test')).hasPassword, false);
  answer = takes('only known on premises: ü€');
  refused(await signIn(), 400, 'invalid_grant', [50126]);
  const granted = await signIn({ username: 'ANNA@contoso.test', password: 'only known on premises: ü€' });
  assert.equal(granted.status, 200);
  assert.equal((await admin.getUser(tenant, 'anna@contoso.test')).hasPassword, false);
  await assert.rejects(admin.setUserPassword(tenant, 'anna@contoso.test', 'x'), { code: 'IDENTITY_STS_INPUT', message: /not kept here/ });
  await assert.rejects(admin.createUser(tenant, { userPrincipalName: 'new@contoso.test', displayName: 'N', password: 'x' }), { code: 'IDENTITY_STS_INPUT' });
  const before = asked;
  refused(await signIn({ username: 'stranger@contoso.test' }), 400, 'invalid_grant', [50126]);
  assert.equal(asked, before, 'nobody is asked about an account that is not here');
});

test('pass-through: a server that lets everybody in, or cannot say, lets nobody in, and locks nobody out', async () => {
  await admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'PassThrough', endpoint });
  const cases: readonly (readonly [string, typeof answer, number])[] = [
    ['a page for everybody', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>GetServerTimeZonesResponse</html>'), 80005],
    ['another kind of sign-in', (_, response) => response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end(), 80005],
    ['sent elsewhere', (request, response) => (request.headers.authorization === undefined ? challenge(response) : response.writeHead(302, { location: 'https://elsewhere.test/' }).end()), 80005],
    ['another answer with the password', (request, response) => (request.headers.authorization === undefined ? challenge(response) : response.writeHead(200).end('hello')), 80005],
    ['a fault', (request, response) => (request.headers.authorization === undefined ? challenge(response) : response.writeHead(500).end('<s:Fault/>')), 80005],
    ['a half answer', (_, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"', 'content-length': '10' }).write('half'), 80002],
    ['no answer', () => undefined, 80002],
    ['no agent', (_, response) => response.writeHead(503).end(), 80001],
    ['cut off', (request) => request.socket.destroy(), 80001],
  ];
  for (const [name, answers, code] of cases) {
    answer = answers;
    // More turns than an account has tries.
    for (let turn = 0; turn < (code === 80002 ? 1 : 4); turn++) {
      const refusal = await signIn();
      assert.deepEqual([refusal.status, refusal.body['error'], refusal.body['error_codes']], [503, 'temporarily_unavailable', [code]], name);
    }
  }
  answer = takes('right');
  assert.equal((await signIn({ password: 'right' })).status, 200);
  await admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'PassThrough', endpoint: 'https://127.0.0.1:1/EWS/Exchange.asmx' });
  refused(await signIn(), 503, 'temporarily_unavailable', [80001]);
});

test('pass-through: wrong passwords count towards the lock', async () => {
  await admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'PassThrough', endpoint });
  await admin.createUser(tenant, { userPrincipalName: 'guessed@contoso.test', displayName: 'Guessed' });
  answer = (_, response) => challenge(response);
  for (let turn = 0; turn < 10; turn++) refused(await signIn({ username: 'guessed@contoso.test' }), 400, 'invalid_grant', [50126]);
  refused(await signIn({ username: 'guessed@contoso.test' }), 400, 'invalid_grant', [50053]);
});

test('a federated domain: its people are refused with a reason, and their passwords are not looked at', async () => {
  await admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'Federated', issuerUri: 'http://adfs.contoso.test/', passiveSignInUri: 'https://adfs.contoso.test/adfs/ls/', signingCertificate: authCertificate.certificate });
  const before = asked;
  for (let turn = 0; turn < 12; turn++) refused(await signIn(), 400, 'invalid_grant', [50107], /federation realm object 'contoso\.test'/);
  assert.equal(asked, before);
  // Back to Managed, nobody has a password until one is set.
  await admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'Managed' });
  refused(await signIn(), 400, 'invalid_grant', [50126]);
  await admin.setUserPassword(tenant, 'anna@contoso.test', 'correct horse');
  assert.equal((await signIn()).status, 200);
});

test('domains: what is not the tenant’s, and what is no address', async () => {
  await assert.rejects(admin.setDomainAuthentication(tenant, 'fabrikam.test', { authentication: 'Managed' }), { code: 'IDENTITY_STS_NOT_FOUND' });
  await assert.rejects(admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'PassThrough', endpoint: 'http://mail.contoso.test/EWS/Exchange.asmx' }), { code: 'IDENTITY_STS_INPUT' });
  await admin.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'PassThrough', endpoint });
  await admin.updateTenant(tenant, { domains: ['contoso.mail.onmicrosoft.test'] });
  await admin.updateTenant(tenant, { domains: ['contoso.mail.onmicrosoft.test', 'contoso.test'] });
  assert.deepEqual((await admin.listDomains(tenant)).map(({ authentication }) => authentication), ['Managed', 'Managed']);
});
