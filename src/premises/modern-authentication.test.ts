import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import type { TestPremises } from './test-premises.ts';
import { authorizationUri, basicOf, ewsPath, host, startTestPremises } from './test-premises.ts';
import { userToken } from './test-tokens.ts';

let premises: TestPremises;
const outlook = { 'user-agent': 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)' };
const mac = { 'user-agent': 'MacOutlook/16.78.24010112 (Intelx64 Mac OS X Version 14.2.1)' };
const flighting = '4000000;reason="Flighting is not enabled for domain \'\'.";error_category="oauth_not_available"';

before(async () => {
  premises = await startTestPremises({ plain: {} });
  const { configuration } = premises.organization;
  await configuration.create('MapiVirtualDirectory', 'EX1\\mapi (Default Web Site)', { Server: 'EX1' });
  await configuration.create('OabVirtualDirectory', 'EX1\\OAB (Default Web Site)', { Server: 'EX1' });
  await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', Default: true });
  await configuration.create('IntraOrganizationConnector', 'HybridIOC', {
    TargetAddressDomains: ['contoso.mail.onmicrosoft.test'],
    DiscoveryEndpoint: 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.svc',
  });
  await premises.add('bert');
  await premises.add('anna', { recipientTypeDetails: 'RemoteUserMailbox', externalEmailAddress: 'anna@contoso.mail.onmicrosoft.test' });
});
after(() => premises.close());
afterEach(async () => {
  // Also runs around tests of other files where they share a process, before this one's premises are there.
  if ((premises as typeof premises | undefined) === undefined) return;
  const { configuration } = premises.organization;
  await configuration.update('AuthServer', 'EvoSts', { IsDefaultAuthorizationEndpoint: true });
  await configuration.update('OrganizationConfig', (await configuration.singleton('OrganizationConfig')).name, { OAuth2ClientProfileEnabled: false });
});

const enable = async (OAuth2ClientProfileEnabled: boolean): Promise<unknown> => {
  const { configuration } = premises.organization;
  return configuration.update('OrganizationConfig', (await configuration.singleton('OrganizationConfig')).name, { OAuth2ClientProfileEnabled });
};

test('row H2: without a default authorization endpoint, the challenge names none', async () => {
  const bearer = async (): Promise<string | undefined> => (await premises.ask({ authorization: 'Bearer' })).challenges.find((challenge) => challenge.startsWith('Bearer '));
  assert.match((await bearer()) ?? '', new RegExp(`authorization_uri="${authorizationUri}"`));
  await premises.organization.configuration.update('AuthServer', 'EvoSts', { IsDefaultAuthorizationEndpoint: false });
  assert.doesNotMatch((await bearer()) ?? 'authorization_uri', /authorization_uri/);
});

test('row H3: the profile switch keeps Outlook for Windows out, and nobody else', async () => {
  for (const headers of [outlook, { 'x-clientapplication': 'Outlook/16.0.17328.20000' }]) {
    const answer = await premises.ask({ authorization: 'Bearer', headers });
    assert.deepEqual([answer.status, answer.headers['x-ms-diagnostics']], [401, flighting]);
    assert.match(answer.challenges[0] ?? '', /^Bearer .*authorization_uri="https:/);
  }
  const token = `Bearer ${await userToken(premises.keys, 'bert@contoso.test')}`;
  assert.equal((await premises.ask({ authorization: token, headers: outlook })).headers['x-ms-diagnostics'], flighting);
  assert.equal((await premises.ask({ headers: outlook })).headers['x-ms-diagnostics'], undefined);
  assert.equal((await premises.ask({ headers: outlook, authorization: basicOf('bert@contoso.test') })).status, 200);
  for (const headers of [mac, { 'user-agent': 'Outlook-iOS/2.0' }, {}]) {
    assert.equal((await premises.ask({ authorization: 'Bearer', headers })).headers['x-ms-diagnostics'], undefined);
    assert.equal((await premises.ask({ authorization: token, headers })).status, 200);
  }
  await enable(true);
  assert.equal((await premises.ask({ authorization: 'Bearer', headers: outlook })).headers['x-ms-diagnostics'], undefined);
  assert.equal((await premises.ask({ authorization: token, headers: outlook })).status, 200);
});

test('MAPI, OAB and ActiveSync sign people in as their settings say, and then say that nothing is there', async () => {
  const { configuration } = premises.organization;
  const token = `Bearer ${await userToken(premises.keys, 'bert@contoso.test')}`;
  const schemes = async (path: string): Promise<unknown> => (await premises.ask({ path, authorization: 'Bearer' })).challenges.map((challenge) => challenge.split(' ')[0]);
  for (const path of ['/mapi/emsmdb/?MailboxId=x', '/OAB/a/oab.xml', '/Microsoft-Server-ActiveSync']) {
    const answer = await premises.ask({ path, authorization: token });
    assert.deepEqual([answer.status, answer.headers['x-hybridge-error'], answer.body], [501, 'PREMISES_NOT_SERVED', ''], path);
  }
  assert.deepEqual([await schemes('/mapi/nspi/'), await schemes('/oab'), await schemes('/microsoft-server-activesync')], [['Bearer'], ['Bearer'], ['Bearer', 'Basic']]);
  await configuration.update('MapiVirtualDirectory', 'EX1\\mapi (Default Web Site)', { IISAuthenticationMethods: ['Ntlm', 'Negotiate'] });
  await configuration.update('OabVirtualDirectory', 'EX1\\OAB (Default Web Site)', { OAuthAuthentication: false, BasicAuthentication: true });
  assert.deepEqual([await schemes('/mapi/emsmdb'), await schemes('/OAB/')], [[], ['Basic']]);
  assert.equal((await premises.ask({ path: '/mapi/emsmdb', authorization: token })).status, 401);
});

test('rows H5 and H7: the host that a token is for, and the person it names', async () => {
  const wrongHost = await premises.ask({ authorization: `Bearer ${await userToken(premises.keys, 'bert@contoso.test')}`, host: 'other.contoso.test' });
  assert.deepEqual(
    [wrongHost.status, wrongHost.headers['x-ms-diagnostics']],
    [401, `2000003;reason="The hostname component of the audience claim value 'https://${host}' is invalid";error_category="invalid_resource"`],
  );
  const nobody = await premises.ask({ authorization: `Bearer ${await userToken(premises.keys, 'nobody@contoso.test')}` });
  assert.equal(nobody.headers['x-ms-diagnostics'], '2000005;reason="The user specified by the user-context in the token does not exist.";error_category="invalid_user"');
});

test('row H6: a token that comes in without TLS is refused with both schemes, and no password is asked for there', async () => {
  const ask = (authorization: string): Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }> =>
    new Promise((resolve, reject) => {
      const outgoing = request({ port: premises.running.ports.plain, host: '127.0.0.1', method: 'POST', path: ewsPath, headers: { host, authorization, 'x-forwarded-proto': 'https' } }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      });
      outgoing.once('error', reject);
      outgoing.end('<x/>');
    });
  const answer = await ask(`Bearer ${await userToken(premises.keys, 'bert@contoso.test')}`);
  assert.deepEqual(
    [answer.status, answer.headers['x-ms-diagnostics']],
    [401, `2000003;reason="The hostname component of the audience claim value is invalid. Expected 'https://${host}'. Actual 'http://${host}'.";error_category="invalid_resource"`],
  );
  const basic = await ask(basicOf('bert@contoso.test'));
  assert.deepEqual([basic.status, /Basic/.test(String(basic.headers['www-authenticate']))], [401, false]);
});

test('settings are kept for as long as they are told to', async () => {
  const slow = await startTestPremises({ settingsCacheMs: 600_000 });
  try {
    await slow.add('bert');
    const offersOAuth = async (): Promise<boolean> => (await slow.ask({ authorization: 'Bearer' })).challenges.some((challenge) => challenge.startsWith('Bearer '));
    assert.equal(await offersOAuth(), true);
    await slow.organization.configuration.update('WebServicesVirtualDirectory', 'EX1\\EWS (Default Web Site)', { OAuthAuthentication: false });
    assert.equal(await offersOAuth(), true);
    slow.time.offset += 600_000;
    assert.equal(await offersOAuth(), false);
  } finally {
    await slow.close();
  }
});

test('Autodiscover version 2: one question without sign-in, one address', async () => {
  const ask = async (query: string, path = '/autodiscover/autodiscover.json'): Promise<unknown[]> => {
    const answer = await premises.ask({ method: 'GET', path: `${path}${query}` });
    return [answer.status, answer.body === '' ? answer.headers['location'] : JSON.parse(answer.body)];
  };
  assert.deepEqual(await ask('?Email=bert@contoso.test&Protocol=EWS'), [200, { Protocol: 'Ews', Url: `https://${host}${ewsPath}` }]);
  assert.deepEqual(await ask('?Protocol=ActiveSync', '/autodiscover/autodiscover.json/v1.0/bert%40contoso.test'), [200, { Protocol: 'ActiveSync', Url: `https://${host}/Microsoft-Server-ActiveSync` }]);
  assert.deepEqual(await ask('?email=bert@contoso.test&protocol=Autodiscoverv1&RedirectCount=1'), [200, { Protocol: 'AutodiscoverV1', Url: `https://${host}/autodiscover/autodiscover.xml` }]);
  // Strangers do not learn who has a mailbox here.
  assert.deepEqual(await ask('?Email=nobody@contoso.test&Protocol=EWS'), await ask('?Email=bert@contoso.test&Protocol=EWS'));
  const elsewhere = 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.json?Email=anna%40contoso.mail.onmicrosoft.test&Protocol=Ews&RedirectCount=1';
  assert.deepEqual(await ask('?Email=anna@contoso.test&Protocol=EWS'), [302, elsewhere]);
  assert.equal((await ask('?Email=anna@contoso.test&Protocol=EWS&RedirectCount=10'))[0], 200);
  assert.deepEqual(await ask('?Email=x@elsewhere.test&Protocol=EWS'), [404, { ErrorCode: 'UserNotFound', ErrorMessage: 'The given user is not found' }]);
  assert.deepEqual(await ask('?Email=bert@contoso.test'), [400, { ErrorCode: 'MandatoryParameterMissing', ErrorMessage: "A valid value must be provided for the query parameter 'Protocol'" }]);
  assert.equal(((await ask('?Email=bert@contoso.test&Protocol=%22%3Cx')) as [number, { ErrorMessage: string }])[1].ErrorMessage, "The given protocol value 'x' is invalid. Supported values are 'ActiveSync,AutodiscoverV1,Ews'");
  assert.equal((await ask('?Email=nonsense&Protocol=EWS'))[0], 400);
  assert.equal((await premises.ask({ path: '/autodiscover/autodiscover.json', authorization: 'Bearer' })).status, 405);
});
