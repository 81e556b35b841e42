import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../admin-api/served-exchange.ts';
import { serveExchange } from '../admin-api/served-exchange.ts';

type Row = Readonly<Record<string, unknown>>;
let premises: ServedExchange;
before(async () => {
  premises = await serveExchange();
  const { configuration } = premises.organization;
  for (const domain of ['contoso.test', 'fabrikam.test']) await configuration.create('ExchangeServer', domain.slice(0, 4), { Fqdn: `mail.${domain}` });
  await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', Default: true });
  await configuration.create('AutodiscoverVirtualDirectory', 'cont\\Autodiscover (Default Web Site)', { Server: 'cont' });
});
after(() => premises.close());

const run = (cmdlet: string, parameters: Row = {}): Promise<readonly Row[]> => premises.session.invoke(cmdlet, parameters);

test('published parameters that nothing here could heed are refused, and the text says why', async () => {
  const cases: [cmdlet: string, parameters: Row, message: RegExp][] = [
    ['New-Mailbox', { Name: 'Olga', OrganizationalUnit: 'contoso.test/Users' }, /The parameter 'OrganizationalUnit' can't be used here\. There are no organizational units/],
    ['New-RemoteMailbox', { Name: 'Olga', Archive: true }, /no archive mailboxes/],
    ['New-Mailbox', { Name: 'Olga', ResetPasswordOnNextLogon: true }, /Nobody is made to change a password/],
    ['Get-Mailbox', { Server: 'cont' }, /belong to the organisation/],
    ['Set-Mailbox', { Identity: 'olga', ForwardingAddress: 'carl' }, /not forwarded/],
    ['Set-Mailbox', { Identity: 'olga', ArchiveName: 'Old' }, /no archive mailboxes/],
    ['Set-User', { Identity: 'olga', Department: 'Sales' }, /only the names are kept/],
    ['Set-ReceiveConnector', { Identity: 'x', Bindings: ['0.0.0.0:25'] }, /configuration file/],
    ['Set-AutodiscoverVirtualDirectory', { Identity: 'cont\\Autodiscover (Default Web Site)', ExternalUrl: 'https://mail.contoso.test' }, /no addresses of its own/],
    ['Set-AutodiscoverVirtualDirectory', { Identity: 'cont\\Autodiscover (Default Web Site)', ExtendedProtectionFlags: ['Proxy'] }, /no exceptions/],
    ['Get-FederationInformation', { DomainName: 'fabrikam.test', TrustedHostnames: ['mail.fabrikam.test'] }, /always checked/],
    ['Set-OrganizationConfig', { PublicFoldersEnabled: 'Remote' }, /no public folders/],
    ['Remove-Mailbox', { Identity: 'administrator', Database: 'DB1', StoreMailboxIdentity: 'x' }, /no databases/],
    ['Set-DistributionGroup', { Identity: 'x', ManagedBy: ['olga'] }, /no owners/],
    ['Set-DistributionGroup', { Identity: 'x', CustomAttribute15: 'x' }, /not kept/],
    ['New-RoleGroup', { Name: 'x', LinkedForeignGroup: 'x', LinkedDomainController: 'dc' }, /no other forest/],
    ['Set-ManagementRoleAssignment', { Identity: 'x', RecipientOrganizationalUnitScope: 'contoso.test/x' }, /narrowed to recipients/],
    ['Set-ClientAccessServer', { Identity: 'cont', IsOutOfService: true }, /Exchange 2010/],
    ['New-ManagementRole', { Name: 'x', Parent: 'Mail Recipients', UnScopedTopLevel: true }, /under a built-in one/],
    ['Get-MigrationEndpoint', { ConnectionSettings: 'x' }, /by name or type/],
    ['Remove-MailboxFolderPermission', { Identity: 'x', User: 'y', ResetDelegateUserCollection: true }, /by clients/],
    ['Get-MailboxAutoReplyConfiguration', { Identity: 'x', Credential: 'x' }, /opened the session/],
  ];
  for (const [cmdlet, parameters, message] of cases) await assert.rejects(run(cmdlet, parameters), { code: 'MANAGEMENT_PARAMETER_INVALID', message }, `${cmdlet} ${JSON.stringify(parameters)}`);
  assert.deepEqual((await run('Get-Mailbox')).map(({ Alias }) => Alias), ['administrator']);
  // What asks for nothing but the state that there is passes.
  assert.equal((await run('New-Mailbox', { Name: 'Olga', ResetPasswordOnNextLogon: false, UserPrincipalName: 'olga@contoso.test' })).length, 1);
  assert.equal((await run('Get-Mailbox', { IgnoreDefaultScope: true, ReadFromDomainController: true })).length, 2);
});

test('given names and surnames are kept, changed, taken away, and used by address policies', async () => {
  await run('New-Mailbox', { Name: 'Anna-Lena van Dyck', FirstName: 'Anna-Lena', LastName: 'van Dyck', UserPrincipalName: 'al@contoso.test' });
  const names = async (): Promise<unknown[]> => (await run('Get-User', { Identity: 'al@contoso.test' })).flatMap(({ FirstName, LastName }) => [FirstName, LastName]);
  assert.deepEqual(await names(), ['Anna-Lena', 'van Dyck']);
  await run('New-EmailAddressPolicy', { Name: 'Names', EnabledEmailAddressTemplates: ['smtp:%g.%s@contoso.test'] });
  await run('Update-EmailAddressPolicy', { Identity: 'Names' });
  assert.deepEqual((await run('Get-Mailbox', { Identity: 'al' }))[0]?.['EmailAddresses'], ['SMTP:al@contoso.test', 'smtp:Anna-Lena.vanDyck@contoso.test']);
  await run('Set-User', { Identity: 'al', FirstName: null, LastName: 'Dyck' });
  assert.deepEqual(await names(), [null, 'Dyck']);
});

test('Get-ExchangeServer: of a domain, and with its status', async () => {
  assert.deepEqual((await run('Get-ExchangeServer', { Domain: 'FABRIKAM.test' })).map(({ Name }) => Name), ['fabr']);
  assert.deepEqual((await run('Get-ExchangeServer', { Domain: 'so.test' })).length, 0);
  const [plain, status] = [(await run('Get-ExchangeServer', { Identity: 'cont' }))[0] ?? {}, (await run('Get-ExchangeServer', { Identity: 'cont', Status: true }))[0] ?? {}];
  assert.deepEqual(['CurrentDomainControllers' in plain, status['CurrentDomainControllers'], status['Fqdn']], [false, [], 'mail.contoso.test']);
  await assert.rejects(run('Get-ExchangeServer', { Identity: 'cont', Domain: 'contoso.test' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
});

test('Set-SettingOverride changes what New-SettingOverride made', async () => {
  await run('New-SettingOverride', { Name: 'App', Component: 'Global', Section: 'ExchangeOnpremAsThirdPartyAppId', Parameters: ['Enabled=true'], Reason: 'first', Server: ['cont'], MinVersion: '15.2.0.0' });
  await run('Set-SettingOverride', { Identity: 'App', Parameters: ['Enabled=false'], Reason: 'second', Server: null, MinVersion: null });
  const [changed] = await run('Get-SettingOverride', { Identity: 'App' });
  assert.deepEqual([changed?.['Parameters'], changed?.['Reason'], changed?.['Server'], changed?.['MinVersion'], changed?.['SectionName']], [['Enabled=false'], 'second', null, null, 'ExchangeOnpremAsThirdPartyAppId']);
  await assert.rejects(run('Set-SettingOverride', { Identity: 'App', Parameters: ['Enabled'] }), { code: 'MANAGEMENT_INVALID_VALUE' });
  premises.warnings.length = 0;
  await run('Set-SettingOverride', { Identity: 'App' });
  assert.match(premises.warnings.join(), /no settings of 'App' have been modified/);
});

test('what asks for what is so anyway passes, and tests under -WhatIf test nothing', async () => {
  await run('New-Mailbox', { Name: 'Paul', UserPrincipalName: 'paul@contoso.test' });
  premises.warnings.length = 0;
  await run('Set-Mailbox', { Identity: 'paul', CustomAttribute7: null, ModerationEnabled: false, IgnoreDefaultScope: true });
  assert.match(premises.warnings.join(), /no settings of 'Paul' have been modified/);
  await run('Set-Mailbox', { Identity: 'paul', Name: 'Paula' });
  assert.equal((await run('Get-Mailbox', { Identity: 'paul' }))[0]?.['DisplayName'], 'Paula');
  for (const cmdlet of ['Get-CalendarProcessing', 'Get-MailboxAutoReplyConfiguration']) assert.equal((await run(cmdlet, { Identity: 'paul', ResultSize: 'Unlimited' })).length, 1, cmdlet);
  premises.warnings.length = 0;
  assert.deepEqual(await run('Test-FederationTrust', { WhatIf: true }), []);
  assert.match(premises.warnings.join(), /What if: Performing the operation "Test-FederationTrust"/);
});

test('an e-mail address policy counts for whom its filter describes', async () => {
  await run('New-Mailbox', { Name: 'Room F', UserPrincipalName: 'roomf@contoso.test', Room: true });
  await run('New-EmailAddressPolicy', { Name: 'Rooms', EnabledPrimarySMTPAddressTemplate: '%m@rooms.contoso.test', RecipientFilter: "RecipientTypeDetails -eq 'RoomMailbox'" });
  await run('Update-EmailAddressPolicy', { Identity: 'Rooms' });
  const rooms = (await run('Get-Mailbox', { ResultSize: 'Unlimited' })).filter(({ PrimarySmtpAddress }) => String(PrimarySmtpAddress).endsWith('@rooms.contoso.test'));
  assert.deepEqual(rooms.map(({ Name }) => Name), ['Room F']);
  await assert.rejects(run('Set-EmailAddressPolicy', { Identity: 'Rooms', RecipientFilter: 'nonsense' }), { code: 'MANAGEMENT_PARAMETER_INVALID', message: /^Cannot bind parameter 'RecipientFilter'/ });
  await assert.rejects(run('Set-EmailAddressPolicy', { Identity: 'Rooms', RecipientFilter: "Alias -eq 'x'", IncludedRecipients: ['Resources'] }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  await assert.rejects(run('New-EmailAddressPolicy', { Name: 'Nothing' }), { code: 'MANAGEMENT_PARAMETER_MISSING' });
  await run('Remove-EmailAddressPolicy', { Identity: 'Rooms' });
});

test('removing says what it cannot do, and takes what asks for nothing else', async () => {
  await run('New-Mailbox', { Name: 'Rita', UserPrincipalName: 'rita@contoso.test' });
  await assert.rejects(run('Remove-Mailbox', { Identity: 'rita', Permanent: false }), { code: 'MANAGEMENT_INVALID_VALUE', message: /nothing could bring it back/ });
  await assert.rejects(run('Remove-MailContact', { Identity: 'rita', Force: true }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });
  await run('Remove-Mailbox', { Identity: 'rita', Permanent: true, IgnoreLegalHold: true, IgnoreDefaultScope: true, Arbitration: false });
  await assert.rejects(run('Get-Mailbox', { Identity: 'rita' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
});

test('an account can be made that nobody signs in with yet', async () => {
  for (const [cmdlet, name, more] of [['New-RemoteMailbox', 'Remote', { RemoteRoutingAddress: 'remote@contoso.mail.onmicrosoft.test' }], ['New-Mailbox', 'Local', {}]] as const) {
    const [made] = await run(cmdlet, { Name: name, UserPrincipalName: `${name}@contoso.test`, Password: 'Pa55word!', AccountDisabled: true, ...more });
    assert.equal(made?.['AccountDisabled'], true, cmdlet);
    assert.equal(await premises.organization.directory.checkPassword(`${name}@contoso.test`, 'Pa55word!'), undefined);
    await run('Set-ADUser', { Identity: name, Enabled: true });
    assert.notEqual(await premises.organization.directory.checkPassword(`${name}@contoso.test`, 'Pa55word!'), undefined);
  }
});

test('endpoints and contacts are found by their type', async () => {
  await premises.organization.configuration.create('MigrationEndpoint', 'Hybrid', { RemoteServer: 'mail.contoso.test', Username: 'CONTOSO\\admin' });
  await run('New-MailContact', { Name: 'Carla', ExternalEmailAddress: 'carla@elsewhere.test' });
  const found = async (cmdlet: string, parameters: Row): Promise<number> => (await run(cmdlet, parameters)).length;
  assert.deepEqual([await found('Get-MigrationEndpoint', { Type: 'ExchangeRemoteMove' }), await found('Get-MigrationEndpoint', { Type: 'IMAP' }), await found('Get-MigrationEndpoint', { Identity: 'hybrid' })], [1, 0, 1]);
  await assert.rejects(run('Get-MigrationEndpoint', { Identity: 'Hybrid', Type: 'IMAP' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  assert.deepEqual([await found('Get-MailContact', { RecipientTypeDetails: 'MailContact' }), await found('Get-MailContact', { RecipientTypeDetails: ['MailForestContact'] })], [1, 0]);
});

test('Set-ADServerSettings takes what is so anyway, and refuses an organizational unit', async () => {
  await run('Set-ADServerSettings', { PreferredServer: 'dc1.contoso.test', RecipientViewRoot: 'contoso.test', PreferredGlobalCatalog: 'gc1.contoso.test', WhatIf: true });
  await assert.rejects(run('Set-ADServerSettings', { RecipientViewRoot: 'contoso.test/Marketing Users' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /no organizational units/ });
});

test('a scope that was taken from an assignment is no longer in use', async () => {
  await run('New-ManagementScope', { Name: 'Some', RecipientRestrictionFilter: "DisplayName -like 'some*'" });
  const [group] = await run('New-RoleGroup', { Name: 'Some Recipients', DisplayName: 'Whoever looks after some', Roles: ['Mail Recipients'], CustomRecipientWriteScope: 'Some' });
  assert.deepEqual([group?.['DisplayName'], (await run('Get-RoleGroup', { Identity: 'Some Recipients' }))[0]?.['DisplayName']], ['Whoever looks after some', 'Whoever looks after some']);
  await run('Set-ManagementRoleAssignment', { Identity: 'Mail Recipients-Some Recipients', CustomRecipientWriteScope: null });
  const [assignment] = await run('Get-ManagementRoleAssignment', { Identity: 'Mail Recipients-Some Recipients' });
  assert.deepEqual([assignment?.['CustomRecipientWriteScope'], assignment?.['RecipientWriteScope']], [null, 'Organization']);
  await run('Remove-ManagementScope', { Identity: 'Some' });
});

test('Restart-Service finds services as Windows PowerShell does', async () => {
  let restarts = 0;
  const served = await serveExchange({ webServer: { restart: () => void (restarts += 1), testOAuth: () => Promise.reject(new Error('not asked')), testMoveProxy: () => Promise.reject(new Error('not asked')) } });
  const restart = (parameters: Row): Promise<readonly Row[]> => served.session.invoke('Restart-Service', parameters);
  try {
    assert.deepEqual(await restart({ Name: ['w3svc', 'WAS'], Force: true }), []);
    assert.deepEqual(await restart({ DisplayName: 'World Wide*', PassThru: true }), [{ Status: 'Running', Name: 'W3SVC', DisplayName: 'World Wide Web Publishing Service' }]);
    assert.deepEqual((await restart({ ServiceName: '*', Exclude: 'WAS', PassThru: true })).map(({ Name }) => Name), ['W3SVC']);
    assert.equal(restarts, 3);
    assert.deepEqual(await restart({ Name: 'MSExchange*', PassThru: true }), []);
    await assert.rejects(restart({ Name: 'MSExchangeTransport' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: "Cannot find any service with service name 'MSExchangeTransport'." });
    await assert.rejects(restart({ Name: 'WAS' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /has dependent services/ });
    await assert.rejects(restart({}), { code: 'MANAGEMENT_PARAMETER_MISSING' });
    assert.equal(restarts, 3);
  } finally {
    await served.close();
  }
});
