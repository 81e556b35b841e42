import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import type { Dispatcher } from 'undici';
import { createHttpClient, listen, readBody, systemDial } from '../../foundation/index.ts';
import type { Listener } from '../../foundation/index.ts';
import type { Recipient } from '../../organization/index.ts';
import { findChild, parseXml, readSoapEnvelope, readSoapFault } from '../../xml/index.ts';
import { createAutodiscoverService, EwsClientError, getFederationInformation, getUserSettings } from '../index.ts';
import type { EwsClient, Requester } from '../index.ts';
import { autodiscoverNamespace } from './autodiscover-namespaces.ts';

const person = (alias: string, more: Partial<Recipient> = {}): Recipient => ({
  guid: alias,
  recipientTypeDetails: 'UserMailbox',
  displayName: alias,
  alias,
  primarySmtpAddress: `${alias}@contoso.test`,
  emailAddresses: [`${alias}@contoso.test`],
  ...more,
});
const recipients = [
  person('bert'),
  person('anna', { recipientTypeDetails: 'RemoteUserMailbox', externalEmailAddress: 'anna@contoso.mail.onmicrosoft.test' }),
  person('carl', { recipientTypeDetails: 'MailUser', externalEmailAddress: 'CARL@contoso.test' }),
];
const requester: Requester = { recipient: person('bert'), origin: 'local' };
const context = { requestId: 'request-0001', signal: new AbortController().signal };
const information = { applicationUri: 'FYDIBOHF25SPDLT.contoso.test', tokenIssuers: [{ endpoint: 'https://login.cloud.test/extSTS.srf', uri: 'urn:federation:MicrosoftOnline' }], domains: ['contoso.test', 'contoso.mail.onmicrosoft.test'] };

const service = createAutodiscoverService({
  resolveRecipient: (address) => Promise.resolve(recipients.find((recipient) => recipient.emailAddresses.includes(address.toLowerCase()))),
  urls: () => ({ externalEwsUrl: 'https://mail.contoso.test/EWS/Exchange.asmx' }),
  federationInformation(domain) {
    if (domain === 'contoso.test') return information;
    return domain === 'lonely.test' ? 'NotFederated' : 'InvalidDomain';
  },
  serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 25, version: 'Exchange2016' },
});

let listener: Listener;
let httpClient: Dispatcher;
let isSignedIn = true;
let lastBody = '';

before(async () => {
  listener = await listen(
    createServer((incoming, answer) => {
      void readBody(incoming, 1 << 20).then(async (body) => {
        lastBody = body.toString();
        const { status, headers, body: text } = await service.handle({ body, contentType: incoming.headers['content-type'] ?? '', context, ...(isSignedIn ? { requester } : {}) });
        answer.writeHead(status, headers);
        answer.end(text);
      });
    }),
  );
  httpClient = createHttpClient({ dial: systemDial });
});
after(async () => {
  await httpClient.destroy();
  await listener.close();
});

const client = (): EwsClient => ({ url: `http://127.0.0.1:${listener.port}/autodiscover/autodiscover.svc`, httpClient, authorization: () => '', userAgent: 'ASAutoDiscover/CrossForest/EmailDomain', requestId: 'request-0001' });

async function settingsOf(address: string, names: readonly string[]): Promise<Record<string, unknown>> {
  const { transport: _, ...answer } = await getUserSettings(client(), address, names);
  return answer;
}

test('settings of a mailbox', async () => {
  assert.deepEqual(await settingsOf('Bert@Contoso.test', ['UserDisplayName', 'AutoDiscoverSMTPAddress', 'ExternalEwsUrl', 'ExternalEwsVersion', 'InternalEwsUrl', 'AlternateMailboxes', 'FavouriteColour']), {
    errorCode: 'NoError',
    message: 'No error.',
    settings: { UserDisplayName: 'bert', AutoDiscoverSMTPAddress: 'bert@contoso.test', ExternalEwsUrl: 'https://mail.contoso.test/EWS/Exchange.asmx', ExternalEwsVersion: '15.02.1544.025' },
    settingErrors: [
      { name: 'InternalEwsUrl', errorCode: 'SettingIsNotAvailable', message: 'The requested setting is not available.' },
      { name: 'AlternateMailboxes', errorCode: 'SettingIsNotAvailable', message: 'The requested setting is not available.' },
      { name: 'FavouriteColour', errorCode: 'InvalidSetting', message: 'The requested setting is not valid.' },
    ],
  });
  assert.match(String(((await settingsOf('bert@contoso.test', ['EwsSupportedSchemas'])) as { settings: Record<string, string> }).settings['EwsSupportedSchemas']), /Exchange2013_SP1/);
});

test('a remote mailbox is elsewhere', async () => {
  assert.deepEqual(await settingsOf('anna@contoso.test', ['ExternalEwsUrl']), { errorCode: 'RedirectAddress', message: 'Redirection address.', redirectTarget: 'anna@contoso.mail.onmicrosoft.test', settings: {}, settingErrors: [] });
});

test('nobody, and a redirection that would lead in a circle', async () => {
  for (const address of ['nobody@contoso.test', 'carl@contoso.test']) {
    assert.deepEqual(await settingsOf(address, ['ExternalEwsUrl']), { errorCode: 'InvalidUser', message: 'Invalid user.', settings: {}, settingErrors: [] });
  }
});

test('what a federation publishes is for everyone', async () => {
  isSignedIn = false;
  try {
    const { transport: _, ...answer } = await getFederationInformation(client(), 'contoso.test');
    assert.deepEqual(answer, { ok: true, information });
    for (const [domain, errorCode] of [['lonely.test', 'NotFederated'], ['fabrikam.test', 'InvalidDomain']] as const) {
      const refused = await getFederationInformation(client(), domain);
      assert.equal(refused.ok, false);
      assert.equal('errorCode' in refused && refused.errorCode, errorCode);
    }
    await assert.rejects(getUserSettings(client(), 'bert@contoso.test', ['ExternalEwsUrl']), (error) => error instanceof EwsClientError && error.facts['status'] === 401);
  } finally {
    isSignedIn = true;
  }
});

test('the request has the published action, and the answer its own', async () => {
  await settingsOf('bert@contoso.test', ['ExternalEwsUrl']);
  assert.match(lastBody, /<a:Action>http:\/\/schemas\.microsoft\.com\/exchange\/2010\/Autodiscover\/Autodiscover\/GetUserSettings<\/a:Action>/);
  const answer = await service.handle({ body: Buffer.from(lastBody), requester, context });
  assert.match(answer.body.toString(), /<a:Action s:mustUnderstand="1">http:\/\/schemas\.microsoft\.com\/exchange\/2010\/Autodiscover\/Autodiscover\/GetUserSettingsResponse<\/a:Action>/);
  assert.match(answer.body.toString(), /<h:MajorVersion>15<\/h:MajorVersion><h:MinorVersion>2<\/h:MinorVersion><h:MajorBuildNumber>1544<\/h:MajorBuildNumber><h:MinorBuildNumber>25<\/h:MinorBuildNumber><h:Version>Exchange2016<\/h:Version>/);
});

/** As the EWS Managed API writes it. */
const managedApi = `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:wsa="http://www.w3.org/2005/08/addressing" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Header>
    <a:RequestedServerVersion>Exchange2010_SP1</a:RequestedServerVersion>
    <wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action>
    <wsa:To>https://autodiscover.contoso.test/autodiscover/autodiscover.svc</wsa:To>
  </soap:Header>
  <soap:Body>
    <a:GetUserSettingsRequestMessage xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover">
      <a:Request>
        <a:Users><a:User><a:Mailbox>bert@contoso.test</a:Mailbox></a:User><a:User><a:Mailbox>anna@contoso.test</a:Mailbox></a:User></a:Users>
        <a:RequestedSettings><a:Setting>InternalEwsUrl</a:Setting><a:Setting>ExternalEwsUrl</a:Setting><a:Setting>ExternalEwsUrl</a:Setting></a:RequestedSettings>
      </a:Request>
    </a:GetUserSettingsRequestMessage>
  </soap:Body>
</soap:Envelope>`;

test('the EWS Managed API asks about several users', async () => {
  const answer = await service.handle({ body: Buffer.from(managedApi), contentType: 'text/xml; charset=utf-8', requester, context });
  assert.equal(answer.status, 200);
  const [message] = readSoapEnvelope(parseXml(answer.body)).body;
  const response = message && findChild(message, autodiscoverNamespace, 'Response');
  const users = response && findChild(response, autodiscoverNamespace, 'UserResponses');
  assert.deepEqual(users?.children.map((user) => findChild(user, autodiscoverNamespace, 'ErrorCode')?.text), ['NoError', 'RedirectAddress']);
  assert.equal(answer.body.toString().match(/<Name>ExternalEwsUrl</g)?.length, 1);
});

for (const [what, from, to] of [
  ['no version', /<a:RequestedServerVersion>.*<\/a:RequestedServerVersion>/, ''],
  ['no Request', /<a:Request>[^]*<\/a:Request>/, ''],
  ['no user', /<a:Users>.*<\/a:Users>/, ''],
  ['no setting', /<a:RequestedSettings>.*<\/a:RequestedSettings>/, ''],
  ['101 users', '<a:Users>', `<a:Users>${'<a:User><a:Mailbox>x@y.test</a:Mailbox></a:User>'.repeat(99)}`],
] as const) {
  test(`an invalid request: ${what}`, async () => {
    const answer = await service.handle({ body: Buffer.from(managedApi.replace(from, to)), requester, context });
    assert.equal(answer.status, 200);
    assert.match(answer.body.toString(), /<Response [^>]*><ErrorCode>InvalidRequest<\/ErrorCode>/);
  });
}

for (const [what, body, status, code] of [
  ['another operation', managedApi.replaceAll('GetUserSettingsRequestMessage', 'GetTeapotRequestMessage'), 500, 'ActionNotSupported'],
  ['no XML', 'hello', 400, 'InvalidRequest'],
  ['no SOAP', '<Autodiscover/>', 400, 'InvalidRequest'],
] as const) {
  test(`a fault: ${what}`, async () => {
    const answer = await service.handle({ body: Buffer.from(body), requester, context });
    assert.equal(answer.status, status);
    assert.equal(readSoapFault(readSoapEnvelope(parseXml(answer.body)))?.code, code);
  });
}

test('a failure inside is told to nobody', async () => {
  const failing = createAutodiscoverService({
    resolveRecipient: () => Promise.reject(new Error('secret')),
    urls: () => ({}),
    federationInformation: () => 'NotFederated',
    serverVersion: { majorVersion: 15, minorVersion: 2, majorBuildNumber: 1, minorBuildNumber: 1, version: 'Exchange2016' },
  });
  const answer = await failing.handle({ body: Buffer.from(managedApi), requester, context });
  assert.equal(answer.status, 500);
  assert.equal(answer.errorCode, 'InternalServerError');
  assert.ok(!answer.body.toString().includes('secret'));
});

test('answers of other servers: whole-request errors, odd answers', async () => {
  const envelope = (body: string): string => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
  let body = '';
  const other = await listen(createServer((incoming, answer) => void incoming.resume().once('end', () => answer.end(body))));
  const asked = { ...client(), url: `http://127.0.0.1:${other.port}/` };
  try {
    body = envelope(`<GetUserSettingsResponseMessage xmlns="${autodiscoverNamespace}"><Response><ErrorCode>ServerBusy</ErrorCode><ErrorMessage>later</ErrorMessage></Response></GetUserSettingsResponseMessage>`);
    assert.equal((await getUserSettings(asked, 'a@b.test', ['ExternalEwsUrl'])).errorCode, 'ServerBusy');
    for (const odd of ['<a/>', '', `<GetUserSettingsResponseMessage xmlns="${autodiscoverNamespace}"/>`, `<GetUserSettingsResponseMessage xmlns="${autodiscoverNamespace}"><Response><ErrorCode>NoError</ErrorCode></Response></GetUserSettingsResponseMessage>`]) {
      body = envelope(odd);
      await assert.rejects(getUserSettings(asked, 'a@b.test', ['ExternalEwsUrl']), (error) => error instanceof EwsClientError && error.code === 'EWS_CLIENT_UNEXPECTED_ANSWER');
    }
  } finally {
    await other.close();
  }
});
