import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../admin-api/served-exchange.ts';
import { serveExchange } from '../admin-api/served-exchange.ts';

type Row = Record<string, unknown>;
let premises: ServedExchange;

before(async () => {
  premises = await serveExchange();
  const { configuration } = premises.organization;
  await configuration.create('MapiVirtualDirectory', 'MAIL\\mapi (Default Web Site)', { Server: 'MAIL' });
  await configuration.create('OabVirtualDirectory', 'MAIL\\OAB (Default Web Site)', { Server: 'MAIL' });
});
after(() => premises.close());

const run = (cmdlet: string, parameters: Row = {}): Promise<readonly Row[]> => premises.session.invoke(cmdlet, parameters);

test('MAPI shows its sign-in methods as one list and takes it whole', async () => {
  const [before] = await run('Get-MapiVirtualDirectory');
  assert.deepEqual(
    [before?.['Server'], before?.['IISAuthenticationMethods'], before?.['InternalAuthenticationMethods'], before?.['ExternalAuthenticationMethods']],
    ['MAIL', ['Ntlm', 'OAuth', 'Negotiate'], ['Ntlm', 'OAuth', 'Negotiate'], ['Ntlm', 'OAuth', 'Negotiate']],
  );
  await run('Set-MapiVirtualDirectory', { Identity: before?.['Identity'], IISAuthenticationMethods: ['ntlm', 'negotiate'] });
  assert.deepEqual((await run('Get-MapiVirtualDirectory'))[0]?.['InternalAuthenticationMethods'], ['Ntlm', 'Negotiate']);
  await assert.rejects(run('Set-MapiVirtualDirectory', { Identity: before?.['Identity'], IISAuthenticationMethods: { add: 'OAuth' } }), { code: 'MANAGEMENT_INVALID_VALUE', message: /takes the whole list/ });
  await assert.rejects(run('Set-MapiVirtualDirectory', { Identity: before?.['Identity'], IISAuthenticationMethods: ['Fba'] }));
});

test('OAB has switches, and the published list follows from them', async () => {
  const [before] = await run('Get-OabVirtualDirectory');
  assert.deepEqual([before?.['OAuthAuthentication'], before?.['InternalAuthenticationMethods'], before?.['PollInterval']], [true, ['WindowsIntegrated', 'OAuth'], 480]);
  await run('Set-OabVirtualDirectory', { Identity: before?.['Identity'], OAuthAuthentication: false });
  assert.deepEqual((await run('Get-OabVirtualDirectory', { Server: 'MAIL' }))[0]?.['ExternalAuthenticationMethods'], ['WindowsIntegrated']);
});

test('the override of the dedicated hybrid application: made as published, shown, removed', async () => {
  const override = { Name: 'EnableExchangeHybrid3PAppFeature', Component: 'Global', Section: 'ExchangeOnpremAsThirdPartyAppId', Parameters: ['Enabled=true'], Reason: 'Dedicated app' };
  const [made] = await run('New-SettingOverride', override);
  assert.deepEqual([made?.['ComponentName'], made?.['SectionName'], made?.['Parameters'], made?.['Server'], made?.['Status']], ['Global', 'ExchangeOnpremAsThirdPartyAppId', ['Enabled=true'], null, 'Accepted']);
  await assert.rejects(run('New-SettingOverride', { ...override, Name: 'Other', Parameters: ['Enabled'] }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await run('Remove-SettingOverride', { Identity: override.Name, Confirm: false });
  assert.deepEqual(await run('Get-SettingOverride'), []);
});

test('role assignments of an application account are found by account, with or without its folder', async () => {
  for (const Role of ['UserApplication', 'TeamMailboxLifecycleApplication']) await run('New-ManagementRoleAssignment', { Role, User: 'Exchange Online-ApplicationAccount' });
  await run('New-ManagementRoleAssignment', { Role: 'UserApplication', User: 'contoso.test/Users/Other' });
  const found = await run('Get-ManagementRoleAssignment', { RoleAssignee: 'contoso.test/Users/Exchange Online-ApplicationAccount' });
  assert.deepEqual(
    found.map((assignment) => [assignment['Name'], assignment['Role']]),
    [
      ['TeamMailboxLifecycleApplication-Exchange Online-ApplicationAccount', 'TeamMailboxLifecycleApplication'],
      ['UserApplication-Exchange Online-ApplicationAccount', 'UserApplication'],
    ],
  );
  assert.deepEqual((await run('Get-ManagementRoleAssignment', { Role: 'UserApplication' })).map((assignment) => assignment['EffectiveUserName']), ['Exchange Online-ApplicationAccount', 'Other']);
  await run('Remove-ManagementRoleAssignment', { Identity: 'UserApplication-Other', Confirm: false });
  assert.equal((await run('Get-ManagementRoleAssignment', { RoleAssignee: 'Other' })).length, 0);
});
