import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { systemClock } from '../../foundation/index.ts';
import { certificateBase64, createAuthCertificate } from '../../identity/index.ts';
import { formatInvocation } from '../invocation/format-invocation.ts';
import { startTestDirectory } from './start-test-directory.ts';

const { directory, tenantId, session, one, close } = await startTestDirectory();
after(close);

const anna = await directory.createUser(tenantId, { userPrincipalName: 'anna@contoso.test', displayName: 'Anna Archer', proxyAddresses: ['SMTP:anna@contoso.test', 'smtp:a.archer@contoso.onmicrosoft.test'], immutableId: 'anchor-1', onPremisesLastSync: Date.UTC(2026, 0, 2) });
await directory.createUser(tenantId, { userPrincipalName: 'bert@contoso.onmicrosoft.test', displayName: 'Bert Baker', enabled: false });
await directory.createUser(tenantId, { userPrincipalName: 'carl@contoso.test', displayName: "Carl O'Archer" });

const names = async (cmdlet: string, parameters: Record<string, unknown>): Promise<unknown[]> => (await session.invoke(cmdlet, parameters)).map((row) => String(row['DisplayName']).split(' ')[0]);

test('Microsoft Graph: a list is filtered, searched, sorted and cut, and shows the properties that were selected', async () => {
  const filtered = (Filter: string): Promise<unknown[]> => names('Get-MgUser', { Filter });
  assert.deepEqual(await filtered("startswith(displayName,'a') or endsWith(UserPrincipalName,'onmicrosoft.test')"), ['Anna', 'Bert']);
  assert.deepEqual(await filtered("accountEnabled eq true and not(startswith(displayName,'Carl'))"), ['Anna']);
  assert.deepEqual(await filtered("proxyAddresses/any(p:p eq 'smtp:A.Archer@contoso.onmicrosoft.test')"), ['Anna']);
  assert.deepEqual(await filtered("proxyAddresses/any(p:startswith(p,'smtp:a'))"), ['Anna']);
  assert.deepEqual(await filtered("displayName eq 'Carl O''Archer'"), ['Carl']);
  assert.deepEqual(await filtered("userPrincipalName in ('carl@contoso.test', 'anna@contoso.test')"), ['Anna', 'Carl']);
  assert.deepEqual(await filtered('onPremisesImmutableId ne null'), ['Anna']);
  assert.deepEqual(await filtered('onPremisesLastSyncDateTime ge 2026-01-01T00:00:00Z'), ['Anna']);
  assert.deepEqual(await filtered('onPremisesLastSyncDateTime ge 2026-02-01T00:00:00Z'), []);
  for (const bad of ['displayName', 'displayName eq', "displayName is 'x'", "(displayName eq 'x'", "displayName eq 'x')", "displayName eq 'x' and", "startswith('x',displayName)", "proxyAddresses/any(p:q eq 'x')", `${'('.repeat(200)}displayName eq 'x'${')'.repeat(200)}`, `${'not '.repeat(200)}displayName eq 'x'`]) {
    await assert.rejects(session.invoke('Get-MgUser', { Filter: bad }), { code: 'MANAGEMENT_INVALID_VALUE' }, bad);
  }
  await assert.rejects(filtered("department eq 'Sales'"), /Could not find a property named 'department'/);

  assert.deepEqual(await names('Get-MgUser', { Search: '"displayName:archer"', ConsistencyLevel: 'eventual' }), ['Anna', 'Carl']);
  assert.deepEqual(await names('Get-MgUser', { Search: '"displayName:archer" AND "userPrincipalName:carl" OR "displayName:bert b"', ConsistencyLevel: 'eventual' }), ['Bert', 'Carl']);
  assert.deepEqual(await names('Get-MgUser', { Search: '"displayName:rcher"', ConsistencyLevel: 'eventual' }), []);
  await assert.rejects(names('Get-MgUser', { Search: '"displayName:archer"' }), /Request_UnsupportedQuery.*'ConsistencyLevel: eventual'/);
  await assert.rejects(names('Get-MgUser', { Search: 'displayName:archer', ConsistencyLevel: 'eventual' }), { code: 'MANAGEMENT_INVALID_VALUE' });

  assert.deepEqual(await names('Get-MgUser', { OrderBy: 'displayName desc', Top: 2 }), ['Carl', 'Bert']);
  assert.deepEqual(await names('Get-MgUser', { Sort: ['AccountEnabled', 'DisplayName desc'], All: true, PageSize: 1 }), ['Bert', 'Carl', 'Anna']);
  const counts: number[] = [];
  await session.invoke('Get-MgUser', { Top: 1, Filter: 'accountEnabled eq true', CountVariable: 'people', ConsistencyLevel: 'eventual' }, { onCount: (total) => counts.push(total) });
  await session.invoke('Get-MgUser', { Top: 1 }, { onCount: (total) => counts.push(total) });
  assert.deepEqual(counts, [2], 'only who asks hears it, and of all that fit');
  const selected = await one('Get-MgUser', { UserId: 'anna@contoso.test', Select: ['id,displayName'] });
  assert.deepEqual(Object.entries(selected).filter(([, value]) => value !== null), [['DisplayName', 'Anna Archer'], ['Id', anna.objectId]]);
  assert.deepEqual((await one('Get-MgUser', { Filter: "displayName eq 'Anna Archer'", Property: ['UserPrincipalName'] }))['Id'], null);
  assert.equal((await one('Get-MgDomain', { Filter: 'isDefault eq true' }))['Id'], 'contoso.onmicrosoft.test');
});

test('Microsoft Graph: -BodyParameter holds what the parameters hold, and nothing else', async () => {
  const body = { displayName: 'Dora Dean', userPrincipalName: 'dora@contoso.test', accountEnabled: true, mailNickname: 'dora', passwordProfile: { password: 'Correct-horse-7' } };
  const made = await one('New-MgUser', { BodyParameter: body });
  assert.deepEqual([made['DisplayName'], made['AccountEnabled']], ['Dora Dean', true]);
  await session.invoke('Update-MgUser', { UserId: made['Id'], BodyParameter: { accountEnabled: false, onPremisesImmutableId: null } });
  assert.equal((await one('Get-MgUser', { UserId: made['Id'] }))['AccountEnabled'], false);
  await assert.rejects(session.invoke('Update-MgUser', { UserId: made['Id'], BodyParameter: { shoeSize: 42 } }), { code: 'MANAGEMENT_PARAMETER_INVALID', message: "[Request_BadRequest] : Invalid property 'shoeSize'." });
  await assert.rejects(session.invoke('Update-MgUser', { UserId: made['Id'], BodyParameter: { department: 'Sales' } }), /The parameter 'Department' can't be used here\. Of people/);
  await assert.rejects(session.invoke('Update-MgUser', { UserId: made['Id'], DisplayName: 'D', BodyParameter: { displayName: 'D' } }), /Parameter set cannot be resolved/);
  await assert.rejects(session.invoke('Update-MgUser', { UserId: made['Id'], BodyParameter: 'displayName' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  await assert.rejects(session.invoke('Update-MgUser', { BodyParameter: { userId: made['Id'], displayName: 'D' } }), { code: 'MANAGEMENT_PARAMETER_MISSING' });
  const { displayName: _, ...nameless } = body;
  await assert.rejects(session.invoke('New-MgUser', { BodyParameter: nameless }), { code: 'MANAGEMENT_PARAMETER_MISSING', message: "[Request_BadRequest] : A value is required for property 'displayName' of resource 'User'." });
  assert.doesNotMatch(formatInvocation({ session: 'Tenant', cmdlet: 'New-MgUser', parameters: { BodyParameter: body } }), /Correct-horse/);
  assert.deepEqual(await session.invoke('Remove-MgUser', { UserId: made['Id'], PassThru: true, WhatIf: true }), []);
  assert.deepEqual(await session.invoke('Remove-MgUser', { UserId: made['Id'], PassThru: true }), [{ Value: true }]);
  assert.equal((await one('Get-MgDirectoryDeletedItemAsUser', { DirectoryObjectId: made['Id'] }))['UserPrincipalName'], 'dora@contoso.test');
});

test('that there is no such object is said in the words of each module', async () => {
  const nobody = 'nobody@contoso.test';
  const missing = `Resource '${nobody}' does not exist or one of its queried reference-property objects are not present.`;
  await assert.rejects(session.invoke('Get-MgUser', { UserId: nobody }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: `[Request_ResourceNotFound] : ${missing}` });
  await assert.rejects(session.invoke('Set-AzureADUser', { ObjectId: nobody, DisplayName: 'x' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: `Code: Request_ResourceNotFound Message: ${missing}` });
  await assert.rejects(session.invoke('Get-MsolUser', { UserPrincipalName: nobody }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: `User Not Found. User: ${nobody}.` });
  await assert.rejects(session.invoke('Get-MgOrganization', { OrganizationId: anna.objectId }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(session.invoke('Update-MgOrganization', { OrganizationId: anna.objectId, OnPremisesSyncEnabled: true }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  assert.equal((await directory.getTenant(tenantId)).onPremisesSyncEnabled, null);
});

test('MSOnline: people by domain, state and origin; a new sign-in name with anchor and password; only the change of a password forced', async () => {
  assert.deepEqual(await names('Get-MsolUser', { DomainName: 'contoso.onmicrosoft.test' }), ['Anna', 'Bert']);
  assert.deepEqual(await names('Get-MsolUser', { EnabledFilter: 'DisabledOnly' }), ['Bert']);
  assert.deepEqual(await names('Get-MsolUser', { EnabledFilter: 'EnabledOnly', Synchronized: true }), ['Anna']);
  await assert.rejects(session.invoke('Get-MsolUser', { UnlicensedUsersOnly: true }), /The tenant’s directory has no licences\./);
  assert.deepEqual((await session.invoke('Get-MsolDomain', { Status: 'Verified' })).length, 2);
  assert.deepEqual(await session.invoke('Get-MsolDomain', { Status: 'Unverified', TenantId: tenantId }), []);
  await assert.rejects(session.invoke('Get-MgDomain', { TenantId: tenantId }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });

  await session.invoke('Set-MsolUserPrincipalName', { UserPrincipalName: 'carl@contoso.test', NewUserPrincipalName: 'carlo@contoso.test', ImmutableId: 'anchor-3', NewPassword: 'Correct-horse-7' });
  const carlo = await directory.getUser(tenantId, 'carlo@contoso.test');
  assert.deepEqual([carlo.immutableId, carlo.hasPassword], ['anchor-3', true]);
  assert.deepEqual(await session.invoke('Set-MsolUserPassword', { UserPrincipalName: 'carlo@contoso.test', ForceChangePasswordOnly: true }), []);
  assert.equal((await directory.getUser(tenantId, 'carlo@contoso.test')).passwordChangedAt, carlo.passwordChangedAt);
});

test('applications: where sign-ins end, what kind of client, groups in tokens, roles, certificates, by the names of each module', async () => {
  const value = certificateBase64((await createAuthCertificate({ clock: systemClock })).certificate);
  const graph = await one('New-MgApplication', { DisplayName: 'Console', Web: { redirectUris: ['https://console.contoso.test/signed-in'] }, IdentifierUris: ['https://console.contoso.test'], GroupMembershipClaims: 'SecurityGroup', AppRoles: [{ value: 'Relay.Admin', displayName: 'Administers the relay', allowedMemberTypes: ['User'] }] });
  const kept = await directory.getServicePrincipal(tenantId, String(graph['AppId']));
  assert.deepEqual([kept.redirectUris, kept.publicClient, kept.emitsGroups, kept.appRoles, kept.servicePrincipalNames.includes('https://console.contoso.test')], [['https://console.contoso.test/signed-in'], false, true, ['Relay.Admin'], true]);
  await session.invoke('Update-MgApplication', { ObjectId: graph['Id'], BodyParameter: { displayName: 'Console 2', publicClient: { redirectUris: ['http://localhost'] } } });
  const changed = await directory.getServicePrincipal(tenantId, String(graph['AppId']));
  assert.deepEqual([changed.displayName, changed.publicClient, changed.redirectUris, changed.appRoles], ['Console 2', true, ['http://localhost'], ['Relay.Admin']]);
  for (const bad of [{ Web: { homePageUrl: 'https://x.test' } }, { Web: 'https://x.test' }, { AppRoles: [{ displayName: 'x' }] }, { AppRoles: ['x'] }]) await assert.rejects(session.invoke('Update-MgApplication', { ApplicationId: graph['Id'], ...bad }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  assert.equal((await one('Get-MgApplication', { Search: '"displayName:console"', ConsistencyLevel: 'eventual' }))['AppId'], graph['AppId']);
  assert.equal((await one('New-MgServicePrincipal', { BodyParameter: { appId: graph['AppId'], accountEnabled: false } }))['AccountEnabled'], false);
  await assert.rejects(session.invoke('New-MgServicePrincipal', { BodyParameter: {} }), /property 'appId' of resource 'ServicePrincipal'/);

  const azure = await one('New-AzureADApplication', { DisplayName: 'Intranet', ReplyUrls: ['https://intranet.contoso.test/'], KeyCredentials: [{ Type: 'AsymmetricX509Cert', Usage: 'Verify', Value: value }], AvailableToOtherTenants: false });
  assert.equal((azure['KeyCredentials'] as unknown[]).length, 1);
  assert.equal((await one('New-AzureADServicePrincipal', { AppId: azure['AppId'], AccountEnabled: false, Tags: ['WindowsAzureActiveDirectoryIntegratedApp'] }))['AccountEnabled'], false);
  await session.invoke('Set-AzureADServicePrincipal', { ObjectId: azure['ObjectId'], DisplayName: 'Intranet 2', KeyCredentials: [], AccountEnabled: true });
  const intranet = await directory.getServicePrincipal(tenantId, String(azure['AppId']));
  assert.deepEqual([intranet.displayName, intranet.enabled, intranet.keyCredentials, intranet.redirectUris], ['Intranet 2', true, [], ['https://intranet.contoso.test/']]);
  assert.equal((await one('Get-AzureADServicePrincipal', { Filter: `servicePrincipalNames/any(n:n eq '${String(azure['AppId'])}')` }))['DisplayName'], 'Intranet 2');

  const msol = await one('New-MsolServicePrincipal', { DisplayName: 'Server', Type: 'Asymmetric', Value: value });
  assert.equal((await session.invoke('Get-MsolServicePrincipalCredential', { ObjectId: msol['ObjectId'], ReturnKeyValues: false })).length, 1);
  await assert.rejects(session.invoke('New-MsolServicePrincipal', { DisplayName: 'Other', Type: 'Password', Value: 'secret' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  assert.deepEqual(await session.invoke('Get-MsolServicePrincipal', { SearchString: 'Other' }), [], 'what is refused leaves nothing behind');
  await assert.rejects(session.invoke('New-MsolServicePrincipalCredential', { ObjectId: msol['ObjectId'] }), { code: 'MANAGEMENT_PARAMETER_MISSING' });
});
