import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../admin-api/served-exchange.ts';
import { serveExchange } from '../admin-api/served-exchange.ts';
import type { CmdletSession } from '../sessions/cmdlet-session.ts';

let exchange: ServedExchange;
before(async () => {
  exchange = await serveExchange();
});
after(() => exchange.close());

const run = (cmdlet: string, parameters: Record<string, unknown> = {}): Promise<readonly Record<string, unknown>[]> => exchange.session.invoke(cmdlet, parameters);
const names = (rows: readonly Record<string, unknown>[]): unknown[] => rows.map(({ Name }) => Name);
const notRecognized = { code: 'MANAGEMENT_CMDLET_NOT_FOUND' };
const outOfScope = { code: 'MANAGEMENT_OUT_OF_SCOPE' };

async function person(name: string, more: Record<string, unknown> = {}): Promise<CmdletSession> {
  const session = await exchange.sessionAs(name);
  if (Object.keys(more).length > 0) await run('Set-Mailbox', { Identity: name, ...more });
  return session;
}

test('a role group of one’s own: roles, members, and a scope that holds some recipients only', async () => {
  const helper = await person('scope-helper');
  for (const name of ['branch-anna', 'head-bert']) await person(name);
  await run('New-ManagementScope', { Name: 'Branch', RecipientRestrictionFilter: "DisplayName -like 'branch*'" });
  const [group] = await run('New-RoleGroup', { Name: 'Branch Recipients', Roles: ['Mail Recipients', 'Mail Recipient Creation'], Members: ['scope-helper'], CustomRecipientWriteScope: 'branch', Description: 'The branch' });
  assert.deepEqual([group?.['Roles'], group?.['Members'], group?.['Description']], [['Mail Recipient Creation', 'Mail Recipients'], ['scope-helper'], 'The branch']);

  await helper.invoke('Set-Mailbox', { Identity: 'branch-anna', EmailAddresses: { add: ['annie@contoso.test'] } });
  await assert.rejects(helper.invoke('Set-Mailbox', { Identity: 'head-bert', DisplayName: 'Branch Bert' }), {
    ...outOfScope,
    message: 'The operation on mailbox "head-bert" failed because it\'s out of the current user\'s write scope. The object \'head-bert\' must be within the read scope before and after it\'s modified. Can\'t perform the save operation.',
  });
  await assert.rejects(helper.invoke('Set-Mailbox', { Identity: 'branch-anna', DisplayName: 'Anna of the head office' }), outOfScope, 'nobody is moved out of the scope either');
  await assert.rejects(helper.invoke('Set-Mailbox', { Identity: 'head-bert', DisplayName: 'x', WhatIf: true }), outOfScope, 'not even under -WhatIf');
  await assert.rejects(helper.invoke('Add-MailboxFolderPermission', { Identity: 'head-bert:\\Calendar', User: 'branch-anna', AccessRights: 'Reviewer' }), outOfScope);
  await helper.invoke('Add-MailboxFolderPermission', { Identity: 'branch-anna:\\Calendar', User: 'head-bert', AccessRights: 'Reviewer' });
  await assert.rejects(helper.invoke('Set-MailboxCalendarConfiguration', { Identity: 'head-bert', WorkingHoursEndTime: '16:00:00' }), outOfScope);
  await assert.rejects(helper.invoke('Remove-Mailbox', { Identity: 'head-bert' }), outOfScope);
  await assert.rejects(helper.invoke('New-Mailbox', { Name: 'Elsewhere', UserPrincipalName: 'elsewhere@contoso.test', Password: 'S3cret!' }), outOfScope);
  assert.deepEqual(names(await helper.invoke('New-Mailbox', { Name: 'Branch New', UserPrincipalName: 'bnew@contoso.test', Password: 'S3cret!' })), ['Branch New']);
  assert.equal((await helper.invoke('Get-Mailbox', { Identity: 'head-bert' })).length, 1, 'reading is not narrowed');
  await assert.rejects(helper.invoke('Get-AuthConfig'), notRecognized);

  await run('Set-ManagementScope', { Identity: 'Branch', RecipientRestrictionFilter: "DisplayName -like 'head*'" });
  await helper.invoke('Set-Mailbox', { Identity: 'head-bert', EmailAddresses: { add: ['b2@contoso.test'] } });
  await assert.rejects(run('Remove-ManagementScope', { Identity: 'Branch' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /used by role assignments/ });
  await run('Set-ManagementRoleAssignment', { Identity: 'Mail Recipients-Branch Recipients', Enabled: false });
  await assert.rejects(helper.invoke('Set-Mailbox', { Identity: 'head-bert', DisplayName: 'head 2' }), notRecognized);
  await run('Remove-RoleGroup', { Identity: 'Branch Recipients' });
  await assert.rejects(helper.invoke('Get-Mailbox'), { code: 'MANAGEMENT_ACCESS_DENIED' });
  await run('Remove-ManagementScope', { Identity: 'Branch' });
});

test('a role of one’s own gives some cmdlets with some parameters; the others do not exist', async () => {
  const helper = await person('role-helper');
  await run('New-ManagementRole', { Name: 'Mailbox Names', Parent: 'Mail Recipients', EnabledCmdlets: ['Get-Mailbox', 'Set-Mailbox', 'Get-MailUser'] });
  await run('Set-ManagementRoleEntry', { Identity: 'Mailbox Names\\Set-Mailbox', Parameters: ['Identity', 'DisplayName'] });
  await run('Remove-ManagementRoleEntry', { Identity: 'Mailbox Names\\Get-MailUser' });
  await run('New-ManagementRoleAssignment', { Role: 'Mailbox Names', User: 'role-helper' });
  assert.deepEqual(names(await helper.invoke('Get-Mailbox', { Identity: 'role-helper' })), ['role-helper']);
  await helper.invoke('Set-Mailbox', { Identity: 'role-helper', DisplayName: 'Role Helper' });
  await assert.rejects(helper.invoke('Set-Mailbox', { Identity: 'role-helper', EmailAddresses: { add: ['x@contoso.test'] } }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN', message: "A parameter cannot be found that matches parameter name 'EmailAddresses'." });
  await assert.rejects(helper.invoke('Get-MailUser'), notRecognized);
  const permitted = await helper.permitted?.();
  assert.deepEqual([...(permitted?.keys() ?? [])].toSorted(), ['get-mailbox', 'set-mailbox']);
  assert.deepEqual([...(permitted?.get('set-mailbox') ?? [])].toSorted(), ['DisplayName', 'Identity']);
  await run('Set-ManagementRoleEntry', { Identity: 'Mailbox Names\\Set-Mailbox', Parameters: 'EmailAddresses', AddParameter: true });
  await helper.invoke('Set-Mailbox', { Identity: 'role-helper', EmailAddresses: { add: ['x@contoso.test'] } });
  await run('Add-ManagementRoleEntry', { Identity: 'Mailbox Names\\Get-MailUser' });
  await helper.invoke('Get-MailUser');
  await assert.rejects(run('Add-ManagementRoleEntry', { Identity: 'Mailbox Names\\Set-AuthConfig' }), { code: 'MANAGEMENT_INVALID_VALUE' }, 'no role holds more than its parent');
  await assert.rejects(run('Remove-ManagementRoleEntry', { Identity: 'Mail Recipients\\Set-Mailbox' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /built-in role/ });
  await assert.rejects(run('Remove-ManagementRole', { Identity: 'Mailbox Names' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await run('Remove-ManagementRoleAssignment', { Identity: 'Mailbox Names-role-helper' });
  await run('Remove-ManagementRole', { Identity: 'Mailbox Names' });
  const changes = (await run('Search-AdminAuditLog', { Cmdlets: ['Set-ManagementRoleEntry'] })).map(({ ObjectModified, ModifiedProperties }) => [ObjectModified, (ModifiedProperties as { OldValue: unknown; NewValue: unknown }[]).length]);
  assert.deepEqual(changes.at(-1), ['Mailbox Names\\Set-Mailbox', 1]);
});

test('the account itself as scope', async () => {
  const self = await person('self-helper');
  await run('New-ManagementRoleAssignment', { Name: 'Own options', Role: 'User Options', User: 'self-helper', RecipientRelativeWriteScope: 'Self' });
  await self.invoke('Set-MailboxCalendarConfiguration', { Identity: 'self-helper', WorkingHoursEndTime: '16:00:00' });
  await assert.rejects(self.invoke('Set-MailboxCalendarConfiguration', { Identity: 'administrator', WorkingHoursEndTime: '16:00:00' }), outOfScope);
});

test('whoever manages roles without Organization Management gives nobody more, least of all themselves', async () => {
  const manager = await person('role-manager');
  await run('New-ManagementRoleAssignment', { Role: 'Role Management', User: 'role-manager' });
  const refused = { code: 'MANAGEMENT_ACCESS_DENIED' };
  await assert.rejects(manager.invoke('New-ManagementRoleAssignment', { Role: 'Organization Configuration', User: 'role-manager' }), { ...refused, message: /^You don't have access to create, change, or remove the "Organization Configuration-role-manager" management role assignment\./ });
  await assert.rejects(manager.invoke('Add-RoleGroupMember', { Identity: 'Organization Management', Member: 'role-manager' }), { ...refused, message: /manager of the group/ });
  await assert.rejects(manager.invoke('New-RoleGroup', { Name: 'Mine', Roles: ['Mail Recipients'], Members: ['role-manager'] }), refused);
  await run('New-ManagementRole', { Name: 'Little', Parent: 'Mail Recipients', EnabledCmdlets: 'Get-Mailbox' });
  await run('New-ManagementRoleAssignment', { Role: 'Little', User: 'role-manager' });
  await assert.rejects(manager.invoke('Add-ManagementRoleEntry', { Identity: 'Little\\Set-Mailbox' }), refused);
  await assert.rejects(manager.invoke('Remove-ManagementRoleAssignment', { Identity: 'Little-role-manager' }), refused);
});

test('roles, entries and assignments are shown as published', async () => {
  assert.deepEqual(names(await run('Get-ManagementRole', { Cmdlet: 'Set-Mailbox' })), ['Mail Recipients']);
  const [role] = await run('Get-ManagementRole', { Identity: 'federated sharing' });
  assert.equal(role?.['RoleType'], 'FederatedSharing');
  await run('New-ManagementRole', { Name: 'Sharing child', Parent: 'Federated Sharing', EnabledCmdlets: 'Get-SharingPolicy' });
  const [grandchild] = await run('New-ManagementRole', { Name: 'Sharing grandchild', Parent: 'sharing child' });
  assert.equal(grandchild?.['RoleType'], 'FederatedSharing', 'inherited');
  assert.deepEqual(names(await run('Get-ManagementRole', { RoleType: 'federatedsharing' })), ['Federated Sharing', 'Sharing child', 'Sharing grandchild']);
  assert.equal((await run('Get-ManagementRole', { Identity: 'E-Mail Address Policies' }))[0]?.['RoleType'], 'EmailAddressPolicies');
  for (const Identity of ['Sharing grandchild', 'Sharing child']) await run('Remove-ManagementRole', { Identity });
  assert.match((role?.['RoleEntries'] as string[] | undefined)?.[0] ?? '', /^\(Microsoft\.Exchange\.Management\.PowerShell\.E2010\) Add-AvailabilityAddressSpace -AccessMethod /);
  assert.deepEqual((await run('Get-ManagementRoleEntry', { Identity: '*\\Set-OrganizationRelationship' })).map(({ Role, Name }) => [Role, Name]), [['Federated Sharing', 'Set-OrganizationRelationship']]);
  await assert.rejects(run('Get-ManagementRoleEntry', { Identity: 'Set-Mailbox' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  const assignments = await run('Get-ManagementRoleAssignment', { Role: 'Mail Recipients', Enabled: true });
  assert.deepEqual(names(assignments), ['Mail Recipients-Organization Management', 'Mail Recipients-Recipient Management']);
  const effective = await run('Get-ManagementRoleAssignment', { Role: 'Mail Recipients', GetEffectiveUsers: true });
  assert.deepEqual(effective.map(({ EffectiveUserName, AssignmentMethod }) => [EffectiveUserName, AssignmentMethod]), [['administrator', 'RoleGroup']]);
  assert.ok((await run('Get-ManagementRoleAssignment', { RoleAssignee: 'administrator' })).some(({ Role }) => Role === 'Role Management'));
  await assert.rejects(run('Remove-ManagementRoleAssignment', { Identity: 'Mail Recipients-Organization Management' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /built in/ });
  await assert.rejects(run('New-ManagementRoleAssignment', { Role: 'Nothing', User: 'x' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(run('New-ManagementRoleAssignment', { Role: 'Mail Recipients' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
});
