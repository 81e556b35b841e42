import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ServedExchange } from '../admin-api/served-exchange.ts';
import { serveExchange } from '../admin-api/served-exchange.ts';

type Row = Readonly<Record<string, unknown>>;

describe('what hybrid set-up keeps on premises', () => {
  let exchange: ServedExchange;
  const run = async (name: string, parameters: Record<string, unknown> = {}): Promise<readonly Row[]> => exchange.session.invoke(name, parameters);
  before(async () => {
    exchange = await serveExchange();
    const { configuration } = exchange.organization;
    await configuration.create('ExchangeServer', 'EX1', { Fqdn: 'ex1.contoso.test' });
    await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test', DomainType: 'Authoritative', Default: true });
  });
  after(() => exchange.close());

  test('one hybrid configuration, changed by its lists', async () => {
    await assert.rejects(run('Set-HybridConfiguration', { Domains: ['contoso.test'] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
    const [made] = await run('New-HybridConfiguration', { Features: ['FreeBusy', 'mailtips'], Domains: ['autod:contoso.test'] });
    assert.deepEqual([made?.['Name'], made?.['Features'], made?.['Domains'], made?.['ServiceInstance']], ['Hybrid Configuration', ['FreeBusy', 'Mailtips'], ['autod:contoso.test'], 0]);
    await assert.rejects(run('New-HybridConfiguration'), { code: 'MANAGEMENT_INVALID_VALUE' });
    await run('Set-HybridConfiguration', { Features: { add: ['Photos'], remove: ['Mailtips'] }, Domains: { add: ['fabrikam.test'] } });
    const [changed] = await run('Get-HybridConfiguration');
    assert.deepEqual([changed?.['Features'], changed?.['Domains']], [['FreeBusy', 'Photos'], ['autod:contoso.test', 'fabrikam.test']]);
    await assert.rejects(run('Set-HybridConfiguration', { Domains: { add: ['autod:fabrikam.test'] } }), { code: 'MANAGEMENT_INVALID_VALUE' });
    await run('Remove-HybridConfiguration');
    assert.deepEqual(await run('Get-HybridConfiguration'), []);
  });

  test('remote domains: one is the target delivery domain, and remote mailboxes are made in it', async () => {
    await run('New-RemoteDomain', { Name: 'Hybrid', DomainName: 'contoso.mail.onmicrosoft.test' });
    await run('New-RemoteDomain', { Name: 'Other', DomainName: '*.other.test' });
    await run('Set-RemoteDomain', { Identity: 'Other', TargetDeliveryDomain: true });
    await run('Set-RemoteDomain', { Identity: 'Hybrid', TargetDeliveryDomain: true });
    assert.deepEqual((await run('Get-RemoteDomain')).map((domain) => [domain['Name'], domain['TargetDeliveryDomain']]), [['Hybrid', true], ['Other', false]]);
    const [mailbox] = await run('New-RemoteMailbox', { Name: 'Clara', UserPrincipalName: 'clara@contoso.test' });
    assert.equal(mailbox?.['RemoteRoutingAddress'], 'SMTP:clara@contoso.mail.onmicrosoft.test');
    await assert.rejects(run('New-RemoteDomain', { Name: 'Twice', DomainName: 'contoso.mail.onmicrosoft.test' }), { code: 'MANAGEMENT_OBJECT_EXISTS' });
  });

  test('an e-mail address policy gives addresses, to whom it is for, and leaves primary ones alone where told to', async () => {
    await run('New-EmailAddressPolicy', { Name: 'Hybrid', EnabledEmailAddressTemplates: ['SMTP:%g.%s@contoso.test', 'smtp:%m@mail.contoso.test'], IncludedRecipients: 'MailUsers' });
    await run('Set-RemoteMailbox', { Identity: 'clara', DisplayName: 'Clara Zoë Klein' });
    const addresses = async (): Promise<unknown> => (await run('Get-RemoteMailbox', { Identity: 'clara' }))[0]?.['EmailAddresses'];
    await run('Update-EmailAddressPolicy', { Identity: 'Hybrid', UpdateSecondaryAddressesOnly: true });
    assert.deepEqual(await addresses(), ['SMTP:clara@contoso.test', 'smtp:clara@contoso.mail.onmicrosoft.test', 'smtp:ClaraZoe.Klein@contoso.test', 'smtp:clara@mail.contoso.test']);
    await run('Update-EmailAddressPolicy', { Identity: 'Hybrid' });
    assert.equal((await run('Get-RemoteMailbox', { Identity: 'clara' }))[0]?.['PrimarySmtpAddress'], 'ClaraZoe.Klein@contoso.test');
    assert.deepEqual((await run('Get-Mailbox', { Identity: 'administrator' }))[0]?.['EmailAddresses'], ['SMTP:administrator@contoso.test'], 'not one of the policy');
    await assert.rejects(run('New-EmailAddressPolicy', { Name: 'Bad', EnabledEmailAddressTemplates: ['smtp:%x@contoso.test'] }), { code: 'MANAGEMENT_INVALID_VALUE' });
  });

  test('rights on servers are kept once, found by account, and taken away', async () => {
    const right = { Identity: 'EX1', User: 'contoso\\exchange servers', AccessRights: 'ExtendedRight', ExtendedRights: 'ms-exch-epi-token-serialization' };
    const [entry] = await run('Add-ADPermission', right);
    assert.deepEqual([entry?.['Identity'], entry?.['User'], entry?.['Deny'], entry?.['ExtendedRights']], ['EX1', 'CONTOSO\\Exchange Servers', false, ['ms-Exch-EPI-Token-Serialization']]);
    await run('Add-ADPermission', right);
    assert.match(exchange.warnings.at(-1) ?? '', /already present on the object "EX1" for account "CONTOSO\\Exchange Servers"/);
    assert.equal((await run('Get-ADPermission', { Identity: 'EX1', User: 'Exchange Servers' })).length, 1);
    await assert.rejects(run('Add-ADPermission', { ...right, User: 'ramlan\\exchange servers' }), { message: /User or group "ramlan\\exchange servers" wasn't found/ });
    await run('Remove-ADPermission', right);
    assert.deepEqual(await run('Get-ADPermission', { Identity: 'EX1' }), []);
  });

  test('a component rests as long as anybody wants it to', async () => {
    const set = (State: string, Requester: string): Promise<unknown> => run('Set-ServerComponentState', { Identity: 'EX1', Component: 'EwsProxy', State, Requester });
    const state = async (): Promise<unknown> => (await run('Get-ServerComponentState', { Identity: 'EX1', Component: 'EwsProxy' }))[0]?.['State'];
    await set('Inactive', 'Maintenance');
    await set('Draining', 'HealthAPI');
    await set('Active', 'Maintenance');
    const [resting] = await run('Get-ServerComponentState', { Identity: 'EX1', Component: 'EwsProxy' });
    assert.deepEqual([resting?.['State'], resting?.['ServerFqdn'], (resting?.['LocalStates'] as Row[] | undefined)?.map((wish) => [wish['Requester'], wish['State']])], ['Inactive', 'ex1.contoso.test', [['HealthAPI', 'Inactive']]]);
    await set('Active', 'HealthAPI');
    assert.equal(await state(), 'Active');
    await run('Set-ServerComponentState', { Identity: 'EX1', Component: 'ServerWideOffline', State: 'Inactive', Requester: 'Maintenance' });
    assert.equal(await state(), 'Inactive', 'all rest where the server is offline');
    await run('Set-ServerComponentState', { Identity: 'EX1', Component: 'ServerWideOffline', State: 'Active', Requester: 'Maintenance' });
  });

  test('groups hold recipients; lists of rooms hold rooms', async () => {
    await run('New-Mailbox', { Name: 'Room 1', Room: true, PrimarySmtpAddress: 'room1@contoso.test' });
    await run('New-DistributionGroup', { Name: 'Room1 list A', RoomList: true, Members: 'room1@contoso.test' });
    for (const [parameters, names] of [[{ Filter: "DisplayName -like 'room1*'" }, ['Room1 list A']], [{ Filter: "DisplayName -like 'x*'" }, []], [{ Anr: 'room1 l', SortBy: 'Name' }, ['Room1 list A']], [{ Anr: 'list' }, []]] as const) {
      assert.deepEqual((await run('Get-DistributionGroup', parameters)).map((group) => group['Name']), names);
    }
    assert.deepEqual((await run('Get-DistributionGroupMember', { Identity: 'Room1 list A' })).map((member) => member['Name']), ['Room 1']);
    await assert.rejects(run('Add-DistributionGroupMember', { Identity: 'Room1 list A', Member: 'administrator' }), { code: 'MANAGEMENT_INVALID_VALUE' });
    await assert.rejects(run('New-DistributionGroup', { Name: 'Clash', PrimarySmtpAddress: 'room1@contoso.test' }), { code: 'MANAGEMENT_OBJECT_EXISTS' });
    await run('Remove-Mailbox', { Identity: 'room1@contoso.test' });
    assert.deepEqual(await run('Get-DistributionGroupMember', { Identity: 'Room1 list A' }), []);
  });

  test('a group says who may send to it, people and groups apart, and holds groups', async () => {
    await run('New-DistributionGroup', { Name: 'Inner', Members: 'administrator' });
    await run('New-DistributionGroup', { Name: 'Outer', Members: 'inner', RequireSenderAuthenticationEnabled: false });
    assert.deepEqual((await run('Get-DistributionGroupMember', { Identity: 'outer' })).map((member) => [member['Name'], member['RecipientTypeDetails']]), [['Inner', 'MailUniversalDistributionGroup']]);
    const senders = async (): Promise<unknown[]> => {
      const [group] = await run('Get-DistributionGroup', { Identity: 'outer' });
      return [group?.['RequireSenderAuthenticationEnabled'], group?.['AcceptMessagesOnlyFrom'], group?.['AcceptMessagesOnlyFromDLMembers'], group?.['RejectMessagesFromSendersOrMembers']];
    };
    const [administrator] = await run('Get-Recipient', { Identity: 'administrator' });
    await run('Set-DistributionGroup', { Identity: 'outer', AcceptMessagesOnlyFromSendersOrMembers: ['inner', 'administrator'] });
    assert.deepEqual(await senders(), [false, [administrator?.['DisplayName']], ['Inner'], []]);
    await run('Set-DistributionGroup', { Identity: 'outer', AcceptMessagesOnlyFrom: null, RejectMessagesFrom: { add: 'administrator' }, RequireSenderAuthenticationEnabled: true });
    assert.deepEqual(await senders(), [true, [], ['Inner'], [administrator?.['DisplayName']]]);
    await assert.rejects(run('Set-DistributionGroup', { Identity: 'outer', RejectMessagesFrom: 'nobody' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  });

  test('automatic replies are set as published, and refused where a schedule is none', async () => {
    const get = async (): Promise<unknown[]> => {
      const [row] = await run('Get-MailboxAutoReplyConfiguration', { Identity: 'administrator' });
      return [row?.['AutoReplyState'], row?.['StartTime'], row?.['EndTime'], row?.['ExternalAudience'], row?.['InternalMessage'], row?.['ExternalMessage']];
    };
    assert.deepEqual(await get(), ['Disabled', null, null, 'None', '', '']);
    await assert.rejects(run('Set-MailboxAutoReplyConfiguration', { Identity: 'administrator', AutoReplyState: 'Scheduled' }), { code: 'MANAGEMENT_INVALID_VALUE' });
    await assert.rejects(run('Set-MailboxAutoReplyConfiguration', { Identity: 'administrator', AutoReplyState: 'Scheduled', StartTime: '7/15/2027', EndTime: '7/10/2027' }), { code: 'MANAGEMENT_INVALID_VALUE' });
    await run('Set-MailboxAutoReplyConfiguration', { Identity: 'administrator', AutoReplyState: 'Scheduled', StartTime: '7/10/2027 08:00:00', EndTime: '7/15/2027 17:00:00', InternalMessage: 'Away', ExternalAudience: 'Known', CreateOOFEvent: false });
    assert.deepEqual(await get(), ['Scheduled', '2027-07-10T08:00:00.000Z', '2027-07-15T17:00:00.000Z', 'Known', 'Away', '']);
    await assert.rejects(run('Set-MailboxAutoReplyConfiguration', { Identity: 'administrator', CreateOOFEvent: true }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
    await run('Set-MailboxAutoReplyConfiguration', { Identity: 'administrator', AutoReplyState: 'Disabled', InternalMessage: null });
    assert.deepEqual((await get()).slice(0, 5), ['Disabled', '2027-07-10T08:00:00.000Z', '2027-07-15T17:00:00.000Z', 'Known', '']);
  });

  test('accounts that only hold roles are users, too', async () => {
    await run('New-ManagementRoleAssignment', { Role: 'UserApplication', User: 'Exchange Online-ApplicationAccount' });
    const [account] = await run('Get-User', { Identity: 'Exchange Online-ApplicationAccount' });
    assert.deepEqual([account?.['Name'], account?.['RecipientType'], account?.['AccountDisabled']], ['Exchange Online-ApplicationAccount', 'User', true]);
    assert.equal((await run('Get-User', { Identity: 'administrator' }))[0]?.['UserPrincipalName'], 'administrator@contoso.test');
    await assert.rejects(run('Get-User', { Identity: 'nobody' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  });

  test('one sharing policy is the default one', async () => {
    await run('New-SharingPolicy', { Name: 'A', Domains: ['*: CalendarSharingFreeBusySimple'], Default: true });
    await run('New-SharingPolicy', { Name: 'B', Domains: ['fabrikam.test: CalendarSharingFreeBusyDetail, ContactsSharing'], Default: true });
    assert.deepEqual((await run('Get-SharingPolicy')).map((policy) => [policy['Name'], policy['Default']]), [['A', false], ['B', true]]);
    await assert.rejects(run('Set-SharingPolicy', { Identity: 'B', Domains: { add: ['x.test: Everything'] } }), { code: 'MANAGEMENT_INVALID_VALUE' });
  });
});

test('the cloud keeps which organisation it is in hybrid with; its relationship must exist', async () => {
  const exchange = await serveExchange({ side: 'Cloud' });
  const { session } = exchange;
  const given = { Name: 'Contoso', HybridDomains: ['contoso.test'], OrganizationGuid: 'a1135426-2740-4196-9c97-10ef5b3b5ea1', InboundConnector: 'In', OutboundConnector: 'Out' };
  await assert.rejects(session.invoke('New-OnPremisesOrganization', { ...given, OrganizationRelationship: 'none' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await session.invoke('New-OrganizationRelationship', { Name: 'O365 to On-premises', DomainNames: ['contoso.test'] });
  await session.invoke('New-OnPremisesOrganization', { ...given, OrganizationRelationship: 'o365 to on-premises' });
  const [kept] = await session.invoke('Get-OnPremisesOrganization');
  assert.deepEqual([kept?.['OrganizationRelationship'], kept?.['HybridDomains']], ['O365 to On-premises', ['contoso.test']]);
  await exchange.close();
});

test('a migration endpoint is tested before it is kept, and its password is never shown', async () => {
  const asked: string[] = [];
  const exchange = await serveExchange({
    side: 'Cloud',
    webServer: {
      restart: () => undefined,
      testOAuth: () => Promise.reject(new Error('not asked for')),
      testMoveProxy: async ({ remoteServer, credentials }) => {
        asked.push(`${remoteServer} ${credentials.userName}`);
        return credentials.password === 'right' ? { isSuccess: true, url: '', message: '', detail: '' } : { isSuccess: false, url: '', message: 'Not reached.', detail: '(403) Forbidden' };
      },
    },
  });
  const { session } = exchange;
  const given = { Name: 'Hybrid', ExchangeRemoteMove: true, RemoteServer: 'mail.contoso.test' };
  const right = { UserName: 'CONTOSO\\admin', Password: 'right' };
  await assert.rejects(session.invoke('New-MigrationEndpoint', { ...given, Credentials: { UserName: 'CONTOSO\\admin', Password: 'wrong' } }), { code: 'MANAGEMENT_REMOTE_FAILED', message: /403/ });
  const made = await session.invoke('New-MigrationEndpoint', { ...given, Credentials: right, MaxConcurrentMigrations: 'Unlimited' });
  assert.deepEqual([made[0]?.['Identity'], made[0]?.['RemoteServer'], made[0]?.['Username'], made[0]?.['MaxConcurrentMigrations']], ['Hybrid', 'mail.contoso.test', 'CONTOSO\\admin', 'Unlimited']);
  assert.ok(!JSON.stringify([made, await exchange.organization.audit.search({})]).includes('right'));
  const [tested] = await session.invoke('Test-MigrationServerAvailability', { Endpoint: 'Hybrid' });
  assert.deepEqual([tested?.['Result'], asked.at(-1)], ['Success', 'mail.contoso.test CONTOSO\\admin']);
  await session.invoke('Set-MigrationEndpoint', { Identity: 'Hybrid', RemoteServer: 'agent.contoso.test' });
  assert.equal(asked.at(-1), 'agent.contoso.test CONTOSO\\admin', 'with the password that is kept');
  await session.invoke('Remove-MigrationEndpoint', { Identity: 'Hybrid' });
  assert.deepEqual(await session.invoke('Get-MigrationEndpoint'), []);
  await exchange.close();
});
