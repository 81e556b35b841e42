import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request } from 'undici';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { writeTokenRequest } from '../federation/security-token-request.ts';
import { readTokenResponse } from '../federation/security-token-response.ts';
import { mailScope, nativeClient, startTestSignIn, webClient } from './sign-in/start-test-sign-in.ts';
import type { Answer } from './start-test-sts.ts';
import { base, tenant, v2Path } from './start-test-sts.ts';

const sts = await startTestSignIn();
const { admin, askAcs, authCertificate, getCode, getTokens, post, refresh, secretText, signIn, time } = sts;
await admin.updateTenant(tenant, { passwordGrantEnabled: true });

const user = 'dora@contoso.test';
/** A refresh token of somebody whose account then changes. */
async function refreshedAfter(change: () => Promise<unknown>): Promise<Answer> {
  await admin.createUser(tenant, { userPrincipalName: user, displayName: 'Dora', password: 'correct horse' });
  const browser = sts.browse();
  await browser.signIn(sts.authorizePath(), { username: user, password: 'correct horse' });
  const { body } = await getTokens({ browser });
  await change();
  return refresh(body['refresh_token']);
}
const removeDora = (): Promise<void> => admin.removeUser(tenant, user);
const applicationToken = (form: Record<string, string>, path = v2Path): Promise<Answer> => post(path, { grant_type: 'client_credentials', client_id: webClient, client_secret: secretText, scope: mailScope, ...form });

/** Code, what makes it, and the published beginning of its text. Each state is one that an administrator, a clock or a client can bring about. */
const rows: readonly (readonly [code: number, state: string, produce: () => Promise<Answer>, text: RegExp])[] = [
  [50012, 'the signing certificate is not registered', async () => askAcs({ key: await sharedCertificate('stranger') }), /AADSTS70002: Error validating credentials\. AADSTS50012: Client assertion contains an invalid signature\. \[Reason - The key was not found\., Thumbprint of key used by client: '[0-9A-F]{40}'/],
  [70002, 'the same, as the outer code', async () => askAcs({ key: await sharedCertificate('stranger') }), /^AADSTS70002: Error validating credentials/],
  [700027, 'the certificate is registered, another key signed', async () => askAcs({ key: { ...authCertificate, privateKey: (await sharedCertificate('stranger')).privateKey } }), /^AADSTS700027: Client assertion contains an invalid signature/],
  [500011, 'no service principal name', () => signIn({ resource: 'https://elsewhere.contoso.test' }), /^AADSTS500011: The resource principal named https:\/\/elsewhere\.contoso\.test was not found in the tenant named/],
  [50126, 'wrong password', () => signIn({ password: 'wrong' }), /^AADSTS50126: Error validating credentials due to invalid username or password/],
  [90002, 'no such tenant', () => applicationToken({}, '/nowhere.test/oauth2/v2.0/token'), /^AADSTS90002: Tenant 'nowhere\.test' not found/],
  [700016, 'no such application', () => applicationToken({ client_id: '99999999-9999-9999-9999-999999999999' }), /^AADSTS700016: Application with identifier '99999999-9999-9999-9999-999999999999' was not found in the directory/],
  [
    65001,
    'nobody has consented',
    async () => {
      await admin.updateServicePrincipal(tenant, nativeClient, { consentedResources: [] });
      const answer = await signIn({ client_id: nativeClient });
      await admin.updateServicePrincipal(tenant, nativeClient, { consentedResources: ['*'] });
      return answer;
    },
    /^AADSTS65001: The user or administrator has not consented to use the application with ID/,
  ],
  [
    54005,
    'the code was used',
    async () => {
      const { form } = await getCode();
      assert.equal((await post(v2Path, form)).status, 200);
      return post(v2Path, form);
    },
    /^AADSTS54005: OAuth2 Authorization code was already redeemed/,
  ],
  [
    70008,
    'the code is older than ten minutes',
    async () => {
      const { form } = await getCode();
      time.offset = 601_000;
      const answer = await post(v2Path, form);
      time.offset = 0;
      return answer;
    },
    /^AADSTS70008: The provided authorization code or refresh token has expired due to inactivity/,
  ],
  [
    50173,
    'the password has changed',
    async () => {
      const answer = await refreshedAfter(() => admin.setUserPassword(tenant, user, 'battery staple'));
      await removeDora();
      return answer;
    },
    /^AADSTS50173: The provided grant has expired due to it being revoked/,
  ],
  [50034, 'the account was removed', () => refreshedAfter(removeDora), /^AADSTS50034: The user account does not exist in the .+ directory/],
  [
    50053,
    'ten wrong passwords',
    async () => {
      await admin.createUser(tenant, { userPrincipalName: user, displayName: 'Dora', password: 'correct horse' });
      for (let turn = 0; turn < 10; turn++) await signIn({ username: user, password: 'wrong' });
      return signIn({ username: user });
    },
    /^AADSTS50053: The account is locked/,
  ],
];

for (const [code, state, produce, text] of rows) {
  test(`AADSTS${code}: ${state}`, async () => {
    const { status, body } = await produce();
    assert.ok(status === 400 || status === 401, String(status));
    assert.ok((body['error_codes'] as number[]).includes(code), JSON.stringify(body));
    assert.match(String(body['error_description']), text);
  });
}

test('AADSTS901124: the federation gateway knows no such application', async () => {
  await admin.createFederatedApplication({ certificate: authCertificate.certificate, uris: ['outlook.com'], domains: ['contoso.mail.onmicrosoft.test'], ofService: true });
  const endpoint = `${base}/extSTS.srf`;
  const question = { requestor: 'outlook.com', target: 'FYDIBOHF25SPDLT.contoso.test', action: 'MSExchange.SharingCalendarFreeBusy', nameIdentifier: 'anna@contoso.test', emailAddress: 'anna@contoso.mail.onmicrosoft.test' } as const;
  const { xml, entropy } = writeTokenRequest(question, { endpoint, signer: authCertificate, clock: sts.clock });
  const answer = await request(endpoint, { dispatcher: sts.httpClient, method: 'POST', body: xml });
  const read = readTokenResponse(await answer.body.text(), entropy);
  assert.ok(read !== undefined && 'fault' in read);
  const { code, value, text } = read.fault;
  assert.deepEqual([code, value, text], ['FailedAuthentication', '0x80048800', "AADSTS901124: Application 'fydibohf25spdlt.contoso.test' does not exist."]);
});
