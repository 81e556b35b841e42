import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Agent, request } from 'undici';
import type { CmdletSession } from '../sessions/cmdlet-session.ts';
import { connectExchange } from '../sessions/connect-exchange.ts';
import type { ServedExchange } from './served-exchange.ts';
import { serveExchange } from './served-exchange.ts';

let exchange: ServedExchange;
before(async () => {
  exchange = await serveExchange();
});
after(() => exchange.close());

const authorization = `Basic ${Buffer.from('administrator@contoso.test:Pa$$w0rd').toString('base64')}`;

async function post(body: string, options: { tenant?: string; authorization?: string } = {}): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; json: unknown }> {
  const headers = { 'content-type': 'application/json', 'client-request-id': 'a-request-id', authorization: options.authorization ?? authorization };
  const response = await request(`${exchange.url}/adminapi/beta/${options.tenant ?? 'contoso.test'}/InvokeCommand`, { method: 'POST', headers, body });
  return { status: response.statusCode, headers: response.headers, json: await response.body.json() };
}

const call = (CmdletName: string, Parameters: unknown = {}): string => JSON.stringify({ CmdletInput: { CmdletName, Parameters } });

test('answers in the shape that Exchange Online’s module speaks', async () => {
  const { status, headers, json } = await post(call('get-organizationCONFIG'));
  assert.equal(status, 200);
  assert.equal(headers['request-id'], 'a-request-id');
  const { value } = json as { value: Record<string, unknown>[] };
  assert.equal(value.length, 1);
  assert.equal(value[0]?.['OAuth2ClientProfileEnabled'], false);
});

test('an object that is not there is the published 404', async () => {
  const { status, json } = await post(call('Get-Mailbox', { Identity: 'nobody' }));
  assert.equal(status, 404);
  assert.deepEqual(json, {
    error: {
      code: 'NotFound',
      message: 'Error executing cmdlet',
      details: [
        {
          code: 'Client',
          target: '',
          message: "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'nobody' couldn't be found on 'mail.contoso.test'.",
        },
      ],
      innererror: {
        message: 'Error executing cmdlet',
        type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
        hybridgeCode: 'MANAGEMENT_OBJECT_NOT_FOUND',
        remedy: 'Check the identity with the Get- cmdlet of the same noun.',
      },
    },
  });
});

test('refuses whoever does not sign in, with challenges', async () => {
  const { status, headers } = await post(call('Get-Mailbox'), { authorization: `Basic ${Buffer.from('administrator@contoso.test:wrong').toString('base64')}` });
  assert.equal(status, 401);
  assert.deepEqual(headers['www-authenticate'], ['Basic realm="test"', 'Negotiate']);
});

test('answers for its own tenant only', async () => {
  assert.equal((await post(call('Get-Mailbox'), { tenant: 'fabrikam.test' })).status, 404);
});

test('refuses bodies that are no cmdlet call, and stays up', async () => {
  for (const body of ['', 'x', '[]', '{}', '{"CmdletInput":1}', '{"CmdletInput":{"CmdletName":""}}', '{"CmdletInput":{"CmdletName":"Get-Mailbox","Parameters":[1]}}', '{"CmdletInput":{"CmdletName":"Get-Mailbox","Parameters":{"Identity":{"a":{}}}}}', call('x'.repeat(200))]) {
    assert.equal((await post(body)).status, 400, body.slice(0, 60));
  }
  const tooLong = await post(call('Get-Mailbox', { Identity: 'x'.repeat(5 * 1024 * 1024) })).catch((error: unknown) => error);
  assert.ok(tooLong instanceof Error || (tooLong as { status: number }).status === 400);
  assert.equal((await post(call('Get-AuthConfig'))).status, 200);
});

test('takes JSON only, so that no web page can post for a signed-in administrator', async () => {
  const response = await request(`${exchange.url}/adminapi/beta/contoso.test/InvokeCommand`, { method: 'POST', headers: { 'content-type': 'text/plain', authorization }, body: call('Get-AuthConfig') });
  assert.equal(response.statusCode, 400);
  await response.body.dump();
});

test('role groups decide who may run what; to the others a cmdlet does not exist', async () => {
  const groups = { viewer: 'View-Only Organization Management', recipients: 'Recipient Management', servers: 'Server Management', desk: 'Help Desk' } as const;
  const sessions: Record<string, CmdletSession> = {};
  for (const [name, group] of Object.entries(groups)) sessions[name] = await exchange.sessionAs(name, [group]);
  const calls = {
    'Get-AuthConfig': [{}, 'viewer'],
    'Get-Mailbox': [{ Identity: 'viewer' }, 'viewer recipients desk'],
    'Get-WebServicesVirtualDirectory': [{}, 'viewer servers'],
    'Set-OrganizationConfig': [{ OAuth2ClientProfileEnabled: false }, ''],
    'Set-Mailbox': [{ Identity: 'viewer', DisplayName: 'The Viewer' }, 'recipients'],
    'Set-MailboxCalendarConfiguration': [{ Identity: 'viewer', WorkingHoursEndTime: '16:00:00' }, 'recipients desk'],
    'New-ExchangeCertificate': [{ SubjectName: 'CN=x', WhatIf: true }, 'servers'],
    'Add-RoleGroupMember': [{ Identity: 'Organization Management', Member: 'viewer' }, ''],
  } as const;
  for (const [cmdlet, [parameters, allowed]] of Object.entries(calls)) {
    for (const [name, session] of Object.entries(sessions)) {
      const run = session.invoke(cmdlet, { ...parameters });
      if (allowed.split(' ').includes(name)) await run;
      else await assert.rejects(run, { code: 'MANAGEMENT_CMDLET_NOT_FOUND', message: `The term '${cmdlet}' is not recognized as a name of a cmdlet, function, script file, or executable program.` }, `${name} ${cmdlet}`);
    }
  }
  const nobody = await exchange.sessionAs('nobody-special');
  for (const cmdlet of ['Get-Mailbox', 'Get-Nothing']) await assert.rejects(nobody.invoke(cmdlet), { code: 'MANAGEMENT_ACCESS_DENIED', message: 'The user "nobody-special@contoso.test" isn\'t assigned to any management roles.' });
});

test('role groups are shown, filled and emptied, and every change is on record', async () => {
  const helper = await exchange.sessionAs('helper');
  const { session } = exchange;
  assert.deepEqual((await session.invoke('Get-RoleGroup')).map(({ Name }) => String(Name)).toSorted(), ['Help Desk', 'Organization Management', 'Recipient Management', 'Server Management', 'View-Only Organization Management']);
  await session.invoke('Add-RoleGroupMember', { Identity: 'help desk', Member: 'helper' });
  assert.equal((await helper.invoke('Get-Mailbox', { Identity: 'helper' })).length, 1);
  assert.deepEqual((await session.invoke('Get-RoleGroupMember', { Identity: 'Help Desk' })).map(({ Alias }) => Alias).filter((alias) => alias === 'helper'), ['helper']);
  await assert.rejects(session.invoke('Add-RoleGroupMember', { Identity: 'Help Desk', Member: 'helper' }), { code: 'MANAGEMENT_OBJECT_EXISTS' });
  await session.invoke('Remove-RoleGroupMember', { Identity: 'Help Desk', Member: 'helper', WhatIf: true });
  await session.invoke('Remove-RoleGroupMember', { Identity: 'Help Desk', Member: 'helper' });
  await assert.rejects(helper.invoke('Get-Mailbox', { Identity: 'helper' }), { code: 'MANAGEMENT_ACCESS_DENIED' });
  await assert.rejects(session.invoke('Remove-RoleGroupMember', { Identity: 'Help Desk', Member: 'helper' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(session.invoke('Remove-RoleGroupMember', { Identity: 'Organization Management', Member: 'administrator' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(session.invoke('Get-RoleGroupMember', { Identity: 'Nothing Management' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  const [removed, added] = await session.invoke('Search-AdminAuditLog', { Cmdlets: ['Add-RoleGroupMember', 'Remove-RoleGroupMember'] }).then((rows) => rows.filter(({ Succeeded }) => Succeeded === true));
  const change = (entry: Record<string, unknown> | undefined): unknown[] => ((entry?.['ModifiedProperties'] ?? []) as { OldValue: string[]; NewValue: string[] }[]).map(({ OldValue, NewValue }) => [OldValue.includes('helper'), NewValue.includes('helper')]);
  assert.deepEqual([change(removed), change(added)], [[[true, false]], [[false, true]]]);
});

test('the record is searched by object, parameter, outcome and place', async () => {
  const { session } = exchange;
  for (const Name of ['first.test', 'searched.test']) await session.invoke('New-AcceptedDomain', { Name, DomainName: Name });
  await session.invoke('Set-AcceptedDomain', { Identity: 'searched.test', DomainType: 'InternalRelay' });
  await session.invoke('Set-AcceptedDomain', { Identity: 'searched.test', MakeDefault: true });
  await assert.rejects(session.invoke('Set-AcceptedDomain', { Identity: 'nowhere.test', DomainType: 'InternalRelay' }));
  const found = async (parameters: Record<string, unknown>): Promise<unknown[]> => (await session.invoke('Search-AdminAuditLog', parameters)).map(({ CmdletName, Succeeded }) => `${String(CmdletName)} ${String(Succeeded)}`);
  assert.deepEqual(await found({ ObjectIds: ['SEARCHED.test'] }), ['Set-AcceptedDomain true', 'Set-AcceptedDomain true', 'New-AcceptedDomain true']);
  assert.deepEqual(await found({ Cmdlets: 'Set-AcceptedDomain', Parameters: 'domaintype' }), ['Set-AcceptedDomain false', 'Set-AcceptedDomain true']);
  assert.deepEqual(await found({ Cmdlets: 'Set-AcceptedDomain', Parameters: ['DomainType', 'MakeDefault'] }), []);
  assert.deepEqual(await found({ Cmdlets: 'Set-AcceptedDomain', IsSuccess: false }), ['Set-AcceptedDomain false']);
  assert.deepEqual(await found({ ObjectIds: 'searched.test', StartIndex: 2 }), ['New-AcceptedDomain true']);
  await assert.rejects(session.invoke('Search-AdminAuditLog', { Parameters: 'DomainType' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  assert.deepEqual((await session.invoke('Get-AcceptedDomain')).map(({ Name, Default, DomainType }) => [Name, Default, DomainType]), [['first.test', false, 'Authoritative'], ['searched.test', true, 'InternalRelay']]);
  assert.deepEqual([await session.invoke('Get-Recipient', { RecipientType: 'MailContact' }), (await session.invoke('Get-Mailbox', { SortBy: 'Alias', ResultSize: 1 })).length], [[], 1]);
  for (const Identity of ['first.test', 'searched.test']) await session.invoke('Remove-AcceptedDomain', { Identity });
});

test('an unknown cmdlet is not recognized, and neither is one of the other side', async () => {
  await assert.rejects(exchange.session.invoke('Get-Nothing'), { code: 'MANAGEMENT_CMDLET_NOT_FOUND', message: /^The term 'Get-Nothing' is not recognized as a name of a cmdlet/ });
  const cloud = await serveExchange({ side: 'Cloud' });
  try {
    await assert.rejects(cloud.session.invoke('Set-AuthConfig'), { code: 'MANAGEMENT_CMDLET_NOT_FOUND' });
    await assert.rejects(cloud.session.invoke('Get-Mailbox', { DomainController: 'dc1' }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });
  } finally {
    await cloud.close();
  }
});

test('changes and failed changes are recorded, with masked secrets, and looking is not', async () => {
  await exchange.session.invoke('New-Mailbox', { Name: 'Audited', UserPrincipalName: 'audited@contoso.test', Password: 'S3cret!' });
  await assert.rejects(exchange.session.invoke('Set-Mailbox', { Identity: 'audited', PrimarySmtpAddress: 'viewer@contoso.test' }), { code: 'MANAGEMENT_OBJECT_EXISTS' });
  await exchange.session.invoke('Get-Mailbox', { Identity: 'audited' });
  const [failed, made] = await exchange.session.invoke('Search-AdminAuditLog', { UserIds: 'administrator@contoso.test', Cmdlets: ['new-mailbox', 'Set-Mailbox', 'Get-Mailbox'], ResultSize: 2 });
  assert.deepEqual([failed?.['CmdletName'], failed?.['Succeeded'], failed?.['Error']], ['Set-Mailbox', false, 'ORGANIZATION_ADDRESS_TAKEN']);
  assert.deepEqual([made?.['CmdletName'], made?.['Caller'], made?.['ObjectModified'], made?.['Succeeded']], ['New-Mailbox', 'administrator@contoso.test', 'Audited', true]);
  const parameters = made?.['CmdletParameters'] as { Name: string; Value: unknown }[];
  assert.deepEqual(parameters.find(({ Name }) => Name === 'Password'), { Name: 'Password', Value: '[masked]' });
  for (const misspelt of ['Passwd', 'Passwort']) await assert.rejects(exchange.session.invoke('New-Mailbox', { Name: 'x', [misspelt]: 'S3cret!' }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });
  assert.equal(JSON.stringify(await exchange.organization.audit.search()).includes('S3cret!'), false);
});

test('what-if says what would happen, changes nothing and records nothing', async () => {
  const before = (await exchange.organization.audit.search()).length;
  exchange.warnings.length = 0;
  assert.deepEqual(await exchange.session.invoke('New-AcceptedDomain', { Name: 'x', DomainName: 'x.test', WhatIf: true }), []);
  assert.deepEqual(exchange.warnings, ['What if: Performing the operation "New-AcceptedDomain" on target "x".']);
  assert.deepEqual(await exchange.session.invoke('Get-AcceptedDomain'), []);
  assert.equal((await exchange.organization.audit.search()).length, before);
});

test('a session tells what stands in its way', async () => {
  const dead = connectExchange({ url: 'http://127.0.0.1:9', httpClient: new Agent(), authorization: () => '', tenant: 't' });
  await assert.rejects(dead.invoke('Get-Mailbox'), { code: 'MANAGEMENT_UNREACHABLE', retryable: true });
});

test('directory synchronisation reads the hashes of passwords that have changed; nobody else does, and it is audited', async () => {
  const person = await exchange.organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'Hash', userPrincipalName: 'hash@contoso.test', primarySmtpAddress: 'hash@contoso.test' });
  await exchange.organization.directory.setPassword(person.guid, 'a password');
  const [first] = (await exchange.session.passwordHashes?.({ [person.guid]: '' })) ?? [];
  assert.match(first?.hash ?? '', /^scrypt\$16\$8\$1\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/);
  assert.deepEqual(await exchange.session.passwordHashes?.({ [person.guid]: first?.version ?? '' }), []);
  await exchange.organization.directory.setPassword(person.guid, 'another');
  const [second] = (await exchange.session.passwordHashes?.({ [person.guid]: first?.version ?? '' })) ?? [];
  assert.notEqual(second?.version, first?.version);
  const audited = await exchange.organization.audit.search({ cmdlets: ['Read-PasswordHash'] });
  assert.deepEqual(audited.map(({ who, parameters }) => [who, parameters]), [['administrator@contoso.test', { Guids: [person.guid] }], ['administrator@contoso.test', { Guids: [person.guid] }]]);
  const recipientAdministrator = await exchange.sessionAs('hash-reader', ['Recipient Management']);
  await assert.rejects(async () => recipientAdministrator.passwordHashes?.({ [person.guid]: '' }), { code: 'MANAGEMENT_ACCESS_DENIED' });
  const closed = await serveExchange({ passwordHashSync: false });
  await assert.rejects(async () => closed.session.passwordHashes?.({ [person.guid]: '' }), { code: 'MANAGEMENT_ACCESS_DENIED' });
  await closed.close();
  const cloud = await serveExchange({ side: 'Cloud' });
  await assert.rejects(async () => cloud.session.passwordHashes?.({ [person.guid]: '' }), { code: 'MANAGEMENT_ACCESS_DENIED' });
  await cloud.close();
});
