import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createHttpClient } from '../../src/foundation/index.ts';
import { connectExchange } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { createLabNetwork } from '../../src/lab/network/lab-network.ts';
import type { LabFixture } from './lab-fixture.ts';
import { availabilityRequest, startLabFixture } from './lab-fixture.ts';

let fixture: LabFixture;
let named: Dispatcher;
let onPremises: CmdletSession;
let cloud: CmdletSession;

before(async () => {
  fixture = await startLabFixture();
  const network = createLabNetwork();
  for (const entry of fixture.info.network) network.register(entry.name, entry);
  named = createHttpClient({ dial: network.dial, ca: readFileSync(fixture.info.caFile, 'utf8') });
  const session = (side: 'on-premises' | 'cloud', url: string): CmdletSession => {
    const account = fixture.info.accounts.find((one) => one.side === side && one.kind === 'administrator');
    const authorization = `Basic ${Buffer.from(`${account?.userName ?? ''}:${account?.password ?? ''}`).toString('base64')}`;
    return connectExchange({ url: new URL(url).origin, httpClient: fixture.httpClient, authorization: () => authorization, tenant: fixture.info.tenant.id });
  };
  onPremises = session('on-premises', fixture.info.parties.onPremises.urls['admin'] ?? '');
  cloud = session('cloud', fixture.info.parties.cloud.urls['admin'] ?? '');
});
after(async () => {
  await named.close();
  await fixture.close();
});

interface Answer {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  text: string;
}

async function ask(url: string, method: 'GET' | 'POST', headers: Record<string, string>, body?: string): Promise<Answer> {
  const response = await request(url, { dispatcher: named, method, headers, ...(body === undefined ? {} : { body }) });
  return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
}

const outlook = { 'user-agent': 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)', 'content-type': 'text/xml; charset=utf-8' };

test('modern authentication through relay and agent: discovery, challenge, token, answer', async () => {
  const { relayApplicationId } = fixture.info;
  const ews = `https://${relayApplicationId}.relay.test/EWS/Exchange.asmx`;
  const [evoSts] = await onPremises.invoke('Get-AuthServer', { Identity: 'EvoSts*' });
  await onPremises.invoke('Set-AuthServer', { Identity: evoSts?.['Name'], IsDefaultAuthorizationEndpoint: true });
  await onPremises.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', ExternalUrl: ews });

  // The cloud knows that Bert is elsewhere, and sends the client through the relay; there it learns the address.
  const sentOn = await ask('https://outlook.cloud.test/autodiscover/autodiscover.json?Email=bert@contoso.test&Protocol=EWS', 'GET', outlook);
  assert.equal(sentOn.status, 302);
  const found = await ask(String(sentOn.headers['location']), 'GET', outlook);
  assert.deepEqual(JSON.parse(found.text), { Protocol: 'Ews', Url: ews });

  const empty = await ask(ews, 'POST', { ...outlook, authorization: 'Bearer' }, '');
  assert.deepEqual([empty.status, String(empty.headers['x-ms-diagnostics'])], [401, '4000000;reason="Flighting is not enabled for domain \'\'.";error_category="oauth_not_available"']);
  await onPremises.invoke('Set-OrganizationConfig', { OAuth2ClientProfileEnabled: true });
  const challenged = await ask(ews, 'POST', { ...outlook, authorization: 'Bearer' }, '');
  assert.deepEqual([challenged.status, challenged.headers['x-ms-diagnostics']], [401, undefined]);
  const [, signInAt = ''] = /authorization_uri="([^"]+)"/.exec(String(challenged.headers['www-authenticate'])) ?? [];
  assert.equal(new URL(signInAt).host, 'login.cloud.test');

  const bert = fixture.account('bert');
  const token = async (resource: string): Promise<Answer> => {
    const form = { grant_type: 'password', client_id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', resource, username: bert.userName ?? '', password: bert.password ?? '' };
    return ask(fixture.info.parties.sts.namedUrls['token'] ?? '', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(form).toString());
  };
  // Row H4: a name that nobody registered.
  assert.match((await token('https://unregistered.contoso.test')).text, /AADSTS500011/);
  const { access_token: accessToken } = JSON.parse((await token(new URL(ews).origin)).text) as { access_token: string };
  const body = availabilityRequest(['bert@contoso.test'], { start: '2026-11-23T00:00:00', end: '2026-11-24T00:00:00' });
  const answered = await ask(ews, 'POST', { ...outlook, authorization: `Bearer ${accessToken}` }, body);
  assert.equal(answered.status, 200);
  assert.match(answered.text, /<m:ResponseCode>NoError<\/m:ResponseCode>|ResponseClass="Success"/);
  assert.match(String(answered.headers['via']), /relay/i);
});

test('Test-OAuthConnectivity: both ways, and what it says when something is missing', async () => {
  const target = 'https://outlook.cloud.test/EWS/Exchange.asmx';
  const run = async (session: CmdletSession, parameters: Record<string, unknown>): Promise<{ ResultType: string; Detail: string; Task: string }> => {
    const [row] = await session.invoke('Test-OAuthConnectivity', { Service: 'EWS', ...parameters });
    return row as { ResultType: string; Detail: string; Task: string };
  };
  const good = await run(onPremises, { TargetUri: target, Mailbox: 'bert@contoso.test' });
  assert.deepEqual([good.ResultType, good.Task], ['Success', 'Checking EWS API Call Under Oauth'], good.Detail);
  assert.match(good.Detail, /Exchange Outbound Oauth Log:\r\nClient request ID: [\s\S]*received: Bearer client_id="00000002-/);
  assert.doesNotMatch(good.Detail, /eyJ/);
  const back = await run(cloud, { TargetUri: `https://${fixture.info.relayApplicationId}.relay.test/EWS/Exchange.asmx`, Mailbox: 'anna@contoso.test' });
  assert.equal(back.ResultType, 'Success', back.Detail);
  const alone = await run(onPremises, { TargetUri: target, AppOnly: true });
  assert.match(alone.Detail, /diagnostics: .*This token profile 'S2SAppOnly' is not applicable for the current protocol/);
  assert.equal(alone.ResultType, 'Error');

  // Row 26: a certificate that the tenant does not know.
  const [made] = await onPremises.invoke('New-ExchangeCertificate', { SubjectName: 'CN=Microsoft Exchange Server Auth Certificate' });
  const [former] = await onPremises.invoke('Get-AuthConfig', {});
  await onPremises.invoke('Set-AuthConfig', { CertificateThumbprint: made?.['Thumbprint'] });
  const unknown = await run(onPremises, { TargetUri: target, Mailbox: 'bert@contoso.test' });
  assert.match(unknown.Detail, /Unable to get token from Auth Server\. Error code: 'invalid_client'\. Description: 'AADSTS.*50012/);
  // Kept tokens still work, which is why the switch exists.
  // Row 17: one that is not in the store.
  await onPremises.invoke('Remove-ExchangeCertificate', { Thumbprint: made?.['Thumbprint'], Confirm: false });
  const missing = await run(onPremises, { TargetUri: target, Mailbox: 'bert@contoso.test' });
  assert.match(missing.Detail, /Microsoft\.Exchange\.Security\.OAuth\.OAuthTokenRequestFailedException: Missing signing certificate\./);
  await onPremises.invoke('Set-AuthConfig', { CertificateThumbprint: former?.['CurrentCertificateThumbprint'] });
  assert.equal((await run(onPremises, { TargetUri: target, Mailbox: 'bert@contoso.test' })).ResultType, 'Success');
});

test('the shared principal is shut out, and the web server forgets what it keeps', async () => {
  const test = async (): Promise<string> => {
    const [row] = await onPremises.invoke('Test-OAuthConnectivity', { Service: 'EWS', TargetUri: 'https://outlook.cloud.test/EWS/Exchange.asmx', Mailbox: 'bert@contoso.test' });
    return String(row?.['Detail']);
  };
  await cloud.invoke('Set-PartnerApplication', { Identity: 'Exchange On-Premises', Enabled: false });
  assert.match(await test(), /The remote server returned an error: \(403\)/);
  await cloud.invoke('Set-PartnerApplication', { Identity: 'Exchange On-Premises', Enabled: true });
  assert.match(await test(), /HTTP response message: 200/);
  assert.deepEqual(await onPremises.invoke('Restart-Service', { Name: ['W3SVC', 'WAS'], Force: true }), []);
  assert.match(await test(), /HTTP response message: 200/);
});
