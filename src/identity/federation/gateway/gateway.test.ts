import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request } from 'undici';
import { sharedCertificate } from '../../certificates/test-certificates.ts';
import type { IdentityError } from '../../identity-error.ts';
import { base, startTestSts } from '../../sts/start-test-sts.ts';
import { createDelegationRegistration } from '../create-delegation-registration.ts';
import { createDelegationTokenSource } from '../delegation-token-source.ts';
import { fetchFederationMetadata } from '../fetch-federation-metadata.ts';
import { writeTokenRequest } from '../security-token-request.ts';
import { readTokenResponse } from '../security-token-response.ts';

const minute = 60_000;
const person = { nameIdentifier: 'Anna@contoso.test', emailAddress: 'anna@contoso.mail.onmicrosoft.test' };
const sts = await startTestSts();
const signer = await sharedCertificate('auth');
await sts.admin.createFederatedApplication({ certificate: signer.certificate, uris: ['outlook.com'], domains: ['contoso.mail.onmicrosoft.test'], ofService: true });
await sts.admin.createFederatedApplication({ certificate: (await sharedCertificate('stranger')).certificate, uris: ['FYDIBOHF25SPDLT.contoso.test'], domains: ['contoso.test'] });

const action = 'MSExchange.SharingCalendarFreeBusy' as const;

async function askFor(changes: { target?: string; requestor?: string; emailAddress?: string; offset?: number; key?: typeof signer; again?: boolean } = {}): Promise<string> {
  const endpoint = `${base}/extSTS.srf`;
  const { xml, entropy } = writeTokenRequest(
    { requestor: changes.requestor ?? 'outlook.com', target: changes.target ?? 'fydibohf25spdlt.contoso.test', action, ...person, ...(changes.emailAddress === undefined ? {} : { emailAddress: changes.emailAddress }) },
    { endpoint, signer: changes.key ?? signer, clock: { now: () => Date.now() + (changes.offset ?? 0) } },
  );
  const post = async (): Promise<string> => {
    const answer = await request(endpoint, { dispatcher: sts.httpClient, method: 'POST', body: xml });
    const read = readTokenResponse(await answer.body.text(), entropy);
    assert.ok(read !== undefined);
    return 'token' in read ? 'token' : `${read.fault.code} ${read.fault.value} ${read.fault.text}`;
  };
  const first = await post();
  return changes.again === true ? post() : first;
}

test('a registered organisation gets tokens; URIs are compared without case', async () => {
  assert.equal(await askFor(), 'token');
});

test('clocks may differ by five minutes in either direction', async () => {
  assert.deepEqual(await Promise.all([4, -4].map((minutes) => askFor({ offset: minutes * minute }))), ['token', 'token']);
  for (const minutes of [6, -6]) assert.equal(await askFor({ offset: minutes * minute }), 'FailedAuthentication 0x80048800 Authentication Failure');
});

test('what is refused: another certificate, another domain, unknown applications, the same request again', async () => {
  assert.match(await askFor({ key: await sharedCertificate('stranger') }), /^FailedAuthentication 0x80048800/);
  assert.match(await askFor({ emailAddress: 'bert@contoso.test' }), /does not belong to the application/);
  assert.match(await askFor({ target: 'FYDIBOHF25SPDLT.Gone.test' }), /AADSTS901124: Application 'fydibohf25spdlt\.gone\.test' does not exist\./);
  assert.match(await askFor({ requestor: 'gone.test' }), /AADSTS901124: Application 'gone\.test' does not exist\./);
  assert.match(await askFor({ again: true }), /^FailedAuthentication 0x80048800/);
  const rubbish = await request(`${base}/extSTS.srf`, { dispatcher: sts.httpClient, method: 'POST', body: '<!DOCTYPE a><a/>' });
  assert.equal(rubbish.statusCode, 500);
  assert.match(await rubbish.body.text(), /InvalidRequest/);
});

test('a domain is nobody’s without its proof, and an application URI belongs to a domain', async () => {
  const key = await sharedCertificate('evosts');
  const registration = createDelegationRegistration({ url: `${base}/service/managedelegation2.asmx`, signer: key, httpClient: sts.httpClient, clock: sts.clock });
  const applicationId = await registration.createApplication();
  assert.match(applicationId, /^[0-9A-F]{16}$/);
  const refusal = async (work: Promise<void>): Promise<unknown> => work.then(() => 'done', (error: IdentityError) => error.facts['text']);
  assert.match(String(await refusal(registration.addUri(applicationId, 'FYDIBOHF25SPDLT.contoso.test'))), /does not belong to a domain/);
  const [other] = await sts.admin.listFederatedApplications();
  assert.equal(await refusal(registration.addUri(other?.applicationId ?? '', 'x.test')), '1007 AccessDenied', 'another one’s application');
});

test('tokens are kept, and concurrent calls share one request', async () => {
  const source = createDelegationTokenSource({ endpoint: `${base}/extSTS.srf`, requestor: 'outlook.com', signingCertificate: async () => signer, httpClient: sts.httpClient, clock: sts.clock });
  const ask = (): ReturnType<typeof source> => source({ target: 'FYDIBOHF25SPDLT.contoso.test', action, ...person, requestId: 'test' });
  const [first, second] = await Promise.all([ask(), ask()]);
  assert.equal(first, second);
  assert.equal(await ask(), first);
  sts.time.offset = 8 * 60 * minute - 5 * minute;
  assert.notEqual(await ask(), first, 'asked anew shortly before it ends');
});

test('metadata names issuer, endpoint and every published certificate', async () => {
  const url = `${base}/FederationMetadata/2006-12/FederationMetadata.xml`;
  const former = await fetchFederationMetadata(url, sts.httpClient);
  assert.deepEqual([former.issuerUri, former.tokenEndpoint, former.certificates.length], ['urn:federation:MicrosoftOnline', `${base}/extSTS.srf`, 1]);
  await sts.admin.rollSigningKey();
  const rolled = await fetchFederationMetadata(url, sts.httpClient);
  assert.deepEqual([rolled.certificates.length, rolled.certificates[1]], [2, former.certificates[0]]);
});
