import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { SignJWT } from 'jose';
import { systemClock } from '../../../src/foundation/index.ts';
import type { CertificateWithKey } from '../../../src/identity/index.ts';
import { certificateBase64, createAuthCertificate, readCertificate } from '../../../src/identity/index.ts';
import type { ApplicationView } from '../../../src/relay/index.ts';
import type { Answer, TunnelWorld } from './tunnel-world.ts';
import { startTunnelWorld } from './tunnel-world.ts';

const tenant = '11111111-2222-3333-4444-555555555555';
const issuer = `https://sts.windows.net/${tenant}/`;

let world: TunnelWorld;
let target: string;
let issuerUrl: string;
let keys: CertificateWithKey[];
let otherKey: CertificateWithKey;
let fetches = 0;
let issuerWorks = true;

before(async () => {
  world = await startTunnelWorld();
  keys = [await createAuthCertificate({ clock: systemClock })];
  otherKey = await createAuthCertificate({ clock: systemClock });
  const documents = await world.startTarget((request, response) => {
    fetches += 1;
    response.statusCode = issuerWorks ? 200 : 500;
    response.setHeader('content-type', 'application/json');
    if (request.url === '/keys') response.end(JSON.stringify({ keys: keys.map(({ certificate }) => ({ kty: 'RSA', x5c: [certificateBase64(certificate)] })) }));
    else response.end(JSON.stringify({ issuer, jwks_uri: `https://${request.headers.host}/keys`, authorization_endpoint: 'https://login.test/authorize', token_endpoint: 'https://login.test/token' }));
  });
  issuerUrl = `${documents.url}/openid-configuration`;
  ({ url: target } = await world.startTarget((request, response) => {
    request.resume();
    request.on('end', () => response.end('the target'));
  }));
  await world.startAgent();
});
after(() => world.close());

const hostOf = (application: ApplicationView): string => new URL(application.externalUrl).hostname;
const publish = (more: Record<string, unknown> = {}, path = ''): Promise<ApplicationView> => world.publish(target, 'contoso', { accessTokens: { issuers: [`${issuerUrl}${path}`], ...more } });
const ask = (application: ApplicationView, authorization?: string): Promise<Answer> => world.request(application, '/EWS/', { method: 'POST', body: 'a body', ...(authorization === undefined ? {} : { headers: { authorization } }) });

async function token(host: string, changes: Record<string, unknown> = {}, key = keys[0]): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { certificate, privateKey } = key ?? otherKey;
  return new SignJWT({ iss: issuer, aud: `https://${host}`, tid: tenant, appid: 'an-application', upn: 'anna@contoso.test', scp: 'user_impersonation', nbf: now - 10, exp: now + 600, ...changes })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', x5t: readCertificate(certificate).x5t })
    .sign(createPrivateKey(privateKey));
}

test('a token for the host name passes; without one the published challenge comes back', async () => {
  const application = await publish();
  const host = hostOf(application);
  assert.equal((await ask(application, `Bearer ${await token(host)}`)).body.toString(), 'the target');
  for (const authorization of [undefined, 'Bearer', 'Basic dXNlcjpwYXNzd29yZA==', 'NTLM TlRMTVNTUAABAAAA']) {
    const refused = await ask(application, authorization);
    assert.deepEqual([refused.status, refused.headers['x-hybridge-error']], [401, 'RELAY_TOKEN_REQUIRED']);
    assert.match(refused.headers['www-authenticate'] ?? '', /^Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="[^"]*", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https:\/\/login\.test\/authorize"$/);
  }
});

test('what is wrong with a token is said as Exchange says it', async () => {
  const application = await publish();
  const host = hostOf(application);
  const now = Math.floor(Date.now() / 1000);
  for (const wrong of [
    await token('elsewhere.test'),
    await token(host, { exp: now - 3600, nbf: now - 7200 }),
    await token(host, { iss: 'https://sts.windows.net/99999999-2222-3333-4444-555555555555/' }),
    await token(host, { tid: '99999999-2222-3333-4444-555555555555' }),
    await token(host, {}, otherKey),
    `${(await token(host)).slice(0, -8)}AAAAAAAA`,
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await token(host)).split('.')[1] ?? ''}.`,
    'no token at all',
  ]) {
    const refused = await ask(application, `Bearer ${wrong}`);
    assert.deepEqual([refused.status, refused.headers['x-hybridge-error']], [401, 'RELAY_TOKEN_REJECTED'], wrong);
    assert.match(String(refused.headers['x-ms-diagnostics']), /^\d{7};reason="[^"]+";error_category="\w+"$/);
    assert.match(refused.headers['www-authenticate'] ?? '', /error="invalid_token"$/);
  }
});

test('a second Authorization field is refused, since the target might believe that one', async () => {
  const application = await publish();
  const host = new URL(application.externalUrl).host;
  const text = await world.exchange(application, `GET /EWS/ HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${await token(hostOf(application))}\r\nAuthorization: Basic dXNlcjpwYXNzd29yZA==\r\nConnection: close\r\n\r\n`);
  assert.match(text, /^HTTP\/1\.1 400 /);
});

test('other audiences, Basic and requests without credentials pass where the application says so', async () => {
  const application = await publish({ audiences: ['mail.contoso.test'], anonymous: 'forward', otherSchemes: 'forward' });
  for (const authorization of [undefined, 'Bearer', 'Basic dXNlcjpwYXNzd29yZA==', `Bearer ${await token('mail.contoso.test')}`]) assert.equal((await ask(application, authorization)).status, 200, authorization);
  assert.equal((await ask(application, `Bearer ${await token('elsewhere.test')}`)).status, 401);
});

test('keys are fetched once for many requests, and held requests all get their answer', async () => {
  const application = await publish({}, '?many');
  const before = fetches;
  const bearer = `Bearer ${await token(hostOf(application))}`;
  const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await ask(application, bearer)).status));
  assert.deepEqual([...new Set(statuses)], [200]);
  assert.equal(fetches - before, 2, 'the document and its keys');
});

test('unknown keys do not make the relay fetch more often than now and then', async () => {
  const application = await publish({}, '?unknown');
  const bearer = `Bearer ${await token(hostOf(application), {}, otherKey)}`;
  await ask(application, bearer);
  const before = fetches;
  for (let count = 0; count < 5; count += 1) assert.equal((await ask(application, bearer)).status, 401);
  assert.equal(fetches, before);
});

test('an issuer that does not answer is no reason to let anybody in', async () => {
  issuerWorks = false;
  const application = await publish({}, '?broken');
  const refused = await ask(application, `Bearer ${await token(hostOf(application))}`);
  assert.deepEqual([refused.status, refused.headers['x-hybridge-error'], refused.headers['retry-after']], [503, 'RELAY_TOKEN_KEYS_UNAVAILABLE', '5']);
  issuerWorks = true;
});
