import assert from 'node:assert/strict';
import { createServer as createTcpServer } from 'node:net';
import type { Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { after, before, test } from 'node:test';
import type { AvailabilityFailure, Requester } from '../../ews/index.ts';
import { listen, systemClock } from '../../foundation/index.ts';
import type { Listener } from '../../foundation/index.ts';
import { createSelfSignedCertificate, IdentityError } from '../../identity/index.ts';
import type { Interruption, LoopbackNetwork, LoopbackOrganization } from './loopback-organization.ts';
import { bearerOf, contextOf, createLoopbackNetwork, startLoopbackOrganization } from './loopback-organization.ts';

const diagnostics = '2000005;reason="The user specified by the user-context in the token is ambiguous.";error_category="invalid_user"';
const start = Date.parse('2026-11-30T00:00:00Z');
const ewsUrl = 'https://remote.test/EWS/Exchange.asmx';
const discoveryUrl = 'https://remote.test/autodiscover/autodiscover.svc';
let network: LoopbackNetwork;
let premises: LoopbackOrganization;
let remote: LoopbackOrganization;
let bert: Requester;
let getAuthorization: (requester: Requester) => Promise<string> = (requester) => Promise.resolve(bearerOf(requester));
let expire: () => void = () => undefined;
const listeners: Listener[] = [];

before(async () => {
  network = await createLoopbackNetwork();
  premises = await startLoopbackOrganization(network, ['premises.test'], {
    getAuthorization: (_url, requester) => getAuthorization(requester),
    setDeadline: (_ms, callback) => {
      expire = callback;
      return () => undefined;
    },
  });
  remote = await startLoopbackOrganization(network, ['remote.test']);
  await premises.add({ primarySmtpAddress: 'bert@contoso.test' });
  await premises.add({ recipientTypeDetails: 'MailUser', primarySmtpAddress: 'anna@contoso.test', externalEmailAddress: 'anna@remote.test' });
  await remote.add({ primarySmtpAddress: 'anna@remote.test' });
  await remote.add({ recipientTypeDetails: 'MailContact', primarySmtpAddress: 'bert@contoso.test', externalEmailAddress: 'bert@contoso.test' });
  await premises.organization.configuration.create('IntraOrganizationConnector', 'Remote', { TargetAddressDomains: ['remote.test'] });
  bert = await premises.requester('bert@contoso.test');
  const serve = async (host: string, server: Parameters<typeof listen>[0]): Promise<void> => {
    const listener = await listen(server);
    listeners.push(listener);
    network.names.set(host, listener.port);
  };
  const { certificate, privateKey } = await createSelfSignedCertificate({ commonName: 'untrusted.test', days: 1, clock: systemClock });
  await serve('untrusted.test', createTlsServer({ cert: certificate, key: privateKey }));
  await serve(
    'plain.test',
    createTcpServer((socket) => void socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).on('error', () => undefined)),
  );
  await serve(
    'reset.test',
    createTcpServer((socket) => void socket.on('data', () => socket.resetAndDestroy())),
  );
  network.names.set('silent.test', 0);
  const closed = await listen(createTcpServer());
  network.names.set('closed.test', closed.port);
  await closed.close();
});

after(() => Promise.all([premises.close(), remote.close(), ...listeners.map((listener) => listener.close())]));

async function lookUp(
  connector: { TargetSharingEpr?: string; DiscoveryEndpoint?: string },
  interruption?: Interruption,
): Promise<AvailabilityFailure | undefined> {
  remote.interruption = interruption;
  await premises.organization.configuration.update('IntraOrganizationConnector', 'Remote', { TargetSharingEpr: null, DiscoveryEndpoint: null, ...connector });
  const response = await premises.lookUpFreeBusy(
    {
      mailboxes: [{ email: { address: 'anna@contoso.test' }, attendeeType: 'Required', excludeConflicts: false }],
      freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusy' },
    },
    bert,
    contextOf('problem-1'),
  );
  const [outcome] = response.freeBusy ?? [];
  assert.ok(outcome);
  return outcome.ok ? undefined : outcome.failure;
}

const answer =
  (status: number, reason: string, headers: Record<string, string> = {}, body = ''): Interruption =>
  (_request, response) => {
    response.writeHead(status, reason, headers).end(body);
    return true;
  };
const fault = (text: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>${text}</faultstring></s:Fault></s:Body></s:Envelope>`;
const xml = { 'content-type': 'text/xml; charset=utf-8' };

/** Each way to fail, and the sentence it leads to; the answer ends with `LID`. */
const cases: readonly {
  name: string;
  connector: { TargetSharingEpr?: string; DiscoveryEndpoint?: string };
  interruption?: Interruption;
  code?: string;
  text: string;
  lid?: string;
}[] = [
  {
    name: 'row 6: diagnostics of a refused token',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: answer(401, 'Unauthorized', { 'x-ms-diagnostics': diagnostics }),
    text: `Proxy web request failed. , inner exception: The request failed with HTTP status 401: Unauthorized diagnostics: ${diagnostics}`,
    lid: '43532',
  },
  {
    name: 'row 10: 401',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: answer(401, 'Unauthorized'),
    text: 'Proxy web request failed. , inner exception: System.Net.WebException: The request failed with HTTP status 401: Unauthorized.',
    lid: '43532',
  },
  {
    name: 'row 13: 403 with the words of a gateway',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: answer(403, 'Forbidden ( The server denied the specified Uniform Resource Locator (URL). Contact the server administrator. )'),
    text: 'Proxy web request failed. , inner exception: The request failed with HTTP status 403: Forbidden ( The server denied the specified Uniform Resource Locator (URL). Contact the server administrator. ).',
    lid: '43532',
  },
  {
    name: 'row 1: a SOAP fault',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: answer(500, 'Internal Server Error', xml, fault('An internal server error occurred. The operation failed.')),
    text: 'Proxy web request failed. , inner exception: An internal server error occurred. The operation failed.',
    lid: '59916',
  },
  {
    name: 'row 18: a fault of the other organisation',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: answer(
      500,
      'Internal Server Error',
      xml,
      fault(
        'The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled.',
      ),
    ),
    text: 'The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled.',
    lid: '59916',
  },
  {
    name: 'row 27: HTML',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: answer(200, 'OK', { 'content-type': 'text/html' }, '<html><body>Welcome'),
    text: 'Proxy web request failed. , inner exception: Response is not well-formed XML.',
    lid: '43532',
  },
  {
    name: 'row 31: a redirect is not followed',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: answer(302, 'Found', { location: 'https://elsewhere.test/' }),
    text: '<head><title>Object moved</title></head>',
    lid: '43532',
  },
  {
    name: 'row 7: reset after the request',
    connector: { TargetSharingEpr: ewsUrl },
    interruption: (request) => Boolean((request.socket as Socket & { _parent?: Socket }).destroy()),
    text: 'An unexpected error occurred on a receive. System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.',
    lid: '43532',
  },
  {
    name: 'row 8: reset in the handshake',
    connector: { TargetSharingEpr: 'https://reset.test/EWS/Exchange.asmx' },
    text: 'An unexpected error occurred on a send. ; System.IO.IOException',
    lid: '43532',
  },
  {
    name: 'row 4: refused',
    connector: { TargetSharingEpr: 'https://closed.test/EWS/Exchange.asmx' },
    text: 'System.Net.WebException: Unable to connect to the remote server ; System.Net.Sockets.SocketException: No connection could be made because the target machine actively refused it closed.test:443',
    lid: '43532',
  },
  {
    name: 'row 4: silence',
    connector: { TargetSharingEpr: 'https://silent.test/EWS/Exchange.asmx' },
    text: 'A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond silent.test:443',
    lid: '43532',
  },
  {
    name: 'row 29: EWS name not found',
    connector: { TargetSharingEpr: 'https://nowhere.test/EWS/Exchange.asmx' },
    text: "Proxy web request failed. , inner exception: System.Net.WebException: The remote name could not be resolved: 'nowhere.test'",
    lid: '43532',
  },
  {
    name: 'row 32: no TLS',
    connector: { TargetSharingEpr: 'https://plain.test/EWS/Exchange.asmx' },
    text: 'The request was aborted: Could not create SSL/TLS secure channel.',
    lid: '43532',
  },
  {
    name: 'row 32: an untrusted certificate',
    connector: { TargetSharingEpr: 'https://untrusted.test/EWS/Exchange.asmx' },
    text: 'Could not create SSL/TLS secure channel. ; System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure.',
    lid: '43532',
  },
  {
    name: 'row 5: Autodiscover is not there',
    connector: { DiscoveryEndpoint: discoveryUrl },
    interruption: answer(404, 'Not Found'),
    code: 'ErrorAutoDiscoverFailed',
    text: 'Autodiscover failed for email address anna@remote.test with error System.Net.WebException: The request failed with HTTP status 404: Not Found.',
  },
  {
    name: 'row 29: Autodiscover name not found',
    connector: { DiscoveryEndpoint: 'https://nowhere.test/autodiscover/autodiscover.svc' },
    code: 'ErrorAutoDiscoverFailed',
    text: "Autodiscover failed for E-Mail Address anna@remote.test with error System.Net.WebException: The remote name could not be resolved: 'nowhere.test'",
  },
  {
    name: 'row 3: Autodiscover faults',
    connector: { DiscoveryEndpoint: discoveryUrl },
    interruption: answer(500, 'Internal Server Error', xml, fault('An error occurred when verifying security for the message.')),
    code: 'ErrorAutoDiscoverFailed',
    text: 'with error System.Web.Services.Protocols.SoapHeaderException: An error occurred when verifying security for the message',
  },
  {
    name: 'no endpoint at all',
    connector: {},
    code: 'ErrorAutoDiscoverFailed',
    text: "the intra-organization connector 'Remote' has neither a TargetSharingEpr nor a DiscoveryEndpoint",
  },
];

for (const { name, connector, interruption, code, text, lid } of cases) {
  test(name, async () => {
    const failure = await lookUp(connector, interruption);
    assert.equal(failure?.responseCode, code ?? 'ErrorProxyRequestProcessingFailed');
    assert.ok(failure.messageText.includes(text), failure.messageText);
    assert.equal(/LID: (\d+)$/.exec(failure.messageText)?.[1], lid);
    assert.equal(failure.exceptionServerName, 'premises.test');
  });
}

test('without a fault the same lookup is answered', async () => {
  assert.equal(await lookUp({ TargetSharingEpr: ewsUrl }), undefined);
  assert.equal(await lookUp({ DiscoveryEndpoint: discoveryUrl }), undefined);
});

test('a token that is not to be had: nothing is sent, and the reason is given', async (t) => {
  t.after(() => (getAuthorization = (requester) => Promise.resolve(bearerOf(requester))));
  const rows: [Error, string][] = [
    [
      new IdentityError('IDENTITY_SIGNING_CERTIFICATE_MISSING', 'x'),
      'Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFailedException: Missing signing certificate.',
    ],
    [
      new IdentityError('IDENTITY_TOKEN_REQUEST_REFUSED', 'x', {
        facts: {
          error: 'invalid_client',
          description:
            "AADSTS70002: Error validating credentials. AADSTS50012: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: 'AB']",
        },
      }),
      "Error:Unable to get token from Auth Server. Error code: 'invalid_client'. Description: 'AADSTS70002: Error validating credentials. AADSTS50012: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: 'AB']'.",
    ],
    [
      new IdentityError('IDENTITY_TOKEN_SERVICE_UNREACHABLE', 'x', { facts: { endpoint: 'https://login.test/token' } }),
      'Failed to communicate with https://login.test/token., inner exception: Unable to connect to the remote server',
    ],
    [new Error('anything else'), 'Unable to get token from Auth Server.'],
  ];
  for (const [error, text] of rows) {
    remote.seen.length = 0;
    getAuthorization = () => Promise.reject(error);
    for (const connector of [{ TargetSharingEpr: ewsUrl }, { DiscoveryEndpoint: discoveryUrl }]) {
      const failure = await lookUp(connector);
      assert.equal(failure?.responseCode, connector.TargetSharingEpr === undefined ? 'ErrorAutoDiscoverFailed' : 'ErrorProxyRequestProcessingFailed');
      assert.ok(failure.messageText.includes(`System.Net.WebException: The request failed with HTTP status 401: Unauthorized. ; `), failure.messageText);
      assert.ok(failure.messageText.includes(text), failure.messageText);
      assert.ok(!failure.messageText.includes('anything else'));
    }
    assert.equal(remote.seen.length, 0);
  }
});

test('a token that never comes runs into the same deadline', async (t) => {
  t.after(() => (getAuthorization = (requester) => Promise.resolve(bearerOf(requester))));
  const asked = Promise.withResolvers<void>();
  getAuthorization = () => {
    asked.resolve();
    return new Promise(() => undefined);
  };
  const looking = lookUp({ TargetSharingEpr: ewsUrl });
  await asked.promise;
  expire();
  assert.equal((await looking)?.responseCode, 'ErrorTimeoutExpired');
});

test('Autodiscover that names an endpoint without TLS gets no token sent there', async () => {
  const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage xmlns="http://schemas.microsoft.com/exchange/2010/Autodiscover"><Response><ErrorCode>NoError</ErrorCode><UserResponses><UserResponse><ErrorCode>NoError</ErrorCode><UserSettingErrors/><UserSettings><UserSetting><Name>ExternalEwsUrl</Name><Value>http://remote.test/EWS/Exchange.asmx</Value></UserSetting></UserSettings></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`;
  const failure = await lookUp({ DiscoveryEndpoint: discoveryUrl }, answer(200, 'OK', xml, body));
  assert.equal(failure?.responseCode, 'ErrorAutoDiscoverFailed');
  assert.match(failure.messageText, /Error message: SettingIsNotAvailable\./);
});

test('a relationship without federation trust says what is missing', async () => {
  const { configuration } = premises.organization;
  const endpoint = { TargetSharingEpr: 'https://remote.test/EWS/Exchange.asmx' };
  await configuration.update('IntraOrganizationConnector', 'Remote', { Enabled: false });
  await configuration.create('OrganizationRelationship', 'To remote', { DomainNames: ['remote.test'], FreeBusyAccessEnabled: true });
  assert.match((await lookUp({}))?.messageText ?? '', /the organization relationship 'To remote' has neither a TargetSharingEpr nor a TargetAutodiscoverEpr/);
  await configuration.update('OrganizationRelationship', 'To remote', endpoint);
  const failure = await lookUp({});
  assert.match(failure?.messageText ?? '', /The federation certificate of this organization is missing or has expired\./);
  assert.equal(failure?.responseCode, 'ErrorProxyRequestProcessingFailed');
});
