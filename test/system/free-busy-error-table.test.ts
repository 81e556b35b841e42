import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import { createHttpClient, createRequestId, systemDial } from '../../src/foundation/index.ts';
import { connectExchange, createTenantDirectorySession } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { basic, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

// The rows of the free/busy error table that concern tokens. Each is brought about by a setting, a certificate, a clock
// or the state of a directory, goes through real listeners, and is compared with the table letter by letter.

const seed = join(import.meta.dirname, '../../../shared/seeds/002_889d653014d9c8f0.txt');
const table = existsSync(seed) ? plain(readFileSync(seed, 'utf8')) : undefined;

/** Text without markup, and with every run of blanks as one. */
function plain(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&#xD;', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
}

let fixture: LabFixture;
let onPremises: CmdletSession;
let cloud: CmdletSession;
let tenant: CmdletSession;
const closings: (() => Promise<unknown>)[] = [];
before(async () => {
  fixture = await startLabFixture({ freeBusy: 'both' });
  const session = (party: 'onPremises' | 'cloud', side: 'on-premises' | 'cloud'): CmdletSession => {
    const administrator = fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
    assert.ok(administrator !== undefined);
    return connectExchange({ url: new URL(fixture.info.parties[party].urls['admin'] ?? '').origin, httpClient: fixture.httpClient, authorization: () => basic(administrator), tenant: fixture.info.tenant.id });
  };
  onPremises = session('onPremises', 'on-premises');
  cloud = session('cloud', 'cloud');
  tenant = createTenantDirectorySession(fixture.lab.sts, fixture.info.tenant.id);
});
after(async () => {
  for (const close of closings) await close();
  await fixture.close();
});

async function ask(from: string, address: string): Promise<string> {
  const start = Date.parse(fixture.info.startedAt);
  const answer = await fixture.client.lookUpFreeBusy({
    asker: fixture.account(from),
    requestId: createRequestId(),
    authentication: 'Basic',
    request: {
      mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }],
      freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
    },
  });
  const [outcome] = answer.freeBusy ?? [];
  assert.ok(outcome !== undefined);
  return outcome.ok ? 'ok' : `${outcome.failure.responseCode} ${outcome.failure.messageText.replaceAll(/\s+/g, ' ')}`;
}

/** Cloud to on-premises, and on-premises to cloud. */
const toOnPremises = (): Promise<string> => ask('anna', 'bert@contoso.test');
const toCloud = (): Promise<string> => ask('bert', 'anna@contoso.test');

/** The answer says what the table says, each piece of it. `said` replaces names of the table by those of the lab. */
function says(answer: string, pieces: readonly string[], said: (piece: string) => string = (piece) => piece): void {
  for (const piece of pieces) {
    if (table !== undefined) assert.ok(table.includes(piece), `the table does not say: ${piece}`);
    assert.ok(answer.includes(said(piece)), `${said(piece)}\n  is not in: ${answer}`);
  }
}

async function one(session: CmdletSession, cmdlet: string): Promise<Record<string, unknown>> {
  const [found] = await session.invoke(cmdlet, {});
  assert.ok(found !== undefined, cmdlet);
  return found;
}

/** Over OAuth the connectors decide, over DAuth the relationships, once the connectors are disabled. */
async function crossBy(trust: 'OAuth' | 'DAuth'): Promise<void> {
  for (const session of [onPremises, cloud]) {
    const { Name: Identity } = await one(session, 'Get-IntraOrganizationConnector');
    await session.invoke('Set-IntraOrganizationConnector', { Identity, Enabled: trust === 'OAuth' });
  }
}

async function setCloudRelationship(changes: Record<string, unknown>): Promise<() => Promise<unknown>> {
  const former = await one(cloud, 'Get-OrganizationRelationship');
  await cloud.invoke('Set-OrganizationRelationship', { Identity: former['Name'], ...changes });
  return () => cloud.invoke('Set-OrganizationRelationship', { Identity: former['Name'], ...Object.fromEntries(Object.keys(changes).map((name) => [name, former[name]])) });
}

/** Any change of configuration ends what the cloud keeps of tokens. */
async function forgetTokens(): Promise<void> {
  const { PhotosEnabled } = await one(cloud, 'Get-OrganizationRelationship');
  await setCloudRelationship({ PhotosEnabled: PhotosEnabled !== true });
}

/** A server of nobody's that stands in the way under a name of the lab. */
async function stand(name: string, handler: Parameters<typeof createServer>[1] & object): Promise<void> {
  const { certificate: cert, privateKey: key } = await fixture.lab.issueCertificate([name]);
  const server: Server = createServer({ cert, key }, handler);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closings.push(() => new Promise((resolve) => void server.close(resolve).closeAllConnections()));
  fixture.lab.register(name, { host: '127.0.0.1', port: (server.address() as AddressInfo).port });
}

const minutes = 60_000;

test('the texts are compared with the error table itself', { skip: table === undefined && 'the error table is not here: only the texts in this file are compared' }, () => {
  assert.match(table ?? '', /INDEX F\/B ERROR F\/B direction/);
});

test('before anything is wrong, both ways answer over both trusts', async () => {
  for (const trust of ['DAuth', 'OAuth'] as const) {
    await crossBy(trust);
    assert.deepEqual([await toOnPremises(), await toCloud()], ['ok', 'ok'], trust);
  }
});

test('row 6: two people share what the token says of the user', async () => {
  await onPremises.invoke('Set-RemoteMailbox', { Identity: 'anna@contoso.test', UserPrincipalName: 'anna@corp.contoso.test' });
  await onPremises.invoke('New-MailUser', { Name: 'Duplicate', Alias: 'duplicate', UserPrincipalName: 'anna@contoso.test', ExternalEmailAddress: 'duplicate@elsewhere.test' });
  const answer = await toOnPremises();
  says(answer, ['Proxy web request failed. , inner exception: The request failed with HTTP status 401: Unauthorized diagnostics: 2000005;reason=', 'The user specified by the user-context in the token is ambiguous.', 'error_category="invalid_user"', 'LID: 43532']);
  await onPremises.invoke('Remove-MailUser', { Identity: 'Duplicate' });
  await onPremises.invoke('Set-RemoteMailbox', { Identity: 'anna@contoso.test', UserPrincipalName: 'anna@contoso.test' });
  assert.equal(await toOnPremises(), 'ok');
});

test('row 10, OAuth: the virtual directory takes no tokens', async () => {
  const { Identity } = await one(onPremises, 'Get-WebServicesVirtualDirectory');
  await onPremises.invoke('Set-WebServicesVirtualDirectory', { Identity, OAuthAuthentication: false });
  says(await toOnPremises(), ['The request failed with HTTP status 401: Unauthorized']);
  await onPremises.invoke('Set-WebServicesVirtualDirectory', { Identity, OAuthAuthentication: true });
  assert.equal(await toOnPremises(), 'ok');
});

test('row 18: no linked account, an account without roles, and a user whose account is disabled', async () => {
  const missing = 'The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled.';
  const { Name: application, LinkedAccount } = await one(onPremises, 'Get-PartnerApplication');
  await onPremises.invoke('Set-PartnerApplication', { Identity: application, LinkedAccount: null });
  says(await toOnPremises(), [missing]);
  await onPremises.invoke('Set-PartnerApplication', { Identity: application, LinkedAccount });
  assert.equal(await toOnPremises(), 'ok');

  const assignments = await onPremises.invoke('Get-ManagementRoleAssignment', { RoleAssignee: 'Exchange Online-ApplicationAccount' });
  for (const { Name } of assignments) await onPremises.invoke('Remove-ManagementRoleAssignment', { Identity: Name, Confirm: false });
  says(await toOnPremises(), [missing]);
  for (const { Role } of assignments) await onPremises.invoke('New-ManagementRoleAssignment', { Role, User: 'Exchange Online-ApplicationAccount' });
  assert.equal(await toOnPremises(), 'ok');

  await onPremises.invoke('Set-RemoteMailbox', { Identity: 'anna@contoso.test', AccountDisabled: true });
  says(await toOnPremises(), [missing]);
  await onPremises.invoke('Set-RemoteMailbox', { Identity: 'anna@contoso.test', AccountDisabled: false });
  assert.equal(await toOnPremises(), 'ok');
});

test('row 33: an on-premises user whom nobody has synchronised', async () => {
  const [bert] = await cloud.invoke('Get-MailUser', { Identity: 'bert@contoso.test' });
  assert.ok(bert !== undefined);
  await cloud.invoke('Remove-MailUser', { Identity: 'bert@contoso.test' });
  says(await toCloud(), ['The user specified by the user-context in the token does not exist.";error_category="invalid_user"', '401: Unauthorized']);
  await cloud.invoke('New-MailUser', { Name: bert['DisplayName'], Alias: bert['Alias'], MicrosoftOnlineServicesID: bert['UserPrincipalName'], PrimarySmtpAddress: 'bert@contoso.test', ExternalEmailAddress: 'bert@contoso.test' });
  assert.equal(await toCloud(), 'ok');
});

test('row 34: a device on the way gives the request another host name', async () => {
  const device = createHttpClient({ dial: (_host, _port, signal) => systemDial('127.0.0.1', Number(new URL(fixture.info.parties.onPremises.urls['ews'] ?? '').port), signal), ca: readFileSync(fixture.info.caFile, 'utf8') });
  closings.push(() => device.close());
  await stand('device.contoso.test', (incoming, outgoing) => {
    const { host: _, connection: __, ...headers } = incoming.headers;
    void request(`https://mail.contoso.test${incoming.url ?? ''}`, { dispatcher: device, method: 'POST', headers: headers as Record<string, string>, body: incoming }).then(async ({ statusCode, headers: answered, body }) => {
      outgoing.writeHead(statusCode, answered as Record<string, string>).end(Buffer.from(await body.arrayBuffer()));
    });
  });
  const exchange = '00000002-0000-0ff1-ce00-000000000000';
  const [principal] = await tenant.invoke('Get-MsolServicePrincipal', { AppPrincipalId: exchange });
  assert.ok(principal !== undefined);
  await tenant.invoke('Set-MsolServicePrincipal', { AppPrincipalId: exchange, ServicePrincipalNames: [...(principal['ServicePrincipalNames'] as string[]), 'https://device.contoso.test', `${exchange}/device.contoso.test`] });
  const { Name, TargetSharingEpr } = await one(cloud, 'Get-IntraOrganizationConnector');
  await cloud.invoke('Set-IntraOrganizationConnector', { Identity: Name, TargetSharingEpr: 'https://device.contoso.test/EWS/Exchange.asmx' });
  says(await toOnPremises(), ['The hostname component of the audience claim value \'https://<hybrid.domain.com>\' is invalid";error_category="invalid_resource"', '401: Unauthorized'], (piece) => piece.replace('<hybrid.domain.com>', 'device.contoso.test'));
  await cloud.invoke('Set-IntraOrganizationConnector', { Identity: Name, TargetSharingEpr });
  assert.equal(await toOnPremises(), 'ok');
});

test('from here on the relationships decide', async () => {
  await crossBy('DAuth');
  assert.deepEqual([await toOnPremises(), await toCloud()], ['ok', 'ok']);
});

for (const offset of [6, -6]) {
  test(`row 3: the responder’s clock is ${offset > 0 ? 'six minutes fast' : 'six minutes slow'}; by four it may be wrong`, async (t) => {
    t.after(() => fixture.lab.setClockOffset('onPremises', 0));
    fixture.lab.setClockOffset('onPremises', offset * minutes);
    says(await toOnPremises(), ['An error occurred when verifying security for the message']);
    const putBack = await setCloudRelationship({ TargetSharingEpr: null });
    says(
      await toOnPremises(),
      ['Autodiscover failed for email address joe@contoso.com with error System.Web.Services.Protocols.SoapHeaderException: An error occurred when verifying security for the message'],
      (piece) => piece.replace('joe@contoso.com', 'bert@contoso.test'),
    );
    await putBack();
    fixture.lab.setClockOffset('onPremises', (offset * 2 * minutes) / 3);
    assert.equal(await toOnPremises(), 'ok');
    fixture.lab.setClockOffset('onPremises', 0);
    assert.equal(await toOnPremises(), 'ok');
  });
}

test('row 3: the relationship names an application URI that the other organisation no longer has', async () => {
  const federate = (AccountNamespace: string): Promise<unknown> => onPremises.invoke('Set-FederatedOrganizationIdentifier', { DelegationFederationTrust: 'Microsoft Federation Gateway', AccountNamespace });
  const [proof] = await onPremises.invoke('Get-FederatedDomainProof', { DomainName: 'sales.contoso.test' });
  fixture.lab.publishText('sales.contoso.test', String(proof?.['Proof']));
  await federate('sales.contoso.test');
  says(await toOnPremises(), ['An error occurred when verifying security for the message']);
  const { Name } = await one(cloud, 'Get-OrganizationRelationship');
  const results = await cloud.invoke('Test-OrganizationRelationship', { Identity: Name, UserIdentity: 'anna@contoso.test' });
  assert.ok(results.some(({ Id }) => Id === 'MismatchedFederation'));
  await federate('contoso.test');
  assert.equal(await toOnPremises(), 'ok');
});

test('rows 3 and 10, DAuth: WSSecurity is switched off', async () => {
  for (const noun of ['WebServicesVirtualDirectory', 'AutodiscoverVirtualDirectory']) {
    const putBack = noun.startsWith('Auto') ? await setCloudRelationship({ TargetSharingEpr: null }) : undefined;
    const { Identity } = await one(onPremises, `Get-${noun}`);
    await onPremises.invoke(`Set-${noun}`, { Identity, WSSecurityAuthentication: false });
    says(await toOnPremises(), ['The request failed with HTTP status 401: Unauthorized']);
    await onPremises.invoke(`Set-${noun}`, { Identity, WSSecurityAuthentication: true });
    await putBack?.();
  }
  assert.equal(await toOnPremises(), 'ok');
});

test('row 11: the cloud user lacks the routing address', async () => {
  const address = 'anna@contoso.mail.onmicrosoft.test';
  await cloud.invoke('Set-Mailbox', { Identity: 'anna@contoso.test', EmailAddresses: { remove: [`smtp:${address}`] } });
  const { Name } = await one(onPremises, 'Get-OrganizationRelationship');
  await onPremises.invoke('Set-OrganizationRelationship', { Identity: Name, PhotosEnabled: false });
  says(
    await toCloud(),
    [
      'Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverInvalidUserException: The response from the Autodiscover service at ',
      "failed due to an error in user setting 'ExternalEwsUrl'. Error message: InvalidUser.. Name of the server where exception originated: ",
      'LID: 33676',
    ],
    (piece) => piece.replace('InvalidUser.. Name', 'InvalidUser. . Name'),
  );
  await cloud.invoke('Set-Mailbox', { Identity: 'anna@contoso.test', EmailAddresses: { add: [`smtp:${address}`] } });
  assert.equal(await toCloud(), 'ok');
});

test('row 12: the calendar gives nothing to everybody, or the requester’s domain is not known', async () => {
  const refused = 'Microsoft.Exchange.InfoWorker.Common.Availability.NoFreeBusyAccessException: The caller does not have access to free/busy data';
  const [{ AccessRights } = {}] = await onPremises.invoke('Get-MailboxFolderPermission', { Identity: 'bert@contoso.test:\\Calendar', User: 'Default' });
  await onPremises.invoke('Set-MailboxFolderPermission', { Identity: 'bert@contoso.test:\\Calendar', User: 'Default', AccessRights: ['None'] });
  says(await toOnPremises(), [refused]);
  await onPremises.invoke('Set-MailboxFolderPermission', { Identity: 'bert@contoso.test:\\Calendar', User: 'Default', AccessRights });
  assert.equal(await toOnPremises(), 'ok');
  const { Name, DomainNames } = await one(onPremises, 'Get-OrganizationRelationship');
  await onPremises.invoke('Set-OrganizationRelationship', { Identity: Name, DomainNames: ['elsewhere.test'] });
  says(await toOnPremises(), [refused]);
  await onPremises.invoke('Set-OrganizationRelationship', { Identity: Name, DomainNames });
  assert.equal(await toOnPremises(), 'ok');
});

test('row 16: the target address leads to an organisation that has the person elsewhere', async () => {
  await onPremises.invoke('New-RemoteMailbox', { Name: 'Yvonne', Alias: 'yvonne', UserPrincipalName: 'yvonne@contoso.test', PrimarySmtpAddress: 'yvonne@contoso.test', RemoteRoutingAddress: 'yvonne@contoso.mail.onmicrosoft.test' });
  await cloud.invoke('New-MailContact', { Name: 'Yvonne', Alias: 'yvonne', ExternalEmailAddress: 'yvonne@contoso.test' });
  const answer = await ask('anna', 'yvonne@contoso.test');
  says(answer, ['CrossOrganizationProxyNotAllowedForExternalOrganization', 'LID: 39660']);
  says(answer, ['The cross-organization request for mailbox yyy@contoso.com is not allowed because the requester is from a different organization.'], (piece) => piece.replace('yyy@contoso.com', 'yvonne@contoso.test'));
  await cloud.invoke('Remove-MailContact', { Identity: 'Yvonne' });
  await onPremises.invoke('Remove-RemoteMailbox', { Identity: 'Yvonne' });
});

for (const [row, state, texts] of [
  ['19', 'PasswordMismatch', ['Soap fault exception received. The entered and stored passwords do not match']],
  ['20', 'PasswordChangeRequired', ['The password has to be changed.']],
  ['20', 'PasswordExpired', ['The password for the account has expired']],
  ['21', 'ProvisioningNeeded', ['Provision is needed before federated account can be logged in.', 'ErrorWin32InteropError']],
] as const) {
  test(`row ${row}: ${state}`, async () => {
    await fixture.lab.sts.setDelegationState(fixture.info.tenant.id, 'anna@contoso.test', state);
    await forgetTokens();
    says(await toOnPremises(), texts);
    const { Name } = await one(cloud, 'Get-OrganizationRelationship');
    const [step] = await cloud.invoke('Test-OrganizationRelationship', { Identity: Name, UserIdentity: 'anna@contoso.test' });
    assert.equal(step?.['Id'], 'FailureToGetDelegationToken');
    await fixture.lab.sts.setDelegationState(fixture.info.tenant.id, 'anna@contoso.test', null);
    assert.equal(await toOnPremises(), 'ok');
  });
}

test('row 23: an ImmutableId is set', async () => {
  await cloud.invoke('Set-Mailbox', { Identity: 'anna@contoso.test', ImmutableId: 'XGuNpVunD0afQeVNfyoUIQ==' });
  await forgetTokens();
  says(await toOnPremises(), ['The specified member name is either invalid or empty.', 'wst:FailedAuthentication', '0x80048821', '0x80041034']);
  const { Name } = await one(cloud, 'Get-OrganizationRelationship');
  const published = 'The email address "XGuNpVunD0afQeVNfyoUIQ==" isn\'t correct. Please use this format: user name, the @ sign, followed by the domain name. For example, tonysmith@contoso.com or tony.smith@contoso.com.';
  await assert.rejects(cloud.invoke('Test-OrganizationRelationship', { Identity: Name, UserIdentity: 'anna@contoso.test' }), (error: Error) => {
    says(error.message, [published]);
    return true;
  });
  await cloud.invoke('Set-Mailbox', { Identity: 'anna@contoso.test', ImmutableId: null });
  assert.equal(await toOnPremises(), 'ok');
});

test('row 27: something on the way answers a page', async () => {
  await stand('proxy.contoso.test', (incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in<br></body></html>');
  });
  const putBack = await setCloudRelationship({ TargetSharingEpr: 'https://proxy.contoso.test/EWS/Exchange.asmx' });
  says(await toOnPremises(), ['Proxy web request failed. , inner exception: Response is not well-formed XML.']);
  await putBack();
  assert.equal(await toOnPremises(), 'ok');
});

test('row 15: the gateway has changed its certificate, or the organisation has lost its own', async () => {
  const processing = 'Proxy web request failed. , inner exception: An error occurred when processing the security tokens in the message.';
  await fixture.lab.sts.rollSigningKey();
  await forgetTokens();
  const answer = await toOnPremises();
  says(answer, [processing, 'LID: 59916']);
  const results = await onPremises.invoke('Test-FederationTrust', { UserIdentity: 'bert@contoso.test' });
  assert.deepEqual(results.filter(({ Type }) => Type === 'Error').map(({ Id }) => Id), ['FederationMetadata', 'TokenValidation']);
  await onPremises.invoke('Set-FederationTrust', { Identity: 'Microsoft Federation Gateway', RefreshMetadata: true });
  assert.equal(await toOnPremises(), 'ok');

  const { OrgPrivCertificate } = await one(onPremises, 'Get-FederationTrust');
  await onPremises.invoke('Remove-ExchangeCertificate', { Thumbprint: OrgPrivCertificate, Confirm: false });
  says(await toOnPremises(), [processing]);
  assert.match(JSON.stringify(await onPremises.invoke('Test-FederationTrustCertificate', {})), /NotInstalled|Missing/i);
});

test('row 28: the gateway cannot be reached', async () => {
  await fixture.lab.stopParty('sts');
  await forgetTokens();
  says(await toOnPremises(), ['Failed to communicate with https://login.microsoftonline.com/extSTS.srf., inner exception: Unable to connect to the remote server'], (piece) => piece.replace('login.microsoftonline.com', 'login.cloud.test'));
});
