import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import type { Configuration, INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { request } from 'undici';
import { readCertificate } from '../../certificates/read-certificate.ts';
import { base, tenant } from '../start-test-sts.ts';
import { mailScope, nativeClient, startTestSignIn, webClient, webRedirect } from './start-test-sign-in.ts';
import { answerOf, locationOf } from './test-browser.ts';

/*
 * Microsoft's own client library against the service, over TLS, under the service's own name.
 */

const { admin, httpClient, browse, secretText, authCertificate } = await startTestSignIn();

const send = (method: 'GET' | 'POST') =>
  async function <Body>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<Body>> {
    const answer = await request(url, { dispatcher: httpClient, method, headers: options?.headers ?? {}, ...(options?.body === undefined ? {} : { body: options.body }) });
    return { status: answer.statusCode, headers: {}, body: (await answer.body.json()) as Body };
  };
const networkClient: INetworkModule = { sendGetRequestAsync: send('GET'), sendPostRequestAsync: send('POST') };

const configuration = (auth: Configuration['auth'], authority = `${base}/${tenant}`): Configuration => ({ auth: { authority, knownAuthorities: ['login.cloud.test'], ...auth }, system: { networkClient } });

test('MSAL: authorization code with PKCE, then silently, at the tenant and at common', async () => {
  for (const authority of [`${base}/${tenant}`, `${base}/common`]) {
    const client = new PublicClientApplication(configuration({ clientId: nativeClient }, authority));
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const nonce = randomUUID();
    const redirectUri = 'http://localhost:5005';
    const url = await client.getAuthCodeUrl({ scopes: [mailScope], redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256', nonce, state: 'xyz', loginHint: 'anna@contoso.test' });
    const { code = '', state } = answerOf(await browse().signIn(url));
    assert.equal(state, 'xyz');
    const result = await client.acquireTokenByCode({ code, redirectUri, scopes: [mailScope], codeVerifier: verifier }, { code, nonce });
    assert.equal(decodeJwt(result.accessToken).aud, 'https://mail.contoso.test');
    assert.deepEqual([result.account?.username, result.account?.tenantId], ['Anna@contoso.test', tenant]);
    assert.ok(result.account !== null);
    const cached = await client.acquireTokenSilent({ account: result.account, scopes: [mailScope] });
    assert.deepEqual([cached.fromCache, cached.accessToken], [true, result.accessToken]);
    const renewed = await client.acquireTokenSilent({ account: result.account, scopes: [mailScope], forceRefresh: true });
    assert.deepEqual([renewed.fromCache, renewed.accessToken === result.accessToken], [false, false]);
    const again = await client.acquireTokenSilent({ account: result.account, scopes: [mailScope], forceRefresh: true });
    assert.equal(again.fromCache, false, 'the successor of the refresh token is the one that is kept');
  }
});

test('MSAL: device code', async () => {
  const browser = browse();
  let agreed: Promise<unknown> | undefined;
  const agree = async (userCode: string): Promise<void> => {
    const page = await browser.submit(await browser.get(`/devicelogin?user_code=${userCode}`), { username: 'anna@contoso.test', password: 'correct horse' });
    await browser.submit(await browser.get(locationOf(page)), { decision: 'continue' });
  };
  // The network is slow until the person has agreed: MSAL's first question would be too early, and its second is five seconds later.
  const slowNetwork: INetworkModule = {
    ...networkClient,
    sendPostRequestAsync: async (url, options) => {
      await agreed;
      return networkClient.sendPostRequestAsync(url, options);
    },
  };
  const client = new PublicClientApplication({ ...configuration({ clientId: nativeClient }), system: { networkClient: slowNetwork } });
  const result = await client.acquireTokenByDeviceCode({
    scopes: [mailScope],
    deviceCodeCallback: ({ userCode }) => {
      agreed = agree(userCode);
    },
  });
  assert.equal(decodeJwt(result?.accessToken ?? '')['upn'], 'Anna@contoso.test');
});

test('MSAL: a web application with a secret', async () => {
  const client = new ConfidentialClientApplication(configuration({ clientId: webClient, clientSecret: secretText }));
  const own = await client.acquireTokenByClientCredential({ scopes: [mailScope] });
  assert.deepEqual([decodeJwt(own?.accessToken ?? '')['appid'], decodeJwt(own?.accessToken ?? '')['appidacr']], [webClient, '1']);
  const url = await client.getAuthCodeUrl({ scopes: [mailScope], redirectUri: webRedirect });
  const { code = '' } = answerOf(await browse().signIn(url));
  const result = await client.acquireTokenByCode({ code, redirectUri: webRedirect, scopes: [mailScope] });
  assert.equal(decodeJwt(result.accessToken)['appidacr'], '1');
});

test('MSAL: a web application with a certificate, by SHA-256 and by SHA-1', async () => {
  await admin.addKeyCredential(tenant, webClient, { value: authCertificate.certificate });
  const { der, thumbprint } = readCertificate(authCertificate.certificate);
  const thumbprints = [{ thumbprintSha256: createHash('sha256').update(der).digest('hex') }, { thumbprint }];
  for (const named of thumbprints) {
    const client = new ConfidentialClientApplication(configuration({ clientId: webClient, clientCertificate: { privateKey: authCertificate.privateKey, ...named } }));
    const result = await client.acquireTokenByClientCredential({ scopes: [mailScope] });
    assert.equal(decodeJwt(result?.accessToken ?? '')['appidacr'], '2', JSON.stringify(Object.keys(named)));
  }
});

test('MSAL: a missing service principal name and a wrong secret are told apart', async () => {
  const client = new ConfidentialClientApplication(configuration({ clientId: webClient, clientSecret: 'wrong' }));
  await assert.rejects(client.acquireTokenByClientCredential({ scopes: [mailScope] }), { errorCode: 'invalid_client', errorMessage: /7000215/ });
  const right = new ConfidentialClientApplication(configuration({ clientId: webClient, clientSecret: secretText }));
  await assert.rejects(right.acquireTokenByClientCredential({ scopes: ['https://owa.contoso.test/.default'] }), { errorCode: 'invalid_resource', errorMessage: /AADSTS500011/ });
});
