import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import type { AvailabilityResponse, FreeBusyViewType, Requester } from '../../ews/index.ts';
import { listen, readBody, requestPath, systemClock } from '../../foundation/index.ts';
import type { Listener } from '../../foundation/index.ts';
import { issueServerCertificate } from '../../identity/index.ts';
import type { AvailabilityAddressSpace } from '../../organization/index.ts';
import type { LoopbackNetwork, LoopbackOrganization } from './loopback-organization.ts';
import { contextOf, createLoopbackNetwork, startLoopbackOrganization } from './loopback-organization.ts';

// A calendar server that is not Exchange: it knows plain-XML Autodiscover, GetUserAvailability and Basic, and no more.

const start = Date.parse('2026-11-30T00:00:00Z');
const discoveryUrl = 'https://notes.server.test/AutoDiscover/AutoDiscover.xml';
const listeners: Listener[] = [];
let network: LoopbackNetwork;
let premises: LoopbackOrganization;
let cloud: LoopbackOrganization;
let bert: Requester;
/** What Autodiscover answers; undefined for the settings. */
let discovery: ((address: string) => string) | undefined;
let seen: { path: string; authorization: string; body: string }[] = [];

const autodiscover = (account: string): string =>
  `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">${account}</Response></Autodiscover>`;
const settings = autodiscover(
  '<Account><AccountType>email</AccountType><Action>settings</Action><Protocol><Type>WEB</Type></Protocol><Protocol><Type>EXCH</Type><ASUrl>https://inside.server.test/x</ASUrl></Protocol><Protocol><Type>EXPR</Type><ASUrl>https://notes.server.test/freebusy</ASUrl></Protocol></Account>',
);
const answer = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserAvailabilityResponse xmlns="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><FreeBusyResponseArray><FreeBusyResponse><ResponseMessage ResponseClass="Success"><ResponseCode>NoError</ResponseCode></ResponseMessage><FreeBusyView><t:FreeBusyViewType>FreeBusy</t:FreeBusyViewType><t:CalendarEventArray><t:CalendarEvent><t:StartTime>2026-11-30T09:00:00</t:StartTime><t:EndTime>2026-11-30T10:00:00</t:EndTime><t:BusyType>Busy</t:BusyType></t:CalendarEvent></t:CalendarEventArray></FreeBusyView></FreeBusyResponse></FreeBusyResponseArray></GetUserAvailabilityResponse></s:Body></s:Envelope>`;

before(async () => {
  network = await createLoopbackNetwork();
  premises = await startLoopbackOrganization(network, ['premises.test'], { getAuthorization: (url) => Promise.resolve(`Bearer service-account-for ${new URL(url).host}`) });
  cloud = await startLoopbackOrganization(network, ['cloud.test'], { side: 'Cloud' });
  await premises.add({ primarySmtpAddress: 'bert@contoso.test' });
  await premises.add({ recipientTypeDetails: 'MailContact', primarySmtpAddress: 'User@Notes.Domain.test', externalEmailAddress: 'User@Notes.Domain.test' });
  bert = await premises.requester('bert@contoso.test');
  const { certificate: cert, privateKey: key } = await issueServerCertificate(network.authority, { hosts: ['notes.server.test', 'notes.domain.test', 'autodiscover.notes.domain.test'], days: 1, clock: systemClock });
  const server: Server = createServer({ cert, key }, (request, response) => {
    void readBody(request, 1 << 20).then((body) => {
      const { authorization = '' } = request.headers;
      const path = requestPath(request);
      seen.push({ path, authorization, body: body.toString('utf8') });
      if (authorization !== `Basic ${Buffer.from('NOTES\\svc:geheim').toString('base64')}` && !authorization.startsWith('Bearer ')) return response.writeHead(401, { 'www-authenticate': 'Basic realm="Domino"' }).end();
      const address = /<EMailAddress>([^<]*)</.exec(body.toString('utf8'))?.[1] ?? '';
      return response.writeHead(200, { 'content-type': 'text/xml' }).end(/autodiscover\.xml$/i.test(path) ? (discovery?.(address) ?? settings) : answer);
    });
  });
  const listener = await listen(server);
  listeners.push(listener);
  for (const name of ['notes.server.test', 'autodiscover.notes.domain.test']) network.names.set(name, listener.port);
  const reset = await listen(createTcpServer((socket) => void socket.on('data', () => socket.resetAndDestroy())));
  listeners.push(reset);
  network.names.set('reset.test', reset.port);
});
beforeEach(() => {
  seen = [];
  discovery = undefined;
});
after(() => Promise.all([premises.close(), cloud.close(), ...listeners.map((listener) => listener.close())]));

async function lookUp(
  properties: Partial<AvailabilityAddressSpace>,
  options: { credential?: { userName: string; password: string } | null; address?: string; view?: FreeBusyViewType } = {},
): Promise<{ text: string; code: string; response: AvailabilityResponse }> {
  const { configuration, credentials } = premises.organization;
  for (const { guid } of await configuration.list('AvailabilityAddressSpace')) await configuration.remove('AvailabilityAddressSpace', guid);
  const space = await configuration.create('AvailabilityAddressSpace', 'notes.domain.test', { ForestName: 'notes.domain.test', AccessMethod: 'OrgWideFB', TargetAutodiscoverEpr: discoveryUrl, ...properties });
  const credential = options.credential === undefined ? { userName: 'NOTES\\svc', password: 'geheim' } : options.credential;
  if (credential !== null) await credentials.set(space.guid, credential);
  const response = await premises.lookUpFreeBusy(
    {
      mailboxes: [{ email: { address: options.address ?? 'user@notes.domain.test' }, attendeeType: 'Required', excludeConflicts: false }],
      freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: (options.view ?? 'Detailed') as 'Detailed' },
    },
    bert,
    contextOf('request-0001'),
  );
  const [outcome] = response.freeBusy ?? [];
  assert.ok(outcome !== undefined);
  return { response, text: outcome.ok ? 'ok' : outcome.failure.messageText, code: outcome.ok ? '' : outcome.failure.responseCode };
}

test('credentials: Autodiscover in plain XML, then the availability service, with Basic both times', async () => {
  const { response } = await lookUp({});
  const [outcome] = response.freeBusy ?? [];
  assert.ok(outcome?.ok === true);
  assert.deepEqual(outcome.view.events?.map(({ start: begin, busyType }) => [begin - start, busyType]), [[9 * 3_600_000, 'Busy']]);
  assert.deepEqual(response.paths?.map(({ source, name, endpoint }) => [source, name, endpoint]), [['AvailabilityAddressSpace', 'notes.domain.test', 'https://notes.server.test/freebusy']]);
  assert.deepEqual(seen.map(({ path }) => path), ['/AutoDiscover/AutoDiscover.xml', '/freebusy']);
  assert.match(seen[0]?.body ?? '', /<EMailAddress>User@Notes\.Domain\.test<\/EMailAddress>/);
  // OrgWideFB asks for times only.
  assert.match(seen[1]?.body ?? '', /<t:RequestedView>FreeBusy<\/t:RequestedView>/);
});

test('PerUserFB asks for the view that the client wants', async () => {
  assert.equal((await lookUp({ AccessMethod: 'PerUserFB' })).text, 'ok');
  assert.match(seen[1]?.body ?? '', /<t:RequestedView>Detailed<\/t:RequestedView>/);
});

test('an address that nobody here has belongs to the address space of its domain', async () => {
  assert.equal((await lookUp({}, { address: 'nobody@notes.domain.test' })).text, 'ok');
});

test('without an endpoint, the places of the domain are tried in the published order', async () => {
  const { text } = await lookUp({ TargetAutodiscoverEpr: null });
  assert.equal(text, 'ok');
  assert.deepEqual(seen.map(({ path }) => path), ['/autodiscover/autodiscover.xml', '/freebusy']);
});

test('InternalProxy asks the given endpoint; the service account is a token of our own', async () => {
  const { text } = await lookUp({ AccessMethod: 'InternalProxy', UseServiceAccount: true, ProxyUrl: 'https://notes.server.test/EWS/Exchange.asmx' }, { credential: null });
  assert.equal(text, 'ok');
  assert.deepEqual(seen.map(({ path, authorization }) => [path, authorization]), [['/EWS/Exchange.asmx', 'Bearer service-account-for notes.server.test']]);
});

test('row 8: the connection is cut while the request is sent', async () => {
  const { text, code } = await lookUp({ TargetAutodiscoverEpr: 'https://reset.test/AutoDiscover/AutoDiscover.xml' });
  assert.equal(code, 'ErrorAutoDiscoverFailed');
  assert.ok(
    text.includes(
      'Autodiscover failed for email address User@Notes.Domain.test with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverFailedException: The underlying connection was closed: An unexpected error occurred on a send.. The request information is Discovery URL : https://reset.test/AutoDiscover/AutoDiscover.xml, EmailAddress : SMTP:user@notes.domain.test System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a send. ; System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host System.Net.Sockets.SocketException: An existing connection was forcibly closed by the remote host',
    ),
    text,
  );
});

test('a wrong password, and none at all', async () => {
  const wrong = await lookUp({}, { credential: { userName: 'NOTES\\svc', password: 'falsch' } });
  assert.match(wrong.text, /AutoDiscoverFailedException: The request failed with HTTP status 401: Unauthorized\.\. The request information is Discovery URL : https:\/\/notes\.server\.test/);
  assert.equal(JSON.stringify(wrong.response).includes('falsch'), false);
  const none = await lookUp({}, { credential: null });
  assert.equal(none.code, 'ErrorInvalidCrossForestCredentials');
  assert.match(none.text, /^The availability address space 'notes\.domain\.test' has neither credentials nor the service account/);
  assert.equal(seen.length, 1, 'nothing is asked without credentials');
});

test('what Autodiscover says of a person', async () => {
  for (const [said, text] of [
    ['<Error Time="10:00" Id="1"><ErrorCode>500</ErrorCode><Message>The email address can\'t be found.</Message><DebugData/></Error>', /AutoDiscoverFailedException: The email address can't be found\. The request information is Discovery URL/],
    ['<Account><Action>settings</Action></Account>', /Response is not well-formed XML/],
    ['<Account><Action>redirectUrl</Action><RedirectUrl>https://elsewhere.test/autodiscover.xml</RedirectUrl></Account>', /a redirect leads elsewhere/],
    ['<Account><Action>redirectUrl</Action><RedirectUrl>http://notes.server.test/autodiscover.xml</RedirectUrl></Account>', /a redirect leads elsewhere/],
    ['<Account><Action>redirectUrl</Action><RedirectUrl>https://notes.server.test/again/autodiscover.xml</RedirectUrl></Account>', /more than 10 redirects/],
    ['<Account><Action>redirectAddr</Action><RedirectAddr>user@elsewhere.test</RedirectAddr></Account>', /a redirect leads to another domain/],
    ['<Account><Action>settings</Action><Protocol><Type>EXPR</Type><ASUrl>http://notes.server.test/freebusy</ASUrl></Protocol></Account>', /has no https URL/],
  ] as const) {
    discovery = () => autodiscover(said);
    assert.match((await lookUp({})).text, text, said);
  }
  discovery = () => '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>';
  assert.match((await lookUp({})).text, /Response is not well-formed XML/);
});

test('redirects within the domain are followed', async () => {
  discovery = (address) => (address === 'moved@notes.domain.test' ? settings : autodiscover('<Account><Action>redirectAddr</Action><RedirectAddr>moved@notes.domain.test</RedirectAddr></Account>'));
  assert.equal((await lookUp({})).text, 'ok');
  assert.match(seen[2]?.body ?? '', /<t:Address>moved@notes\.domain\.test<\/t:Address>/);
});

test('row 14: in the cloud the person must be in the directory', async () => {
  const { configuration, credentials } = cloud.organization;
  const space = await configuration.create('AvailabilityAddressSpace', 'notes.domain.test', { ForestName: 'notes.domain.test', AccessMethod: 'OrgWideFB', TargetAutodiscoverEpr: discoveryUrl });
  await credentials.set(space.guid, { userName: 'NOTES\\svc', password: 'geheim' });
  await cloud.add({ primarySmtpAddress: 'anna@contoso.test' });
  const ask = async (): Promise<string> => {
    const response = await cloud.lookUpFreeBusy(
      {
        mailboxes: [{ email: { address: 'user@notes.domain.test' }, attendeeType: 'Required', excludeConflicts: false }],
        freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusy' },
      },
      await cloud.requester('anna@contoso.test'),
      contextOf('request-0002'),
    );
    const [outcome] = response.freeBusy ?? [];
    return outcome?.ok === false ? `${outcome.failure.responseCode} ${outcome.failure.messageText}` : 'ok';
  };
  assert.match(await ask(), /^ErrorMailRecipientNotFound .*MailRecipientNotFoundException: Unable to resolve e-mail address user@notes\.domain\.test to an Active Directory object\.\s.*LID: 57660$/s);
  await cloud.add({ recipientTypeDetails: 'MailContact', primarySmtpAddress: 'user@notes.domain.test', externalEmailAddress: 'user@notes.domain.test' });
  assert.equal(await ask(), 'ok');
});

test('accounts of the availability configuration see what is for everybody, or times alone, and ask for nobody elsewhere', async () => {
  const { configuration, calendars } = premises.organization;
  const service = await premises.add({ primarySmtpAddress: 'svc@contoso.test' });
  await calendars.put(bert.recipient.guid, { uid: 'secret', timeZone: 'UTC', start: start + 3_600_000, end: start + 7_200_000, subject: 'Secret plan', location: '', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: false });
  const ask = async (address: string): Promise<{ type: string; text: string }> => {
    const response = await premises.lookUpFreeBusy(
      {
        mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }],
        freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'Detailed' },
      },
      { recipient: service, origin: 'local' },
      contextOf('request-0003'),
    );
    const [outcome] = response.freeBusy ?? [];
    return { type: outcome?.ok === true ? outcome.view.viewType : '', text: JSON.stringify(outcome) };
  };
  await calendars.setPermission(bert.recipient.guid, 'Default', 'LimitedDetails');
  await configuration.create('AvailabilityConfig', 'Availability Configuration', { OrgWideAccount: 'svc@contoso.test' });
  assert.deepEqual([(await ask('bert@contoso.test')).type, /Secret/.test((await ask('bert@contoso.test')).text)], ['FreeBusy', false]);
  assert.match((await ask('user@notes.domain.test')).text, /not allowed because the requester is from a different organization/);
  await configuration.update('AvailabilityConfig', 'Availability Configuration', { OrgWideAccount: null, PerUserAccount: 'SVC@contoso.test' });
  assert.deepEqual([(await ask('bert@contoso.test')).type, /Secret/.test((await ask('bert@contoso.test')).text)], ['Detailed', true]);
  await configuration.update('AvailabilityConfig', 'Availability Configuration', { PerUserAccount: null });
  assert.equal((await ask('user@notes.domain.test')).text.includes('different organization'), false, 'an account like any other');
});
