import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { ConfidentialClientApplication } from '@azure/msal-node';
import type { NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { decodeJwt, SignJWT } from 'jose';
import { request } from 'undici';
import { readCertificate } from '../certificates/read-certificate.ts';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { mailScope, nativeClient, startTestSignIn, webClient } from './sign-in/start-test-sign-in.ts';
import { acsPath, base, outlookResource, refused, tenant, v1Path, v2Path } from './start-test-sts.ts';
import type { Answer } from './start-test-sts.ts';

const { time, admin, httpClient, post, getTokens, refresh, askAcs, secretText } = await startTestSignIn();
const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const portal = 'api://portal.contoso.test';
await admin.updateServicePrincipal(tenant, webClient, { servicePrincipalNames: [portal] });

/** A person's tokens for the portal. */
const forPortal = async (scope = `openid ${portal}/.default`): Promise<Record<string, unknown>> => (await getTokens({ parameters: { scope } })).body;
const exchange = (assertion: unknown, form: Record<string, string> = {}, path = v2Path): Promise<Answer> =>
  post(path, { grant_type: grant, requested_token_use: 'on_behalf_of', client_id: webClient, client_secret: secretText, scope: mailScope, assertion: String(assertion), ...form });

test('a service gets the next service’s token on a person’s behalf, at both versions and at common', async () => {
  const { access_token: first } = await forPortal();
  for (const [path, form] of [
    [v2Path, {}],
    ['/common/oauth2/v2.0/token', {}],
    [v1Path, { resource: 'https://mail.contoso.test' }],
  ] as const) {
    const answer = await exchange(first, form, path);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const claims = decodeJwt(String(answer.body['access_token']));
    assert.deepEqual([claims.aud, claims['appid'], claims['appidacr'], claims['upn'], claims['scp'], claims['amr']], ['https://mail.contoso.test', webClient, '1', 'Anna@contoso.test', 'user_impersonation', ['pwd']]);
    assert.equal('refresh_token' in answer.body, path === v1Path, 'version 2 gives one where offline_access is asked for');
  }
  const lasting = await exchange(first, { scope: `offline_access ${mailScope}` });
  const renewed = await refresh(lasting.body['refresh_token'], { client_id: webClient, client_secret: secretText });
  assert.equal(decodeJwt(String(renewed.body['access_token']))['upn'], 'Anna@contoso.test');
});

test('MSAL exchanges a token on a person’s behalf', async () => {
  const send = (method: 'GET' | 'POST') =>
    async function <Body>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<Body>> {
      const answer = await request(url, { dispatcher: httpClient, method, headers: options?.headers ?? {}, ...(options?.body === undefined ? {} : { body: options.body }) });
      return { status: answer.statusCode, headers: {}, body: (await answer.body.json()) as Body };
    };
  const client = new ConfidentialClientApplication({
    auth: { authority: `${base}/${tenant}`, knownAuthorities: ['login.cloud.test'], clientId: webClient, clientSecret: secretText },
    system: { networkClient: { sendGetRequestAsync: send('GET'), sendPostRequestAsync: send('POST') } },
  });
  const { access_token: oboAssertion } = await forPortal();
  const result = await client.acquireTokenOnBehalfOf({ oboAssertion: String(oboAssertion), scopes: [mailScope] });
  assert.deepEqual([decodeJwt(result?.accessToken ?? '').aud, result?.account?.username], ['https://mail.contoso.test', 'Anna@contoso.test']);
});

test('what is no token of a person for this service speaks for nobody', async () => {
  const good = await forPortal();
  const text = String(good['access_token']);
  const [head = '', body = '', signature = ''] = text.split('.');
  const claims = decodeJwt(text);
  const stranger = await sharedCertificate('stranger');
  const { signing } = { signing: (await admin.listSigningKeys())[0] };
  const forge = (header: Record<string, unknown>): Promise<string> => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(createPrivateKey(stranger.privateKey));
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const application = await post(v2Path, { grant_type: 'client_credentials', client_id: webClient, client_secret: secretText, scope: `${portal}/.default` });
  const forMail = (await getTokens({ parameters: { scope: mailScope } })).body['access_token'];
  const actor = (await askAcs()).body['access_token'];
  const cases: [string, unknown, number, string, number[]][] = [
    ['no token', 'x', 400, 'invalid_grant', [50013]],
    ['another signature', `${head}.${body}.${signature.slice(0, -4)}AAAA`, 400, 'invalid_grant', [50013]],
    ['no signature', `${encode({ alg: 'none' })}.${body}.`, 400, 'invalid_grant', [50013]],
    ['changed claims', `${head}.${encode({ ...claims, upn: 'bert@contoso.test' })}.${signature}`, 400, 'invalid_grant', [50013]],
    ['a stranger under our key’s name', await forge({ x5t: signing?.x5t ?? '' }), 400, 'invalid_grant', [50013]],
    ['a stranger with an own key', await forge({ x5t: readCertificate(stranger.certificate).x5t, jku: 'https://evil.test/keys' }), 400, 'invalid_grant', [50013]],
    ['an actor token of the ACS', actor, 400, 'invalid_grant', [50013]],
    ['a token for another resource', forMail, 400, 'invalid_grant', [500131]],
    ['an id token', good['id_token'], 400, 'invalid_grant', [240002]],
    ['an application’s own token', application.body['access_token'], 400, 'unauthorized_client', [7000114]],
  ];
  for (const [name, assertion, status, error, codes] of cases) {
    const answer = await exchange(assertion);
    assert.deepEqual([name, answer.status, answer.body['error'], answer.body['error_codes']], [name, status, error, codes]);
  }
});

test('at ACS the same grant means an actor token, as before', async () => {
  const { access_token: first } = await forPortal();
  refused(await post(acsPath, { grant_type: grant, assertion: String(first), resource: outlookResource }), 400, 'unauthorized_client', [700016]);
  refused(await exchange(first, { client_id: nativeClient }), 401, 'invalid_client', [7000215]);
});

test('the service proves itself, and time, consent, second factor and password count', async () => {
  const { access_token: first } = await forPortal();
  refused(await exchange(first, { client_secret: 'wrong' }), 401, 'invalid_client', [7000215]);
  refused(await exchange(first, { client_secret: '' }), 401, 'invalid_client', [7000218]);
  refused(await exchange(first, { requested_token_use: '' }), 400, 'invalid_request', [900144]);
  refused(await exchange(first, { requested_token_use: 'logon' }), 400, 'invalid_request', [90023]);
  refused(await exchange(first, { scope: 'https://owa.contoso.test/.default' }), 400, 'invalid_resource', [500011]);
  const stranger = randomUUID();
  await admin.createServicePrincipal(tenant, { appId: stranger, displayName: 'Stranger', consentedResources: ['*'] });
  const { secretText: other } = await admin.addPasswordCredential(tenant, stranger);
  refused(await exchange(first, { client_id: stranger, client_secret: other }), 400, 'invalid_grant', [500131], /The audience in the assertion was 'api:\/\/portal\.contoso\.test'/);
  await admin.updateServicePrincipal(tenant, webClient, { consentedResources: [] });
  refused(await exchange(first), 400, 'invalid_grant', [65001]);
  await admin.updateServicePrincipal(tenant, webClient, { consentedResources: ['*'], requiresMultiFactor: true });
  refused(await exchange(first), 400, 'interaction_required', [50079]);
  await admin.updateServicePrincipal(tenant, webClient, { requiresMultiFactor: false });
  time.offset = 3_601_000;
  refused(await exchange(first), 400, 'invalid_grant', [500133]);
  time.offset = 2_000;
  await admin.setUserPassword(tenant, 'anna@contoso.test', 'correct horse');
  refused(await exchange(first), 400, 'invalid_grant', [50173], /TokensValidFrom date for this user is '/);
  await admin.updateUser(tenant, 'anna@contoso.test', { enabled: false });
  refused(await exchange(first), 400, 'invalid_grant', [50057]);
  await admin.updateUser(tenant, 'anna@contoso.test', { enabled: true });
});
