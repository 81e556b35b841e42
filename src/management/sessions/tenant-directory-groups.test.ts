import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestDirectory } from './start-test-directory.ts';

const { directory, tenantId, session, one, close } = await startTestDirectory();
after(close);

const anna = await directory.createUser(tenantId, { userPrincipalName: 'anna@contoso.test', displayName: 'Anna Archer', mail: 'anna@contoso.test' });
const bert = await directory.createUser(tenantId, { userPrincipalName: 'bert@contoso.test', displayName: 'Bert Baker' });
const nobody = '99999999-0000-4000-8000-000000000000';
const reference = (id: string): string => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`;

test('Microsoft Graph: a security group is made, gets members and loses them, and is removed', async () => {
  const given = { DisplayName: 'Relay administrators', MailEnabled: false, MailNickname: 'relay', SecurityEnabled: true };
  await assert.rejects(session.invoke('New-MgGroup', { ...given, MailEnabled: true }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(session.invoke('New-MgGroup', { BodyParameter: { displayName: 'x', securityEnabled: true, mailEnabled: false } }), /property 'mailNickname' of resource 'Group'/);
  await assert.rejects(session.invoke('New-MgGroup', { ...given, GroupTypes: ['Unified'] }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  assert.deepEqual(await session.invoke('New-MgGroup', { ...given, WhatIf: true }), []);
  assert.deepEqual(await directory.listGroups(tenantId), []);
  const { Id: GroupId } = await one('New-MgGroup', given);
  assert.deepEqual([(await one('Get-MgGroup', { Filter: "displayName eq 'relay administrators'" }))['Id'], (await one('Get-MgGroup', { GroupId }))['SecurityEnabled']], [GroupId, true]);
  await assert.rejects(session.invoke('Get-MgGroup', { GroupId: nobody }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND', message: /Request_ResourceNotFound/ });
  await assert.rejects(session.invoke('New-MgGroup', given), { code: 'MANAGEMENT_OBJECT_EXISTS' });

  await session.invoke('New-MgGroupMember', { GroupId, DirectoryObjectId: anna.objectId });
  assert.deepEqual(await session.invoke('New-MgGroupMemberByRef', { GroupId, BodyParameter: { '@odata.id': reference(bert.objectId) }, PassThru: true }), [{ Value: true }]);
  await session.invoke('New-MgGroupMemberByRef', { GroupId, OdataId: "https://graph.microsoft.com/v1.0/users('bert@contoso.test')" });
  const members = await session.invoke('Get-MgGroupMember', { GroupId, Sort: 'displayName desc' });
  assert.deepEqual(members, [bert, anna].map(({ objectId, displayName, mail, userPrincipalName }) => ({ Id: objectId, DeletedDateTime: null, AdditionalProperties: { '@odata.type': '#microsoft.graph.user', displayName, mail, userPrincipalName } })));
  assert.deepEqual((await session.invoke('Get-MgGroupMember', { GroupId, Filter: "startswith(displayName,'Anna')" })).map((row) => row['Id']), [anna.objectId]);
  for (const bad of [{ OdataId: 'bert' }, { BodyParameter: {} }]) await assert.rejects(session.invoke('New-MgGroupMemberByRef', { GroupId, ...bad }), { code: 'MANAGEMENT_INVALID_VALUE' });
  for (const bad of [{}, { DirectoryObjectId: anna.objectId, BodyParameter: { '@odata.id': reference(anna.objectId) } }]) await assert.rejects(session.invoke('New-MgGroupMember', { GroupId, ...bad }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  await assert.rejects(session.invoke('New-MgGroupMember', { GroupId, DirectoryObjectId: nobody }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });

  await session.invoke('Remove-MgGroupMemberByRef', { GroupId, DirectoryObjectId: anna.objectId });
  await session.invoke('Remove-MgGroupMemberDirectoryObjectByRef', { GroupId, DirectoryObjectId: bert.objectId, WhatIf: true });
  assert.deepEqual((await directory.listGroups(tenantId))[0]?.members, [bert.objectId]);
  await assert.rejects(session.invoke('Remove-MgGroupMemberDirectoryObjectByRef', { GroupId, DirectoryObjectId: anna.objectId }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  assert.deepEqual(await session.invoke('Remove-MgGroup', { GroupId, PassThru: true }), [{ Value: true }]);
  assert.deepEqual(await session.invoke('Get-MgGroup'), []);
});

test('the same groups by the names of MSOnline and AzureAD', async () => {
  const msol = await one('New-MsolGroup', { DisplayName: 'Sales' });
  const azure = await one('New-AzureADGroup', { DisplayName: 'Service', MailEnabled: false, MailNickName: 'NotSet', SecurityEnabled: true });
  await assert.rejects(session.invoke('New-AzureADGroup', { DisplayName: 'x', MailEnabled: false, MailNickName: 'x', SecurityEnabled: false }), { code: 'MANAGEMENT_INVALID_VALUE' });
  assert.deepEqual((await session.invoke('Get-MsolGroup', { SearchString: 's' })).map((row) => row['DisplayName']), ['Sales', 'Service']);
  assert.deepEqual(await session.invoke('Get-MsolGroup', { GroupType: 'DistributionList' }), []);
  assert.equal((await one('Get-AzureADGroup', { Filter: "displayName eq 'Sales'" }))['ObjectId'], msol['ObjectId']);

  await session.invoke('Add-MsolGroupMember', { GroupObjectId: msol['ObjectId'], GroupMemberType: 'User', GroupMemberObjectId: anna.objectId });
  await session.invoke('Add-AzureADGroupMember', { ObjectId: msol['ObjectId'], RefObjectId: bert.objectId });
  assert.deepEqual((await session.invoke('Get-MsolGroupMember', { GroupObjectId: msol['ObjectId'] })).map((row) => row['EmailAddress']), ['anna@contoso.test', 'bert@contoso.test']);
  assert.deepEqual((await session.invoke('Get-MsolGroupMember', { GroupObjectId: msol['ObjectId'], SearchString: 'bert' })).map((row) => row['ObjectId']), [bert.objectId]);
  assert.deepEqual((await session.invoke('Get-AzureADGroupMember', { ObjectId: msol['ObjectId'], Top: 1 })).map((row) => row['UserPrincipalName']), ['anna@contoso.test']);
  await session.invoke('Remove-MsolGroupMember', { GroupObjectId: msol['ObjectId'], GroupMemberObjectId: bert.objectId });
  await session.invoke('Remove-AzureADGroupMember', { ObjectId: msol['ObjectId'], MemberId: anna.objectId });
  assert.deepEqual(await session.invoke('Get-MsolGroupMember', { GroupObjectId: msol['ObjectId'] }), []);
  await session.invoke('Remove-MsolGroup', { ObjectId: msol['ObjectId'], Force: true });
  await session.invoke('Remove-AzureADGroup', { ObjectId: azure['ObjectId'] });
  assert.deepEqual(await directory.listGroups(tenantId), []);
});

test('the one directory role: who has it is an administrator of the tenant, by the names of each module', async () => {
  const administrators = async (): Promise<unknown[]> => (await directory.listUsers(tenantId)).filter(({ administrator }) => administrator).map(({ displayName }) => displayName);
  const { Id: DirectoryRoleId } = await one('Get-MgDirectoryRole', { Filter: "displayName eq 'Global Administrator'" });
  assert.deepEqual(await session.invoke('Get-MgDirectoryRole', { Filter: "displayName eq 'User Administrator'" }), []);
  assert.deepEqual([(await one('Get-MsolRole', { RoleName: 'Company Administrator' }))['ObjectId'], (await one('Get-AzureADDirectoryRole'))['ObjectId']], [DirectoryRoleId, DirectoryRoleId]);
  await assert.rejects(session.invoke('Get-MsolRole', { RoleName: 'User Account Administrator' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(session.invoke('Get-MgDirectoryRoleMember', { DirectoryRoleId: nobody }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });

  await session.invoke('New-MgDirectoryRoleMemberByRef', { DirectoryRoleId, OdataId: reference(anna.objectId), WhatIf: true });
  assert.deepEqual(await administrators(), []);
  await session.invoke('New-MgDirectoryRoleMemberByRef', { DirectoryRoleId, BodyParameter: { '@odata.id': reference(anna.objectId) } });
  await session.invoke('Add-MsolRoleMember', { RoleName: 'Company Administrator', RoleMemberEmailAddress: 'bert@contoso.test' });
  assert.deepEqual(await administrators(), ['Anna Archer', 'Bert Baker']);
  assert.deepEqual((await session.invoke('Get-MgDirectoryRoleMember', { DirectoryRoleId })).map((row) => row['Id']), [anna.objectId, bert.objectId]);
  assert.deepEqual((await session.invoke('Get-MsolRoleMember', { RoleObjectId: DirectoryRoleId, SearchString: 'Bert' })).map((row) => row['EmailAddress']), ['bert@contoso.test']);
  assert.deepEqual((await session.invoke('Get-AzureADDirectoryRoleMember', { ObjectId: DirectoryRoleId })).map((row) => row['DisplayName']), ['Anna Archer', 'Bert Baker']);
  assert.deepEqual(await session.invoke('Remove-MgDirectoryRoleMemberByRef', { DirectoryRoleId, DirectoryObjectId: anna.objectId, PassThru: true }), [{ Value: true }]);
  await assert.rejects(session.invoke('Remove-AzureADDirectoryRoleMember', { ObjectId: DirectoryRoleId, MemberId: anna.objectId }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await session.invoke('Remove-MsolRoleMember', { RoleObjectId: DirectoryRoleId, RoleMemberObjectId: bert.objectId });
  await session.invoke('Add-AzureADDirectoryRoleMember', { ObjectId: DirectoryRoleId, RefObjectId: bert.objectId });
  assert.deepEqual(await administrators(), ['Bert Baker']);
  await assert.rejects(session.invoke('Add-MsolRoleMember', { RoleName: 'Company Administrator' }), { code: 'MANAGEMENT_PARAMETER_MISSING' });
});

test('roles of applications: from both ends, for people, groups and applications', async () => {
  const relay = await directory.createServicePrincipal(tenantId, { appId: '11111111-0000-4000-8000-000000000001', displayName: 'Relay', appRoles: ['Relay.Admin', 'Relay.Read'] });
  const client = await directory.createServicePrincipal(tenantId, { appId: '11111111-0000-4000-8000-000000000002', displayName: 'Console' });
  const group = await directory.createGroup(tenantId, 'Relay administrators');
  const roles = (await one('Get-MgServicePrincipal', { ServicePrincipalId: relay.objectId }))['AppRoles'] as { Id: string; Value: string }[];
  assert.deepEqual(roles.map(({ Value }) => Value), ['Relay.Admin', 'Relay.Read']);
  assert.match(roles[0]?.Id ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const of = (PrincipalId: string, role = 0): Record<string, unknown> => ({ PrincipalId, ResourceId: relay.objectId, AppRoleId: roles[role]?.Id });

  const made = await one('New-MgServicePrincipalAppRoleAssignment', { ServicePrincipalId: client.appId, BodyParameter: { principalId: client.objectId, resourceId: relay.objectId, appRoleId: roles[0]?.Id } });
  assert.deepEqual([made['PrincipalDisplayName'], made['PrincipalType'], made['ResourceDisplayName'], made['AppRoleId']], ['Console', 'ServicePrincipal', 'Relay', roles[0]?.Id]);
  await session.invoke('New-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, ...of(group.objectId) });
  await session.invoke('New-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, ...of(anna.objectId, 1) });
  assert.deepEqual(await directory.listRoleAssignments(tenantId, relay.objectId), [...[client.objectId, group.objectId].toSorted().map((principalId) => ({ role: 'Relay.Admin', principalId })), { role: 'Relay.Read', principalId: anna.objectId }]);
  const assigned = await session.invoke('Get-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, Sort: 'PrincipalType' });
  assert.deepEqual(assigned.map((row) => [row['PrincipalType'], row['PrincipalDisplayName']]), [['Group', 'Relay administrators'], ['ServicePrincipal', 'Console'], ['User', 'Anna Archer']]);
  assert.deepEqual((await session.invoke('Get-MgServicePrincipalAppRoleAssignment', { ServicePrincipalId: client.objectId })).map((row) => row['Id']), [made['Id']]);
  assert.deepEqual(await one('Get-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, AppRoleAssignmentId: made['Id'] }), made);
  await assert.rejects(session.invoke('Get-MgServicePrincipalAppRoleAssignment', { ServicePrincipalId: relay.objectId, AppRoleAssignmentId: made['Id'] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  assert.deepEqual(await session.invoke('Get-MgServicePrincipalAppRoleAssignment', { ServicePrincipalId: relay.objectId }), []);

  await assert.rejects(session.invoke('New-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, ...of(anna.objectId), AppRoleId: nobody }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(session.invoke('New-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, ...of(nobody) }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(session.invoke('New-MgServicePrincipalAppRoleAssignment', { ServicePrincipalId: client.objectId, ...of(anna.objectId) }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(session.invoke('New-MgServicePrincipalAppRoleAssignment', { ServicePrincipalId: client.objectId, PrincipalId: client.objectId }), /property 'resourceId' of resource 'AppRoleAssignment'/);
  await session.invoke('Remove-MgServicePrincipalAppRoleAssignment', { ServicePrincipalId: client.objectId, AppRoleAssignmentId: made['Id'] });
  await assert.rejects(session.invoke('Remove-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, AppRoleAssignmentId: made['Id'] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  assert.deepEqual(await session.invoke('Remove-MgServicePrincipalAppRoleAssignedTo', { ServicePrincipalId: relay.objectId, AppRoleAssignmentId: assigned[0]?.['Id'], PassThru: true }), [{ Value: true }]);
  assert.deepEqual((await directory.listRoleAssignments(tenantId, relay.objectId)).map(({ role }) => role), ['Relay.Read']);
});

test('consents: everybody’s are given and taken back; people give their own at the sign-in page', async () => {
  const client = await directory.createServicePrincipal(tenantId, { appId: '22222222-0000-4000-8000-000000000001', displayName: 'Calendar Sync' });
  const exchange = await directory.createServicePrincipal(tenantId, { appId: '22222222-0000-4000-8000-000000000002', displayName: 'Exchange' });
  const body = { clientId: client.objectId, consentType: 'AllPrincipals', resourceId: exchange.objectId, scope: 'EWS.AccessAsUser.All' };
  const made = await one('New-MgOauth2PermissionGrant', { BodyParameter: body });
  assert.deepEqual([made['ClientId'], made['ConsentType'], made['PrincipalId'], made['ResourceId']], [client.objectId, 'AllPrincipals', null, exchange.objectId]);
  assert.deepEqual((await directory.getServicePrincipal(tenantId, client.objectId)).consentedResources, [exchange.appId]);
  await assert.rejects(session.invoke('New-MgOauth2PermissionGrant', { BodyParameter: { ...body, consentType: 'Principal', principalId: anna.objectId } }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  await assert.rejects(session.invoke('New-MgOauth2PermissionGrant', { ClientId: client.objectId, ConsentType: 'Principal', ResourceId: exchange.objectId }), { code: 'MANAGEMENT_INVALID_VALUE' });
  assert.deepEqual(await session.invoke('Get-MgOauth2PermissionGrant', { Filter: `clientId eq '${client.objectId}'` }), [made]);
  assert.deepEqual(await one('Get-MgOauth2PermissionGrant', { OAuth2PermissionGrantId: made['Id'] }), made);
  assert.deepEqual(await session.invoke('Get-MgUserOauth2PermissionGrant', { UserId: 'anna@contoso.test' }), []);
  await assert.rejects(session.invoke('Get-MgUserOauth2PermissionGrant', { UserId: 'anna@contoso.test', OAuth2PermissionGrantId: made['Id'] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await session.invoke('Remove-MgOauth2PermissionGrant', { OAuth2PermissionGrantId: made['Id'] });
  assert.deepEqual((await directory.getServicePrincipal(tenantId, client.objectId)).consentedResources, []);
  await assert.rejects(session.invoke('Remove-MgOauth2PermissionGrant', { OAuth2PermissionGrantId: made['Id'] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
});
