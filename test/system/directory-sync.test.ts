import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connectCertificates } from '../../src/cli/commands/certificates/certificate-connections.ts';
import type { CertificateConnections } from '../../src/cli/commands/certificates/certificate-connections.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import type { LabFixture } from './lab-fixture.ts';
import { post, startLabFixture } from './lab-fixture.ts';

type Row = Readonly<Record<string, unknown>>;

let fixture: LabFixture;
let connected: CertificateConnections;
let warnings: string[] = [];
let onPremises: CmdletSession;
let cloud: CmdletSession;
let tenant: CmdletSession;

before(async () => {
  fixture = await startLabFixture();
  const surroundings = { env: {}, stdout: { write: () => true }, stderr: { write: () => true } } as unknown as Parameters<typeof connectCertificates>[1];
  connected = connectCertificates({ tls: [], state: fixture.directory }, surroundings, (message) => warnings.push(message));
  const { OnPremises, Cloud, Tenant } = connected.sources.sessions;
  assert.ok(OnPremises !== undefined && Cloud !== undefined && Tenant !== undefined);
  [onPremises, cloud, tenant] = [OnPremises, Cloud, Tenant];
}, { timeout: 600_000 });
after(async () => {
  await connected.close();
  await fixture.close();
});

async function sync(PolicyType: 'Delta' | 'Initial'): Promise<Row> {
  warnings = [];
  const [result] = (await connected.directorySync?.invoke('Start-ADSyncSyncCycle', { PolicyType })) ?? [];
  assert.ok(result !== undefined);
  return result;
}

const one = async (session: CmdletSession, cmdlet: string, parameters: Record<string, unknown>): Promise<Row> => (await session.invoke(cmdlet, parameters))[0] ?? {};
const isMissing = { code: 'MANAGEMENT_OBJECT_NOT_FOUND' };

test('the first cycle finds the lab’s people by their names, the second has nothing to do', { timeout: 300_000 }, async () => {
  const first = await sync('Delta');
  assert.deepEqual([first['Result'], first['Adds'], first['Deletes'], first['Recipients'], warnings], ['Success', 0, 0, 0, []]);
  assert.ok(Number(first['Updates']) > 40);
  assert.deepEqual(await sync('Initial'), { Result: 'Success', Adds: 0, Updates: 0, Deletes: 0, Recipients: 0, Passwords: 0, Errors: 0 });
  const bert = await one(tenant, 'Get-MsolUser', { UserPrincipalName: 'bert@contoso.test' });
  assert.match(String(bert['ImmutableId']), /^[A-Za-z0-9+/]{22}==$/);
});

test('somebody new is known on the other side, and gone again when they leave', { timeout: 300_000 }, async () => {
  await onPremises.invoke('New-Mailbox', { Name: 'Nora New', Alias: 'nora', UserPrincipalName: 'nora@contoso.test', Password: 'Pa$$w0rd-Pa$$w0rd' });
  await onPremises.invoke('Set-Mailbox', { Identity: 'nora', EmailAddresses: { add: ['nora.new@contoso.test'] } });
  await assert.rejects(cloud.invoke('Get-MailUser', { Identity: 'nora' }), isMissing);
  assert.deepEqual(await sync('Delta'), { Result: 'Success', Adds: 1, Updates: 0, Deletes: 0, Recipients: 1, Passwords: 0, Errors: 0 });
  assert.deepEqual((await one(tenant, 'Get-MsolUser', { UserPrincipalName: 'nora@contoso.test' }))['ProxyAddresses'], ['SMTP:nora@contoso.test', 'smtp:nora.new@contoso.test']);
  const mailUser = await one(cloud, 'Get-MailUser', { Identity: 'nora.new@contoso.test' });
  assert.deepEqual([mailUser['DisplayName'], mailUser['ExternalEmailAddress']], ['Nora New', 'SMTP:nora@contoso.test']);
  await onPremises.invoke('Remove-Mailbox', { Identity: 'nora', Confirm: false });
  assert.deepEqual(await sync('Delta'), { Result: 'Success', Adds: 0, Updates: 0, Deletes: 1, Recipients: 1, Passwords: 0, Errors: 0 });
  await assert.rejects(cloud.invoke('Get-MailUser', { Identity: 'nora' }), isMissing);
  await assert.rejects(tenant.invoke('Get-MsolUser', { UserPrincipalName: 'nora@contoso.test' }), isMissing);
});

test('contacts and groups come to the cloud’s Exchange, with the members that are there, and leave again', { timeout: 300_000 }, async () => {
  await onPremises.invoke('New-MailContact', { Name: 'Carla Partner', Alias: 'carla', ExternalEmailAddress: 'carla@partner.test' });
  await onPremises.invoke('New-DistributionGroup', { Name: 'Project North', Alias: 'north', PrimarySmtpAddress: 'north@contoso.test', Members: ['bert', 'carla'] });
  const before = await sync('Delta');
  assert.deepEqual([before['Result'], before['Adds'], before['Recipients']], ['Success', 2, 2]);
  assert.equal((await one(cloud, 'Get-MailContact', { Identity: 'carla@partner.test' }))['DisplayName'], 'Carla Partner');
  const members = async (): Promise<string[]> => (await cloud.invoke('Get-DistributionGroupMember', { Identity: 'north@contoso.test' })).map(({ PrimarySmtpAddress }) => String(PrimarySmtpAddress)).toSorted();
  assert.deepEqual(await members(), ['bert@contoso.test', 'carla@partner.test']);
  assert.equal((await sync('Initial'))['Recipients'], 0);
  await onPremises.invoke('Update-DistributionGroupMember', { Identity: 'north', Members: ['anna'], Confirm: false });
  await onPremises.invoke('Set-DistributionGroup', { Identity: 'north', DisplayName: 'Project North Pole' });
  await onPremises.invoke('Set-MailContact', { Identity: 'carla', ExternalEmailAddress: 'carla.p@partner.test' });
  assert.equal((await sync('Delta'))['Updates'], 2);
  assert.deepEqual(await members(), ['anna@contoso.test']);
  assert.equal((await one(cloud, 'Get-DistributionGroup', { Identity: 'north@contoso.test' }))['DisplayName'], 'Project North Pole');
  // Groups that hold one another: the one that comes first is completed when the other is there.
  await onPremises.invoke('New-DistributionGroup', { Name: 'Compass', Alias: 'compass', PrimarySmtpAddress: 'compass@contoso.test', Members: ['north'], RequireSenderAuthenticationEnabled: false });
  await onPremises.invoke('Add-DistributionGroupMember', { Identity: 'north', Member: 'compass' });
  assert.deepEqual((await sync('Delta'))['Errors'] ?? 0, 0);
  assert.deepEqual(await members(), ['anna@contoso.test', 'compass@contoso.test']);
  assert.deepEqual((await cloud.invoke('Get-DistributionGroupMember', { Identity: 'compass@contoso.test' })).map(({ PrimarySmtpAddress }) => PrimarySmtpAddress), ['north@contoso.test']);
  assert.equal((await one(cloud, 'Get-DistributionGroup', { Identity: 'compass@contoso.test' }))['RequireSenderAuthenticationEnabled'], false);
  await onPremises.invoke('Remove-DistributionGroup', { Identity: 'compass', Confirm: false });
  assert.equal((await sync('Delta'))['Deletes'], 1);
  await onPremises.invoke('Remove-DistributionGroup', { Identity: 'north', Confirm: false });
  await onPremises.invoke('Remove-MailContact', { Identity: 'carla', Confirm: false });
  assert.equal((await sync('Delta'))['Deletes'], 2);
  await assert.rejects(cloud.invoke('Get-DistributionGroup', { Identity: 'north@contoso.test' }), isMissing);
  await assert.rejects(cloud.invoke('Get-MailContact', { Identity: 'carla' }), isMissing);
});

test('the ImmutableId of a remote mailbox reaches the cloud mailbox, and null takes it away', { timeout: 300_000 }, async () => {
  for (const ImmutableId of ['anna@contoso.test', null]) {
    await onPremises.invoke('Set-RemoteMailbox', { Identity: 'anna', ImmutableId });
    assert.equal((await sync('Delta'))['Recipients'], 1);
    assert.equal((await one(cloud, 'Get-Mailbox', { Identity: 'anna' }))['ImmutableId'], ImmutableId);
  }
});

test('one object’s error is told, keeps nobody else back, and is tried again', { timeout: 300_000 }, async () => {
  await cloud.invoke('New-Mailbox', { Name: 'Zed of the cloud', Alias: 'zed', UserPrincipalName: 'zed@contoso.onmicrosoft.test', PrimarySmtpAddress: 'zed@contoso.onmicrosoft.test', Password: 'Pa$$w0rd-Pa$$w0rd' });
  for (const name of ['zed', 'other']) await onPremises.invoke('New-Mailbox', { Name: name, Alias: name, UserPrincipalName: `${name}@contoso.test`, Password: 'Pa$$w0rd-Pa$$w0rd' });
  assert.deepEqual(await sync('Delta'), { Result: 'CompletedExportErrors', Adds: 2, Updates: 0, Deletes: 0, Recipients: 1, Passwords: 0, Errors: 1 });
  assert.match(warnings.join(), /^zed@contoso\.test: ExportFailed: Exchange in the cloud: The alias "zed" is already used by "Zed of the cloud"/);
  await cloud.invoke('Get-MailUser', { Identity: 'other' });
  await cloud.invoke('Remove-Mailbox', { Identity: 'zed', Confirm: false });
  assert.deepEqual(await sync('Delta'), { Result: 'Success', Adds: 0, Updates: 0, Deletes: 0, Recipients: 1, Passwords: 0, Errors: 0 });
});

test('a delta leaves drift in the directory alone; an initial cycle puts it right', { timeout: 300_000 }, async () => {
  await tenant.invoke('Set-MsolUserPrincipalName', { UserPrincipalName: 'chen@contoso.test', NewUserPrincipalName: 'chen@contoso.onmicrosoft.test' });
  assert.equal((await sync('Delta'))['Updates'], 0);
  assert.equal((await sync('Initial'))['Updates'], 1);
  await tenant.invoke('Get-MsolUser', { UserPrincipalName: 'chen@contoso.test' });
});

test('passwords follow as hashes once that is switched on: people sign in to the cloud with theirs from on premises', { timeout: 300_000 }, async () => {
  const password = 'Pa$$w0rd-of-olga-1';
  await fixture.lab.sts.updateTenant(fixture.info.tenant.id, { passwordGrantEnabled: true });
  const signIn = async (given: string): Promise<number> => (await post(fixture, fixture.info.parties.sts.urls['token'] ?? '', new URLSearchParams({ grant_type: 'password', client_id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', resource: 'https://outlook.cloud.test', username: 'olga@contoso.test', password: given }).toString(), { 'content-type': 'application/x-www-form-urlencoded' })).status;
  await onPremises.invoke('New-Mailbox', { Name: 'Olga Only', Alias: 'olga', UserPrincipalName: 'olga@contoso.test', Password: password });
  assert.equal((await sync('Delta'))['Passwords'], 0);
  assert.equal(await signIn(password), 400);
  await connected.directorySync?.invoke('Set-ADSyncAADCompanyFeature', { ConnectorName: 'contoso.onmicrosoft.test - AAD', PasswordHashSync: true, GroupWritebackV2: false });
  await assert.rejects(async () => connected.directorySync?.invoke('Set-ADSyncAADCompanyFeature', { ForcePasswordChangeOnLogOn: true }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  assert.deepEqual(await connected.directorySync?.invoke('Get-ADSyncAADCompanyFeature', { ConnectorName: 'contoso.onmicrosoft.test - AAD' }), [{ PasswordHashSync: true }]);
  const first = await sync('Delta');
  assert.deepEqual([first['Result'], first['Updates']], ['Success', 0]);
  assert.ok(Number(first['Passwords']) > 20, 'everybody who has a password on premises');
  assert.equal(await signIn(password), 200);
  assert.equal(await signIn('Pa$$w0rd-of-somebody'), 400);
  assert.equal((await sync('Delta'))['Passwords'], 0);
  await onPremises.invoke('Set-Mailbox', { Identity: 'olga', Password: `${password}-new` });
  assert.equal((await sync('Delta'))['Passwords'], 1);
  assert.deepEqual([await signIn(password), await signIn(`${password}-new`)], [400, 200]);
  await connected.directorySync?.invoke('Set-ADSyncAADCompanyFeature', { PasswordHashSync: false });
});

test('who leaves can be restored for 30 days, by the retired module’s cmdlets and by Microsoft Graph’s', { timeout: 300_000 }, async () => {
  await onPremises.invoke('Remove-Mailbox', { Identity: 'olga', Confirm: false });
  assert.equal((await sync('Delta'))['Deletes'], 1);
  const deleted = await one(tenant, 'Get-MsolUser', { ReturnDeletedUsers: true, SearchString: 'Olga' });
  assert.equal(deleted['UserPrincipalName'], 'olga@contoso.test');
  assert.match(String(deleted['SoftDeletionTimestamp']), /^\d{4}-/);
  assert.equal((await one(tenant, 'Restore-MsolUser', { UserPrincipalName: 'olga@contoso.test' }))['ObjectId'], deleted['ObjectId']);
  await assert.rejects(tenant.invoke('Restore-MsolUser', { UserPrincipalName: 'olga@contoso.test' }), isMissing);
  await tenant.invoke('Remove-MgUser', { UserId: 'olga@contoso.test', Confirm: false });
  assert.equal((await one(tenant, 'Get-MgDirectoryDeletedItemAsUser', { Filter: "userPrincipalName eq 'olga@contoso.test'" }))['Id'], deleted['ObjectId']);
  await tenant.invoke('Restore-MgDirectoryDeletedItem', { DirectoryObjectId: deleted['ObjectId'] });
  await tenant.invoke('Remove-MsolUser', { UserPrincipalName: 'olga@contoso.test', Confirm: false });
  await tenant.invoke('Remove-MsolUser', { ObjectId: deleted['ObjectId'], RemoveFromRecycleBin: true, Confirm: false });
  await assert.rejects(tenant.invoke('Get-MgDirectoryDeletedItem', { DirectoryObjectId: deleted['ObjectId'] }), isMissing);
});

test('the source anchor is kept in mS-DS-ConsistencyGuid, and carries a person over to a new object', { timeout: 300_000 }, async () => {
  const account = (Identity: string): Promise<Row> => one(onPremises, 'Get-ADUser', { Identity, Properties: ['mS-DS-ConsistencyGuid'] });
  const person = (name: string): Promise<Row> => one(tenant, 'Get-MgUser', { UserId: `${name}@contoso.test` });
  const base64 = (row: Row): string => Buffer.from(row['mS-DS-ConsistencyGuid'] as Uint8Array).toString('base64');
  await onPremises.invoke('New-Mailbox', { Name: 'Mona Moves', Alias: 'mona', UserPrincipalName: 'mona@contoso.test', Password: 'Pa$$w0rd-Pa$$w0rd' });
  assert.equal((await account('mona'))['mS-DS-ConsistencyGuid'], null);
  assert.equal((await sync('Delta'))['Adds'], 1);
  const former = await person('mona');
  const anchor = base64(await account('mona'));
  assert.equal(former['OnPremisesImmutableId'], anchor);
  assert.equal(former['OnPremisesSyncEnabled'], true);
  assert.equal((await sync('Delta'))['Updates'], 0, 'what was written back is no change');

  await onPremises.invoke('Remove-Mailbox', { Identity: 'mona', Confirm: false });
  await onPremises.invoke('New-Mailbox', { Name: 'Mona Moved', Alias: 'mona', UserPrincipalName: 'mona@contoso.test', Password: 'Pa$$w0rd-Pa$$w0rd' });
  await onPremises.invoke('Set-ADUser', { Identity: 'mona', Replace: { 'mS-DS-ConsistencyGuid': anchor } });
  assert.deepEqual(await sync('Delta'), { Result: 'Success', Adds: 0, Updates: 1, Deletes: 0, Recipients: 1, Passwords: 0, Errors: 0 });
  assert.deepEqual([(await person('mona'))['Id'], (await person('mona'))['DisplayName']], [former['Id'], 'Mona Moved']);

  await onPremises.invoke('Set-ADUser', { Identity: 'mona', Replace: { 'mS-DS-ConsistencyGuid': Buffer.alloc(16, 7).toString('base64') } });
  assert.deepEqual([(await sync('Delta'))['Errors'], warnings.join()].map(String).join().slice(0, 40), '1,mona@contoso.test: SourceAnchorChanged');
  await onPremises.invoke('Set-ADUser', { Identity: 'mona', Replace: { 'mS-DS-ConsistencyGuid': anchor } });
  assert.equal((await sync('Delta'))['Result'], 'Success');
  await assert.rejects(onPremises.invoke('Set-ADUser', { Identity: 'mona', Replace: { employeeNumber: '7' } }), /does not exist: employeeNumber/);
  await onPremises.invoke('Remove-Mailbox', { Identity: 'mona', Confirm: false });
  assert.equal((await sync('Delta'))['Deletes'], 1);
});

test('the tenant says whether and when it was synchronised, and refuses cycles when that is off', { timeout: 300_000 }, async () => {
  const said = async (): Promise<unknown[]> => {
    const [graph, msol] = [await one(tenant, 'Get-MgOrganization', {}), await one(tenant, 'Get-MsolCompanyInformation', {})];
    return [graph['OnPremisesSyncEnabled'], msol['DirectorySynchronizationEnabled'], graph['OnPremisesLastSyncDateTime'] === msol['LastDirSyncTime'] && Date.now() - Date.parse(String(msol['LastDirSyncTime'])) < 600_000];
  };
  assert.deepEqual(await said(), [true, true, true]);
  await tenant.invoke('Set-MsolDirSyncEnabled', { EnableDirSync: false, Force: true });
  assert.deepEqual(await said(), [false, false, true]);
  await assert.rejects(sync('Delta'), /not activated for this company/);
  await tenant.invoke('Update-MgOrganization', { OrganizationId: fixture.info.tenant.id, OnPremisesSyncEnabled: true });
  assert.equal((await sync('Delta'))['Result'], 'Success');
});

test('without its memory a cycle compares everything anew, and deletes nobody', { timeout: 300_000 }, async () => {
  rmSync(join(fixture.directory, 'directory-sync.json'));
  await onPremises.invoke('Remove-Mailbox', { Identity: 'other', Confirm: false });
  assert.deepEqual(await sync('Delta'), { Result: 'Success', Adds: 0, Updates: 0, Deletes: 0, Recipients: 0, Passwords: 0, Errors: 0 });
  await tenant.invoke('Get-MsolUser', { UserPrincipalName: 'other@contoso.test' });
});
