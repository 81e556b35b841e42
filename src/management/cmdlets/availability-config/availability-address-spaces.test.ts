import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ServedExchange } from '../../admin-api/served-exchange.ts';
import { serveExchange } from '../../admin-api/served-exchange.ts';
import { formatInvocation } from '../../invocation/format-invocation.ts';

let premises: ServedExchange;
let cloud: ServedExchange;
before(async () => {
  premises = await serveExchange({});
  cloud = await serveExchange({ side: 'Cloud' });
});
after(() => Promise.all([premises.close(), cloud.close()]));

const space = { ForestName: 'notes.contoso.test', AccessMethod: 'OrgWideFB', Credentials: { UserName: 'NOTES\\svc', Password: 'geheim-7' } };

test('credentials are kept, never shown, recorded or printed, and go with their address space', async () => {
  const { session, organization } = premises;
  const [created] = await session.invoke('Add-AvailabilityAddressSpace', space);
  assert.equal(created?.['UserName'], 'NOTES\\svc');
  const guid = String(created['Guid']);
  assert.deepEqual(await organization.credentials.get(guid), { userName: 'NOTES\\svc', password: 'geheim-7' });
  const seen = JSON.stringify([created, await session.invoke('Get-AvailabilityAddressSpace', {}), await session.invoke('Search-AdminAuditLog', {})]);
  assert.ok(seen.includes('Add-AvailabilityAddressSpace'));
  assert.equal(seen.includes('geheim-7'), false);
  const printed = formatInvocation({ session: 'OnPremises', cmdlet: 'Add-AvailabilityAddressSpace', parameters: space });
  assert.equal(printed, "Add-AvailabilityAddressSpace -ForestName 'notes.contoso.test' -AccessMethod 'OrgWideFB' -Credentials (Get-Credential)");
  await session.invoke('Remove-AvailabilityAddressSpace', { Identity: 'notes.contoso.test' });
  assert.equal(await organization.credentials.get(guid), undefined);
});

test('what cannot sign in is refused before it is kept', async () => {
  const { session } = premises;
  for (const [parameters, message] of [
    [{ ForestName: 'a.test', AccessMethod: 'PerUserFB' }, /needs either -Credentials or -UseServiceAccount/],
    [{ ForestName: 'a.test', AccessMethod: 'InternalProxy', UseServiceAccount: true }, /needs -ProxyUrl/],
    [{ ForestName: 'a.test', AccessMethod: 'OrgWideFB', Credentials: 'svc:geheim-7' }, /^(?!.*geheim).*A PSCredential with UserName and Password was expected/s],
    [{ ForestName: 'a.test', AccessMethod: 'OrgWideFB', Credentials: { UserName: '', Password: 'geheim-7' } }, /^(?!.*geheim).*A PSCredential/s],
  ] as const) {
    await assert.rejects(session.invoke('Add-AvailabilityAddressSpace', parameters), message);
  }
  assert.deepEqual(await session.invoke('Get-AvailabilityAddressSpace', {}), []);
});

test('the cloud wants its availability configuration first, and takes 25 tenants at most', async () => {
  const { session } = cloud;
  await assert.rejects(session.invoke('Add-AvailabilityAddressSpace', space), /no availability configuration/);
  const tenants = Array.from({ length: 26 }, (_, index) => `9d341953-da1f-41b0-8810-76d6ef9052${String(index + 10)}`);
  await assert.rejects(session.invoke('New-AvailabilityConfig', { AllowedTenantIds: tenants }), /at most 25/);
  await session.invoke('New-AvailabilityConfig', { AllowedTenantIds: tenants.slice(0, 1) });
  await session.invoke('Set-AvailabilityConfig', { AllowedTenantIds: { add: tenants.slice(1, 2) } });
  assert.deepEqual((await session.invoke('Get-AvailabilityConfig', {})).map(({ AllowedTenantIds }) => AllowedTenantIds), [tenants.slice(0, 2)]);
  assert.equal((await session.invoke('Add-AvailabilityAddressSpace', space)).length, 1);
  await session.invoke('Remove-AvailabilityConfig', {});
  assert.deepEqual(await session.invoke('Get-AvailabilityConfig', {}), []);
});

test('on premises the accounts are set and cleared by any of their names', async () => {
  const { session, organization } = premises;
  await organization.directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'Free/busy', alias: 'svc', primarySmtpAddress: 'svc@contoso.test', userPrincipalName: 'svc@corp.contoso.test' });
  await session.invoke('Set-AvailabilityConfig', { OrgWideAccount: 'svc@contoso.test' });
  assert.deepEqual((await session.invoke('Get-AvailabilityConfig', {})).map(({ OrgWideAccount, PerUserAccount }) => [OrgWideAccount, PerUserAccount]), [['svc@corp.contoso.test', null]]);
  await assert.rejects(session.invoke('Set-AvailabilityConfig', { PerUserAccount: 'nobody@contoso.test' }), /couldn't be found/);
  await session.invoke('Set-AvailabilityConfig', { OrgWideAccount: null });
  assert.equal((await session.invoke('Get-AvailabilityConfig', {}))[0]?.['OrgWideAccount'], null);
});
