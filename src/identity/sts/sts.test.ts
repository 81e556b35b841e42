import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { request } from 'undici';
import type { AccessLogEntry } from '../../foundation/index.ts';
import { createHttpClient, systemClock, systemDial } from '../../foundation/index.ts';
import { createAuthCertificate } from '../certificates/create-auth-certificate.ts';
import { createCertificateAuthority } from '../certificates/create-certificate-authority.ts';
import type { CertificateWithKey } from '../certificates/create-certificate-authority.ts';
import { createSelfSignedCertificate } from '../certificates/create-self-signed-certificate.ts';
import { issueServerCertificate } from '../certificates/issue-server-certificate.ts';
import { certificateThumbprint, readCertificate } from '../certificates/read-certificate.ts';
import type { ActorTokenSourceOptions } from '../validation/create-actor-token-source.ts';
import { createActorTokenSource } from '../validation/create-actor-token-source.ts';
import { createTokenValidator } from '../validation/create-token-validator.ts';
import { createUserContextToken } from '../validation/create-user-context-token.ts';
import { fetchAuthMetadata } from '../validation/fetch-auth-metadata.ts';
import { acsIssuerId, exchangeApplicationId, outlookClientId } from '../well-known.ts';
import { createStsAdminClient } from './create-sts-admin-client.ts';
import { startSts } from './start-sts.ts';
import type { StsOptions } from './start-sts.ts';

/** The clock of the service; tests move it forward. */
let offset = 0;
const clock = { now: () => Date.now() + offset };
const stateDirectory = mkdtempSync(join(tmpdir(), 'hybridge-sts-'));
const authority = await createCertificateAuthority({ commonName: 'Test Root', clock: systemClock });
const server = await issueServerCertificate(authority, { hosts: ['login.cloud.test', '127.0.0.1'], days: 2, clock: systemClock });
const entries: AccessLogEntry[] = [];
const listener = { cert: server.certificate, key: server.privateKey };
const adminKey = 'an-admin-key-of-some-length';
const options: StsOptions = {
  stateDirectory,
  hostName: 'Login.Cloud.test',
  public: listener,
  admin: listener,
  adminKey,
  passwordHashCost: 1024,
  clock,
  accessLog: {
    write(entry) {
      entries.push(entry);
    },
    close: () => Promise.resolve(),
  },
};
const sts = await startSts(options);
/** Every name leads to the service, as the lab's network does it. */
const httpClient = createHttpClient({ ca: authority.certificate, dial: (_, port, signal) => systemDial('127.0.0.1', port === 443 ? sts.ports.public : port, signal) });
const admin = createStsAdminClient({ url: sts.urls.admin, httpClient, key: adminKey });
const base = 'https://login.cloud.test';

const tenant = '11111111-2222-3333-4444-555555555555';
await admin.createTenant({ id: tenant, displayName: 'Contoso', domains: ['contoso.mail.onmicrosoft.test', 'Contoso.test'] });
await admin.createServicePrincipal(tenant, {
  appId: exchangeApplicationId,
  displayName: 'Office 365 Exchange Online',
  servicePrincipalNames: [`${exchangeApplicationId}/outlook.cloud.test`, 'https://mail.contoso.test/', `${exchangeApplicationId}/*.relay.test`],
});
const authCertificate = await createAuthCertificate({ clock: systemClock });
const strangerCertificate = await createSelfSignedCertificate({ commonName: 'stranger', days: 1, clock: systemClock });
await admin.addKeyCredential(tenant, exchangeApplicationId, { value: authCertificate.certificate });
await admin.createUser(tenant, {
  userPrincipalName: 'Anna@contoso.test',
  displayName: 'Anna',
  mail: 'anna@contoso.test',
  onPremisesSecurityIdentifier: 'S-1-5-21-1-2-3-1104',
  password: 'correct horse',
});

after(async () => {
  await sts.close(0);
  await httpClient.close();
  rmSync(stateDirectory, { recursive: true });
});

afterEach(() => {
  offset = 0;
});

type Body = Record<string, unknown>;
interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Body;
}

async function post(path: string, form: Record<string, string> | string, headers: Record<string, string> = {}): Promise<Answer> {
  const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
  const answer = await request(`${base}${path}`, { dispatcher: httpClient, method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
  return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as Body };
}

async function get(path: string): Promise<Answer> {
  const answer = await request(`${base}${path}`, { dispatcher: httpClient });
  return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as Body };
}

function refused(answer: Answer, status: number, error: string, codes: number[], text?: RegExp): void {
  assert.deepEqual({ status: answer.status, error: answer.body['error'], codes: answer.body['error_codes'] }, { status, error, codes });
  const description = String(answer.body['error_description']);
  assert.match(description, new RegExp(`^AADSTS${codes[0]}: .+\\r\\nTrace ID: [0-9a-f-]{36}\\r\\nCorrelation ID: \\S+\\r\\nTimestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`, 's'));
  if (text !== undefined) assert.match(description, text);
}

const acsPath = `/${tenant}/tokens/OAuth/2`;
const v1Path = `/${tenant}/oauth2/token`;
const v2Path = `/${tenant}/oauth2/v2.0/token`;
const acsGrant = 'http://oauth.net/grant_type/jwt/1.0/bearer';
const outlookResource = `${exchangeApplicationId}/outlook.cloud.test@${tenant}`;

interface AssertionChanges {
  claims?: Body;
  header?: Body;
  key?: CertificateWithKey;
}

function assertion({ claims = {}, header = {}, key = authCertificate }: AssertionChanges = {}): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  const issuer = `${exchangeApplicationId}@${tenant}`;
  return new SignJWT({ aud: `${acsIssuerId}/login.cloud.test@${tenant}`, iss: issuer, nbf: now - 10, exp: now + 600, jti: randomUUID(), ...claims })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: readCertificate(key.certificate).x5t, ...header })
    .sign(createPrivateKey(key.privateKey));
}

async function askAcs(changes: AssertionChanges = {}, form: Record<string, string> = {}): Promise<Answer> {
  return post(acsPath, { grant_type: acsGrant, assertion: await assertion(changes), resource: outlookResource, ...form });
}

function actorTokens(changes: Partial<ActorTokenSourceOptions> = {}): ReturnType<typeof createActorTokenSource> {
  return createActorTokenSource({ tokenIssuingEndpoint: `${base}${acsPath}`, tenantId: tenant, signingCertificate: async () => authCertificate, httpClient, clock, ...changes });
}

test('an actor token has the shape that Exchange reads', async () => {
  const answer = await askAcs();
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.deepEqual([answer.body['token_type'], answer.body['expires_in'], answer.body['resource']], ['Bearer', '86400', outlookResource]);
  const token = String(answer.body['access_token']);
  const { iat, nbf, exp, oid, sub, jti, ...claims } = decodeJwt(token);
  assert.deepEqual(claims, {
    aud: outlookResource,
    iss: `${acsIssuerId}@${tenant}`,
    identityprovider: `${acsIssuerId}@${tenant}`,
    nameid: `${exchangeApplicationId}@${tenant}`,
    trustedfordelegation: 'true',
  });
  assert.deepEqual([nbf, Number(exp) - Number(iat), oid, typeof jti], [iat, 86_400, sub, 'string']);
  const { x5t, kid } = decodeProtectedHeader(token);
  assert.equal(kid, x5t);
  const keys = (await get(`/${tenant}/discovery/keys`)).body as unknown as JSONWebKeySet;
  await jwtVerify(token, createLocalJWKSet(keys), { algorithms: ['RS256'] });
});

test('from assertion to accepted request: token source, metadata and validator agree', async () => {
  const metadata = await fetchAuthMetadata(`${base}/${tenant}/metadata/json/1`, httpClient);
  assert.deepEqual([metadata.type, metadata.issuerIdentifier, metadata.realm, metadata.tokenIssuingEndpoint], ['MicrosoftACS', acsIssuerId, tenant, `${base}${acsPath}`]);
  const validator = createTokenValidator({
    authServers: [{ name: 'ACS', type: 'MicrosoftACS', issuerIdentifier: metadata.issuerIdentifier, realm: tenant, enabled: true, isDefaultAuthorizationEndpoint: false, certificates: metadata.certificates }],
    partnerApplications: [{ name: 'Exchange Online', applicationIdentifier: exchangeApplicationId, enabled: true, useAuthServer: true, linkedAccount: 'account' }],
    resolveUser: async ({ smtp }) => [smtp],
    clock,
  });
  const actorToken = await actorTokens()('b7c1.relay.test', 'request-1');
  const audience = `${exchangeApplicationId}/b7c1.relay.test@${tenant}`;
  const token = createUserContextToken({ actorToken, applicationId: exchangeApplicationId, tenantId: tenant, audience, user: { smtp: 'anna@contoso.test', upn: 'anna@contoso.test' }, clock });
  const result = await validator.validate(token, { host: 'b7c1.relay.test', scheme: 'https' });
  assert.equal(result.profile === 'S2SAppActAs' && result.user, 'anna@contoso.test');
});

test('both spellings of the grant are taken, and the resource may stand as an https name', async () => {
  const answer = await askAcs({}, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', resource: `${exchangeApplicationId}/mail.contoso.test@${tenant}` });
  assert.equal(answer.status, 200);
});

test('a certificate that is not registered is named, with those that are', async () => {
  const answer = await askAcs({ key: strangerCertificate });
  const registered = certificateThumbprint(authCertificate.certificate);
  refused(answer, 401, 'invalid_client', [70002, 50012], /AADSTS70002: Error validating credentials\. AADSTS50012: Client assertion contains an invalid signature\. \[Reason - The key was not found\., Thumbprint of key used by client: '/);
  assert.ok(String(answer.body['error_description']).includes(`used by client: '${certificateThumbprint(strangerCertificate.certificate)}'`));
  assert.ok(String(answer.body['error_description']).includes(`Thumbprint=${registered};`));
  refused(await askAcs({ header: { x5t: undefined } }), 401, 'invalid_client', [70002, 50012]);
});

test('a bad signature is told from an unknown key', async () => {
  const { x5t } = readCertificate(authCertificate.certificate);
  refused(await askAcs({ key: strangerCertificate, header: { x5t } }), 401, 'invalid_client', [700027], /use of the key to verify the signature failed/);
});

test('an assertion of another algorithm, or none, is no assertion', async () => {
  const parts = (await assertion()).split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', x5t: readCertificate(authCertificate.certificate).x5t })).toString('base64url');
  for (const text of [`${none}.${parts[1]}.`, 'x', `${parts[0]}.${parts[1]}`]) refused(await post(acsPath, { grant_type: acsGrant, assertion: text, resource: outlookResource }), 401, 'invalid_client', [50027]);
});

test('times, audience, application and tenant of an assertion', async () => {
  const now = Math.floor(clock.now() / 1000);
  for (const claims of [{ exp: now - 301 }, { nbf: now + 320 }, { exp: now + 200_000 }]) refused(await askAcs({ claims }), 401, 'invalid_client', [700024]);
  refused(await askAcs({ claims: { exp: undefined } }), 401, 'invalid_client', [50027]);
  for (const aud of ['https://evil.test/', `${acsIssuerId}/evil.test@${tenant}`, `${base}/other/tokens/OAuth/2`, '']) refused(await askAcs({ claims: { aud } }), 401, 'invalid_client', [700023]);
  refused(await askAcs({ claims: { iss: `${randomUUID()}@${tenant}` } }), 400, 'unauthorized_client', [700016]);
  refused(await askAcs({ claims: { iss: `${exchangeApplicationId}@${randomUUID()}` } }), 400, 'unauthorized_client', [700016]);
  refused(await post(`/${randomUUID()}/tokens/OAuth/2`, { grant_type: acsGrant, assertion: await assertion(), resource: outlookResource }), 400, 'invalid_request', [90002]);
  for (const aud of [`${base}${acsPath}`, `${base}/contoso.test/oauth2/token`, `${base}:8443/${tenant}/`]) assert.equal((await askAcs({ claims: { aud } })).status, 200, aud);
});

test('an assertion serves once', async () => {
  const text = await assertion();
  const form = { grant_type: acsGrant, assertion: text, resource: outlookResource };
  const answers = await Promise.all([post(acsPath, form), post(acsPath, form), post(acsPath, form)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort((a, b) => a - b), [200, 401, 401]);
  refused(await post(acsPath, form), 401, 'invalid_client', [50027], /used before/);
});

test('a resource without a service principal name does not exist', async () => {
  for (const resource of [`${exchangeApplicationId}/evil.test@${tenant}`, `${exchangeApplicationId}/outlook.cloud.test@${randomUUID()}`, `${randomUUID()}/mail.contoso.test@${tenant}`, 'https://owa.contoso.test', `${exchangeApplicationId}/a.b.relay.test@${tenant}`]) {
    refused(await askAcs({}, { resource }), 400, 'invalid_resource', [500011], /The resource principal named .* was not found in the tenant named Contoso/);
  }
});

test('a disabled principal gets nothing, and a principal that is not trusted says so in its tokens', async () => {
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { trustedForDelegation: false });
  assert.equal(decodeJwt(String((await askAcs()).body['access_token']))['trustedfordelegation'], 'false');
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { enabled: false, trustedForDelegation: true });
  refused(await askAcs(), 400, 'unauthorized_client', [7000112]);
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { enabled: true });
});

test('a key outside its validity no longer proves anything', async () => {
  const app = randomUUID();
  await admin.createServicePrincipal(tenant, { appId: app, displayName: 'App' });
  await admin.addKeyCredential(tenant, app, { value: strangerCertificate.certificate, startDate: clock.now() - 2000, endDate: clock.now() - 1000 });
  refused(await askAcs({ key: strangerCertificate, claims: { iss: `${app}@${tenant}` } }), 401, 'invalid_client', [700027], /expired/);
});

test('requests that are no token requests', async () => {
  const { body } = await post(acsPath, {});
  refused({ status: 400, headers: {}, body }, 400, 'invalid_request', [900144], /'grant_type'/);
  refused(await post(acsPath, { grant_type: acsGrant }), 400, 'invalid_request', [900144], /'assertion'/);
  refused(await post(acsPath, { grant_type: acsGrant, assertion: await assertion() }), 400, 'invalid_request', [900144], /'resource'/);
  refused(await post(acsPath, 'grant_type=a&grant_type=b'), 400, 'invalid_request', [9002313]);
  refused(await post(acsPath, '{}', { 'content-type': 'application/json' }), 400, 'invalid_request', [9002313]);
  refused(await post(acsPath, Array.from({ length: 60 }, (_, index) => `p${index}=1`).join('&')), 400, 'invalid_request', [9002313]);
  refused(await post(acsPath, `grant_type=${'x'.repeat(70_000)}`), 413, 'invalid_request', [9002313]);
  refused(await get(acsPath), 405, 'invalid_request', [900561], /only accepts POST requests\. Received a GET request/);
  for (const grant of ['refresh_token', 'authorization_code', 'urn:ietf:params:oauth:grant-type:device_code', 'urn:ietf:params:oauth:grant-type:jwt-bearer']) {
    refused(await post(v1Path, { grant_type: grant }), 400, 'unsupported_grant_type', [70003]);
  }
  refused(await post('/common/oauth2/token', { grant_type: 'client_credentials' }), 400, 'invalid_request', [50059]);
  assert.equal((await get('/nothing/here')).status, 404);
});

test('an application gets its own token with an RS256 or PS256 assertion, again and again', async () => {
  for (const [path, form] of [
    [v1Path, { resource: 'https://mail.contoso.test' }],
    [v2Path, { scope: 'https://mail.contoso.test/.default' }],
  ] as const) {
    const { x5t, x5tS256 } = readCertificate(authCertificate.certificate);
    for (const header of [{ x5t }, { alg: 'PS256', x5t: undefined, 'x5t#S256': x5tS256 }]) {
      const text = await assertion({ header, claims: { iss: exchangeApplicationId, sub: exchangeApplicationId, aud: `${base}${path}` } });
      const ask = (): Promise<Answer> =>
        post(path, { grant_type: 'client_credentials', client_id: exchangeApplicationId, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: text, ...form });
      const answer = await ask();
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      assert.equal((await ask()).status, 200, 'MSAL uses an assertion until it ends');
      assert.equal(answer.body['expires_in'], path === v1Path ? '3600' : 3600);
      const claims = decodeJwt(String(answer.body['access_token']));
      assert.deepEqual([claims.aud, claims.iss, claims['appid'], claims['appidacr'], claims['tid'], claims['ver']], ['https://mail.contoso.test', `${base}/${tenant}/`, exchangeApplicationId, '2', tenant, '1.0']);
    }
  }
});

test('client secrets: right, wrong, missing, ended, of nobody', async () => {
  const app = randomUUID();
  await admin.createServicePrincipal(tenant, { appId: app, displayName: 'Daemon' });
  const { secretText } = await admin.addPasswordCredential(tenant, app, { displayName: 'first', endDate: clock.now() + 3_600_000 });
  const ask = (form: Record<string, string>): Promise<Answer> => post(v1Path, { grant_type: 'client_credentials', resource: 'https://mail.contoso.test', client_id: app, ...form });
  const granted = await ask({ client_secret: secretText });
  assert.equal(decodeJwt(String(granted.body['access_token']))['appidacr'], '1');
  refused(await ask({ client_secret: 'wrong' }), 401, 'invalid_client', [7000215]);
  refused(await ask({}), 401, 'invalid_client', [7000218]);
  refused(await ask({ client_id: randomUUID(), client_secret: secretText }), 400, 'unauthorized_client', [700016]);
  const acs = await post(acsPath, { grant_type: 'client_credentials', client_id: `${app}@${tenant}`, client_secret: secretText, resource: outlookResource });
  assert.equal(decodeJwt(String(acs.body['access_token']))['nameid'], `${app}@${tenant}`);
  offset = 3_700_000;
  refused(await ask({ client_secret: secretText }), 401, 'invalid_client', [7000222]);
  const { passwordCredentials } = await admin.getServicePrincipal(tenant, app);
  assert.deepEqual(passwordCredentials.map((credential) => Object.keys(credential).sort()), [['displayName', 'endDate', 'keyId', 'startDate']]);
});

test('version 2 scopes must name one resource', async () => {
  const scope = (text: string): Promise<Answer> => assertion({ claims: { aud: `${base}${v2Path}`, iss: exchangeApplicationId } }).then((text2) => post(v2Path, { grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: text2, scope: text }));
  assert.equal((await scope('https://mail.contoso.test//.default')).status, 200);
  for (const bad of ['openid', '.default', 'https://mail.contoso.test/.default https://owa.contoso.test/.default']) refused(await scope(bad), 400, 'invalid_scope', [70011]);
});

const signIn = (form: Record<string, string> = {}, path = v1Path): Promise<Answer> =>
  post(path, { grant_type: 'password', client_id: outlookClientId, resource: 'https://mail.contoso.test', username: 'anna@contoso.test', password: 'correct horse', ...form });

test('the password grant is off until the tenant allows it', async () => {
  refused(await signIn(), 400, 'invalid_grant', [53003]);
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  assert.equal((await signIn()).status, 200);
});

test('a user\'s token has the claims of Hybrid Modern Authentication', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  const answer = await signIn({ client_info: '1', scope: 'openid' });
  const { iat, nbf, exp, oid, sub, uti, ...claims } = decodeJwt(String(answer.body['access_token']));
  assert.deepEqual(claims, {
    aud: 'https://mail.contoso.test',
    iss: `${base}/${tenant}/`,
    acr: '1',
    amr: ['pwd'],
    appid: outlookClientId,
    appidacr: '0',
    name: 'Anna',
    onprem_sid: 'S-1-5-21-1-2-3-1104',
    scp: 'user_impersonation',
    tid: tenant,
    unique_name: 'Anna@contoso.test',
    upn: 'Anna@contoso.test',
    ver: '1.0',
  });
  assert.ok(oid !== sub && typeof uti === 'string' && nbf === iat && Number(exp) - Number(iat) === 3600);
  assert.deepEqual(JSON.parse(Buffer.from(String(answer.body['client_info']), 'base64url').toString()), { uid: oid, utid: tenant });
  const identity = decodeJwt(String(answer.body['id_token']));
  assert.deepEqual([identity.aud, identity['oid'], 'nonce' in identity], [outlookClientId, oid, false]);
  assert.equal('refresh_token' in answer.body, false);
  const configuration = await fetchAuthMetadata(`${base}/contoso.test/.well-known/openid-configuration`, httpClient);
  assert.deepEqual([configuration.type, configuration.issuerIdentifier, configuration.realm], ['AzureAD', `${base}/${tenant}/`, tenant]);
  const validator = createTokenValidator({
    authServers: [{ name: 'EvoSts', type: 'AzureAD', issuerIdentifier: configuration.issuerIdentifier, realm: tenant, enabled: true, isDefaultAuthorizationEndpoint: true, certificates: configuration.certificates }],
    partnerApplications: [],
    resolveUser: async ({ upn }) => [upn],
    clock,
  });
  const result = await validator.validate(String(answer.body['access_token']), { host: 'mail.contoso.test', scheme: 'https' });
  assert.equal(result.profile === 'User' && result.user, 'Anna@contoso.test');
});

test('the user name finds the tenant at /common', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  assert.equal((await signIn({}, '/common/oauth2/token')).status, 200);
  assert.equal((await signIn({ scope: 'https://mail.contoso.test/.default openid' }, '/organizations/oauth2/v2.0/token')).status, 200);
  refused(await signIn({ username: 'anna@fabrikam.test' }, '/common/oauth2/token'), 400, 'invalid_request', [90002]);
});

test('sign-ins that fail do not tell why', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  await admin.createUser(tenant, { userPrincipalName: 'silent@contoso.test', displayName: 'No password' });
  for (const form of [{ password: 'wrong' }, { username: 'nobody@contoso.test' }, { username: 'silent@contoso.test' }, { username: 'anna@contoso.test', password: 'x'.repeat(5000) }]) {
    refused(await signIn(form), 400, 'invalid_grant', [50126]);
  }
  refused(await signIn({ client_id: randomUUID() }), 400, 'unauthorized_client', [700016]);
  refused(await signIn({ resource: 'https://owa.contoso.test' }), 400, 'invalid_resource', [500011]);
  await admin.createUser(tenant, { userPrincipalName: 'left@contoso.test', displayName: 'Left', password: 'correct horse', enabled: false });
  refused(await signIn({ username: 'left@contoso.test' }), 400, 'invalid_grant', [50057]);
  refused(await signIn({ username: 'left@contoso.test', password: 'wrong' }), 400, 'invalid_grant', [50126]);
});

test('guessing locks an account, also with guesses made at once', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  await admin.createUser(tenant, { userPrincipalName: 'target@contoso.test', displayName: 'Target', password: 'correct horse' });
  const username = 'target@contoso.test';
  const answers = await Promise.all(Array.from({ length: 14 }, () => signIn({ username, password: 'guess' })));
  const codes = answers.map((answer) => (answer.body['error_codes'] as number[])[0]);
  assert.deepEqual([codes.filter((code) => code === 50126).length, codes.filter((code) => code === 50053).length], [10, 4]);
  refused(await signIn({ username }), 400, 'invalid_grant', [50053]);
  assert.ok((await admin.getUser(tenant, username)).lockedUntil !== null);
  assert.ok((await admin.listAudit()).some((entry) => entry.action === 'user.lock' && entry.target === username));
  offset = 61_000;
  assert.equal((await signIn({ username })).status, 200);
  await admin.setUserPassword(tenant, username, 'battery staple');
  refused(await signIn({ username }), 400, 'invalid_grant', [50126]);
});

test('request ids come back, and errors carry them', async () => {
  const id = randomUUID();
  const answer = await post(acsPath, {}, { 'client-request-id': id });
  assert.deepEqual([answer.headers['request-id'], answer.headers['client-request-id'], answer.body['correlation_id'], answer.headers['x-ms-request-id']], [id, id, id, answer.body['trace_id']]);
  const other = await post(acsPath, {}, { 'client-request-id': 'a\tb' });
  assert.match(String(other.headers['request-id']), /^[0-9a-f-]{36}$/);
});

test('the access log tells the outcome and keeps the secrets out', async () => {
  entries.length = 0;
  await post(`${acsPath}?secret=query`, { grant_type: 'client_credentials', client_id: exchangeApplicationId, client_secret: 'hunter2' });
  const [entry] = entries;
  assert.ok(entry !== undefined);
  assert.deepEqual([entry.method, entry.path, entry.query, entry.status, entry.errorCode, entry.host], ['POST', acsPath, undefined, 401, 'AADSTS7000215', 'login.cloud.test']);
  assert.doesNotMatch(JSON.stringify(entries), /hunter2|secret=query/);
});

test('signing keys roll with overlap', async () => {
  const before = await admin.listSigningKeys();
  const source = actorTokens();
  const old = await source('outlook.cloud.test', 'request-1');
  const announced = await admin.rollSigningKey({ activeFrom: clock.now() + 60_000 });
  assert.equal(announced.signing, false);
  const x5tOf = (token: string): unknown => decodeProtectedHeader(token).x5t;
  assert.equal(x5tOf(String((await askAcs()).body['access_token'])), x5tOf(old));
  offset = 61_000;
  const fresh = String((await askAcs()).body['access_token']);
  assert.equal(x5tOf(fresh), announced.x5t);
  const keys = (await get(`/${tenant}/discovery/v2.0/keys`)).body as unknown as JSONWebKeySet;
  for (const token of [old, fresh]) await jwtVerify(token, createLocalJWKSet(keys), { currentDate: new Date(clock.now()) });
  await assert.rejects(admin.removeSigningKey(announced.x5t), { code: 'IDENTITY_STS_INPUT' });
  offset = 3 * 86_400_000;
  const later = await admin.listSigningKeys();
  assert.deepEqual(later.map((key) => key.x5t), [announced.x5t]);
  offset = 61_000;
  await admin.removeSigningKey(before[0]?.x5t ?? '');
  offset = 0;
  assert.equal(x5tOf(String((await askAcs()).body['access_token'])), announced.x5t, 'a clock that was set back leaves a key to sign with');
});

test('metadata names what is there', async () => {
  const { body, headers } = await get(`/${tenant}/metadata/json/1`);
  const keys = body['keys'] as { usage: string; keyValue: { type: string; value: string } }[];
  assert.deepEqual([body['issuer'], body['realm'], keys[0]?.usage, keys[0]?.keyValue.type], [`${acsIssuerId}@${tenant}`, tenant, 'signing', 'x509Certificate']);
  assert.match(String(headers['cache-control']), /max-age/);
  assert.deepEqual((await get(`/metadata/json/1?realm=${tenant}`)).body, body);
  const v2 = (await get(`/${tenant}/v2.0/.well-known/openid-configuration`)).body;
  assert.deepEqual([v2['issuer'], v2['token_endpoint']], [`${base}/${tenant}/v2.0`, `${base}${v2Path}`]);
  refused(await get(`/${randomUUID()}/metadata/json/1`), 400, 'invalid_tenant', [90002]);
});

test('actor tokens are kept until shortly before they end, and asked for once at a time', async () => {
  const seen = (): number => entries.filter((entry) => entry.path === acsPath).length;
  entries.length = 0;
  const source = actorTokens();
  const [first, second] = await Promise.all([source('outlook.cloud.test', 'request-1'), source('OUTLOOK.cloud.test', 'request-2')]);
  assert.equal(first, second);
  assert.equal(await source('outlook.cloud.test', 'request-3'), first);
  assert.equal(seen(), 1);
  assert.equal(entries[0]?.requestId, 'request-1');
  offset = 86_400_000 - 301_000;
  assert.equal(await source('outlook.cloud.test', 'request-4'), first);
  offset = 86_400_000 - 299_000;
  assert.notEqual(await source('outlook.cloud.test', 'request-5'), first);
  assert.equal(seen(), 2);
});

test('what the token service says reaches the operator, and a failure is not remembered', async () => {
  let certificate = strangerCertificate;
  const source = actorTokens({ signingCertificate: async () => certificate });
  await assert.rejects(source('outlook.cloud.test', 'request-1'), (error: { code: string; message: string; facts: Body }) => {
    assert.equal(error.code, 'IDENTITY_TOKEN_REQUEST_REFUSED');
    assert.deepEqual([error.facts['error'], error.facts['errorCodes'], error.facts['thumbprint']], ['invalid_client', [70002, 50012], certificateThumbprint(strangerCertificate.certificate)]);
    assert.match(String(error.facts['description']), /^AADSTS70002: Error validating credentials\. AADSTS50012/);
    assert.doesNotMatch(error.message, /AADSTS|[0-9A-F]{40}/);
    return true;
  });
  certificate = authCertificate;
  assert.ok((await source('outlook.cloud.test', 'request-2')).length > 100);
});

test('an actor token cannot be got without certificate, service or sense', async () => {
  await assert.rejects(actorTokens({ signingCertificate: async () => undefined })('outlook.cloud.test', 'request-1'), { code: 'IDENTITY_SIGNING_CERTIFICATE_MISSING' });
  const closed = `https://127.0.0.1:1${acsPath}`;
  await assert.rejects(actorTokens({ tokenIssuingEndpoint: closed })('outlook.cloud.test', 'request-1'), (error: { code: string; facts: Body; retryable: boolean }) => {
    assert.deepEqual([error.code, error.facts['cause'], error.retryable], ['IDENTITY_TOKEN_SERVICE_UNREACHABLE', 'ECONNREFUSED', true]);
    return true;
  });
  await assert.rejects(actorTokens({ tokenIssuingEndpoint: 'not a url' })('outlook.cloud.test', 'request-1'), { code: 'IDENTITY_TOKEN_SERVICE_UNREACHABLE' });
  await assert.rejects(actorTokens({ tokenIssuingEndpoint: `${sts.urls.admin}/livez` })('outlook.cloud.test', 'request-1'), { code: 'IDENTITY_TOKEN_RESPONSE_UNREADABLE' });
});

test('metadata that is none is told from metadata that is not there', async () => {
  await assert.rejects(fetchAuthMetadata(`${base}/nothing`, httpClient), { code: 'IDENTITY_METADATA_UNAVAILABLE' });
  await assert.rejects(fetchAuthMetadata(`https://127.0.0.1:1/`, httpClient), { code: 'IDENTITY_METADATA_UNAVAILABLE' });
  await assert.rejects(fetchAuthMetadata(`${base}/${tenant}/discovery/keys`, httpClient), { code: 'IDENTITY_METADATA_UNREADABLE' });
  await assert.rejects(fetchAuthMetadata(`${sts.urls.admin}/livez`, httpClient), { code: 'IDENTITY_METADATA_UNREADABLE' });
});

test('the admin API checks key and input', async () => {
  for (const key of ['', 'wrong', `${adminKey}x`]) await assert.rejects(createStsAdminClient({ url: sts.urls.admin, httpClient, key }).listTenants(), { code: 'IDENTITY_STS_NOT_AUTHORIZED' });
  const path = `${sts.urls.admin}/tenants`;
  const send = async (body: string): Promise<number> => (await request(path, { dispatcher: httpClient, method: 'POST', body, headers: { authorization: `Bearer ${adminKey}` } })).statusCode;
  assert.deepEqual([await send('{'), await send('[]'), await send('{"displayName":"x","domains":["a.test"],"admin":true}'), await send('{"displayName":"x","domains":["-"]}')], [400, 400, 400, 400]);
  await assert.rejects(admin.getTenant('fabrikam.test'), { code: 'IDENTITY_STS_NOT_FOUND' });
  await assert.rejects(admin.createTenant({ displayName: 'Thief', domains: ['contoso.test'] }), { code: 'IDENTITY_STS_CONFLICT' });
  await assert.rejects(admin.createUser(tenant, { userPrincipalName: 'ANNA@contoso.test', displayName: 'x' }), { code: 'IDENTITY_STS_CONFLICT' });
  await assert.rejects(admin.addKeyCredential(tenant, exchangeApplicationId, { value: 'AAAA' }), { code: 'IDENTITY_CERTIFICATE_UNREADABLE' });
  await assert.rejects(admin.addKeyCredential(tenant, exchangeApplicationId, { value: authCertificate.certificate }), { code: 'IDENTITY_STS_CONFLICT' });
  await assert.rejects(createStsAdminClient({ url: 'https://127.0.0.1:1', httpClient, key: adminKey }).listTenants(), { code: 'IDENTITY_STS_ADMIN_FAILED' });
});

test('administrators change what is there, and the audit remembers without secrets', async () => {
  const other = await admin.createTenant({ displayName: 'Fabrikam', domains: ['fabrikam.test'] });
  const user = await admin.createUser(other.id, { userPrincipalName: 'u@fabrikam.test', displayName: 'U', password: 'topsecret', proxyAddresses: ['SMTP:u@fabrikam.test'] });
  assert.deepEqual([user.hasPassword, user.proxyAddresses], [true, ['SMTP:u@fabrikam.test']]);
  const renamed = await admin.updateUser('fabrikam.test', user.objectId, { userPrincipalName: 'V@fabrikam.test', enabled: false, mail: null });
  assert.deepEqual([renamed.userPrincipalName, renamed.enabled, renamed.mail], ['V@fabrikam.test', false, null]);
  const principal = await admin.createServicePrincipal(other.id, { appId: exchangeApplicationId, displayName: 'EXO', servicePrincipalNames: ['https://a.test'] });
  assert.deepEqual(principal.servicePrincipalNames, [exchangeApplicationId, 'https://a.test']);
  const key = await admin.addKeyCredential(other.id, exchangeApplicationId, { value: authCertificate.certificate });
  assert.deepEqual([key.type, key.usage, key.thumbprint], ['AsymmetricX509Cert', 'Verify', certificateThumbprint(authCertificate.certificate)]);
  await admin.removeCredential(other.id, exchangeApplicationId, key.keyId);
  const changed = await admin.updateServicePrincipal(other.id, exchangeApplicationId, { servicePrincipalNames: ['https://b.test', 'HTTPS://B.test/'] });
  assert.deepEqual([changed.servicePrincipalNames.length, changed.keyCredentials], [2, []]);
  await admin.removeUser(other.id, 'v@fabrikam.test');
  await admin.removeServicePrincipal(other.id, exchangeApplicationId);
  await admin.removeTenant(other.id);
  assert.equal((await admin.listTenants()).length, 1);
  const audit = await admin.listAudit(1000);
  assert.ok(audit.some((entry) => entry.action === 'servicePrincipal.keyCredential.add' && entry.tenantId === other.id));
  assert.doesNotMatch(JSON.stringify(audit), /topsecret|correct horse|battery staple/);
});

test('the admin listener answers health and metrics', async () => {
  assert.equal((await request(`${sts.urls.admin}/readyz`, { dispatcher: httpClient })).statusCode, 200);
  const metrics = await (await request(`${sts.urls.admin}/metrics`, { dispatcher: httpClient })).body.text();
  assert.match(metrics, /hybridge_sts_requests_total\{endpoint="acs",outcome="AADSTS50012"\} [1-9]/);
});

test('the state is the owner\'s alone, holds no password in clear, and is there after a restart', async () => {
  for (const name of readdirSync(stateDirectory)) {
    const path = join(stateDirectory, name);
    assert.equal(statSync(path).mode & 0o777, 0o600, name);
    assert.doesNotMatch(readFileSync(path, 'latin1'), /correct horse|battery staple/);
  }
  const again = await startSts(options);
  const client = createStsAdminClient({ url: again.urls.admin, httpClient, key: adminKey });
  assert.deepEqual(await client.listSigningKeys(), await admin.listSigningKeys());
  assert.equal((await client.getUser(tenant, 'anna@contoso.test')).displayName, 'Anna');
  await again.close(0);
});

test('an admin key that is short or cannot be sent is refused', async () => {
  for (const bad of ['', 'short', 'sixteen letters and blanks', `${adminKey}\n`]) await assert.rejects(startSts({ ...options, adminKey: bad }), TypeError);
});
