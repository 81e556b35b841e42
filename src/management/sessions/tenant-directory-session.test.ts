import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { request } from 'undici';
import { createHttpClient, systemClock, systemDial } from '../../foundation/index.ts';
import { certificateBase64, createAuthCertificate, createCertificateAuthority, createStsAdminClient, issueServerCertificate, startSts } from '../../identity/index.ts';
import { createTenantDirectorySession } from './create-tenant-directory-session.ts';

const stateDirectory = mkdtempSync(join(tmpdir(), 'hybridge-tenant-'));
const authority = await createCertificateAuthority({ commonName: 'Test Root', clock: systemClock });
const server = await issueServerCertificate(authority, { hosts: ['127.0.0.1'], days: 2, clock: systemClock });
const listener = { cert: server.certificate, key: server.privateKey };
const key = 'an-admin-key-of-some-length';
const sts = await startSts({ stateDirectory, hostName: 'login.cloud.test', public: listener, admin: listener, adminKey: key, passwordHashCost: 16 });
const httpClient = createHttpClient({ ca: authority.certificate, dial: systemDial });
const directory = createStsAdminClient({ url: sts.urls.admin, httpClient, key });
after(async () => {
  await httpClient.close();
  await sts.close(0);
  rmSync(stateDirectory, { recursive: true });
});

const tenantId = '11111111-2222-3333-4444-555555555555';
const appId = '00000002-0000-0ff1-ce00-000000000000';
await directory.createTenant({ id: tenantId, displayName: 'Contoso', domains: ['contoso.onmicrosoft.test', 'contoso.test'] });
await directory.createServicePrincipal(tenantId, { appId, displayName: 'Office 365 Exchange Online', servicePrincipalNames: [`${appId}/outlook.cloud.test`] });
await directory.createUser(tenantId, { userPrincipalName: 'bert@contoso.test', displayName: 'Bert Baker', proxyAddresses: ['SMTP:bert@contoso.test'] });

const warnings: string[] = [];
const session = createTenantDirectorySession(directory, tenantId, { onWarning: (message) => warnings.push(message) });
const one = async (cmdlet: string, parameters: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
  const rows = await session.invoke(cmdlet, parameters);
  assert.equal(rows.length, 1, `${cmdlet} gave ${rows.length}`);
  return rows[0] ?? {};
};

test('service principal names are read and replaced as a whole', async () => {
  const principal = await one('Get-MsolServicePrincipal', { AppPrincipalId: appId });
  assert.deepEqual([principal['AppPrincipalId'], principal['DisplayName'], principal['AccountEnabled']], [appId, 'Office 365 Exchange Online', true]);
  const names = principal['ServicePrincipalNames'] as string[];
  assert.ok(names.includes(`${appId}/outlook.cloud.test`));
  assert.deepEqual(await session.invoke('Set-MSOLServicePrincipal', { AppPrincipalId: appId, ServicePrincipalNames: [...names, 'https://mail.contoso.test'], WhatIf: true }), []);
  assert.deepEqual(warnings, ['What if: Performing the operation "Set-MsolServicePrincipal" on target "Office 365 Exchange Online".']);
  assert.deepEqual((await one('Get-MsolServicePrincipal', { AppPrincipalId: appId }))['ServicePrincipalNames'], names);
  await session.invoke('Set-MsolServicePrincipal', { AppPrincipalId: appId, ServicePrincipalNames: [...names, 'https://mail.contoso.test'] });
  assert.equal((await one('Get-MsolServicePrincipal', { ServicePrincipalName: 'HTTPS://mail.contoso.test' }))['AppPrincipalId'], appId);
  assert.equal((await one('Get-MsolServicePrincipal', { SearchString: 'office' }))['ObjectId'], principal['ObjectId']);
  await assert.rejects(session.invoke('Get-MsolServicePrincipal', { ServicePrincipalName: 'https://nobody.test' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(session.invoke('Get-MsolServicePrincipal', { AppPrincipalId: tenantId }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
});

test('certificates are added, shown with their value only when asked, and removed by key id', async () => {
  const { certificate } = await createAuthCertificate({ clock: systemClock });
  const Value = certificateBase64(certificate);
  await session.invoke('New-MsolServicePrincipalCredential', { AppPrincipalId: appId, Type: 'asymmetric', Usage: 'Verify', Value });
  const shown = await one('Get-MsolServicePrincipalCredential', { ServicePrincipalName: appId });
  assert.deepEqual([shown['Type'], shown['Usage'], shown['Value']], ['Asymmetric', 'Verify', null]);
  assert.equal((await one('Get-MsolServicePrincipalCredential', { AppPrincipalId: appId, ReturnKeyValues: true }))['Value'], Value);
  await assert.rejects(session.invoke('New-MsolServicePrincipalCredential', { AppPrincipalId: appId, Type: 'Symmetric', Value: 'x' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(session.invoke('New-MsolServicePrincipalCredential', { AppPrincipalId: appId, Value: 'not a certificate' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  await assert.rejects(session.invoke('Remove-MsolServicePrincipalCredential', { AppPrincipalId: appId, KeyIds: [tenantId] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await session.invoke('Remove-MsolServicePrincipalCredential', { AppPrincipalId: appId, KeyIds: [shown['KeyId']] });
  assert.deepEqual(await session.invoke('Get-MsolServicePrincipalCredential', { AppPrincipalId: appId }), []);
});

test('Microsoft Graph: certificates are one list that is written as a whole; an application is registered, changed and removed', async () => {
  const [first, second] = await Promise.all([1, 2].map(async () => certificateBase64((await createAuthCertificate({ clock: systemClock })).certificate)));
  const principal = { Filter: `appId eq '${appId}'` };
  const { Id } = await one('Get-MgServicePrincipal', principal);
  const credential = (Key: unknown): Record<string, unknown> => ({ Type: 'AsymmetricX509Cert', Usage: 'Verify', Key });
  await session.invoke('Update-MgServicePrincipal', { ServicePrincipalId: Id, KeyCredentials: [credential(first)] });
  const kept = (await one('Get-MgServicePrincipal', principal))['KeyCredentials'] as { KeyId: string; Key: string | null }[];
  assert.deepEqual(kept.map(({ Key }) => Key), [null], 'the bytes come only where they are selected');
  await session.invoke('Update-MgServicePrincipal', { ServicePrincipalId: Id, KeyCredentials: [{ keyId: kept[0]?.KeyId }, credential(Buffer.from(second ?? '', 'base64'))] });
  const both = (await one('Get-MgServicePrincipal', { ...principal, Property: 'Id,KeyCredentials'.split(',') }))['KeyCredentials'] as { KeyId: string; Key: string }[];
  assert.deepEqual(new Set(both.map(({ Key }) => Key)), new Set([first, second]));
  assert.equal(both.find(({ Key }) => Key === first)?.KeyId, kept[0]?.KeyId, 'one that stays keeps its id');
  for (const bad of [credential('not bytes'), {}, { ...credential(first), Usage: 'Sign' }, 'text']) await assert.rejects(session.invoke('Update-MgServicePrincipal', { ServicePrincipalId: Id, KeyCredentials: [bad] }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  await assert.rejects(session.invoke('Update-MgServicePrincipal', { ServicePrincipalId: Id, KeyCredentials: [{ KeyId: tenantId }] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await session.invoke('Update-MgServicePrincipal', { ServicePrincipalId: Id, KeyCredentials: [] });
  assert.deepEqual((await one('Get-MgServicePrincipal', principal))['KeyCredentials'], []);

  const made = await one('New-MgApplication', { DisplayName: 'ExchangeServerApp-1', SignInAudience: 'AzureADMyOrg', KeyCredentials: [credential(first)] });
  assert.equal((await one('New-MgServicePrincipal', { AppId: made['AppId'] }))['AppId'], made['AppId']);
  const found = { Filter: "startswith(displayName,'ExchangeServerApp-')", Property: ['KeyCredentials'] };
  await session.invoke('Update-MgApplication', { ApplicationId: made['Id'], KeyCredentials: [credential(second)] });
  assert.deepEqual(((await one('Get-MgApplication', found))['KeyCredentials'] as { Key: string }[]).map(({ Key }) => Key), [second]);
  await session.invoke('Remove-MgApplication', { ApplicationId: made['Id'] });
  assert.deepEqual(await session.invoke('Get-MgApplication', found), []);
});

test('company and people', async () => {
  assert.deepEqual(await one('Get-MsolCompanyInformation'), { DisplayName: 'Contoso', InitialDomain: 'contoso.onmicrosoft.test', ObjectId: tenantId, Domains: ['contoso.onmicrosoft.test', 'contoso.test'], DirectorySynchronizationEnabled: false, LastDirSyncTime: null });
  assert.equal((await one('Get-MgOrganization'))['OnPremisesSyncEnabled'], null, 'never');
  await session.invoke('Set-MsolUser', { UserPrincipalName: 'bert@contoso.test', ImmutableId: 'anchor', BlockCredential: true });
  const bert = await one('Get-MsolUser', { UserPrincipalName: 'bert@contoso.test' });
  assert.deepEqual([bert['ImmutableId'], bert['BlockCredential'], bert['ProxyAddresses']], ['anchor', true, ['SMTP:bert@contoso.test']]);
  await session.invoke('Set-MsolUserPrincipalName', { UserPrincipalName: 'bert@contoso.test', NewUserPrincipalName: 'bert@contoso.onmicrosoft.test' });
  assert.equal((await one('Get-MsolUser', { SearchString: 'Bert' }))['UserPrincipalName'], 'bert@contoso.onmicrosoft.test');
  await assert.rejects(session.invoke('Get-MsolUser', { UserPrincipalName: 'nobody@contoso.test' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
});

test('a password profile: a password, whether another must be chosen, or both', async () => {
  const user = { UserId: 'bert@contoso.onmicrosoft.test' };
  const before = await one('Get-MgUser', user);
  await session.invoke('Update-MgUser', { ...user, PasswordProfile: { Password: 'Correct-horse-7', ForceChangePasswordNextSignIn: false } });
  const after = await one('Get-MgUser', user);
  assert.notEqual(after['LastPasswordChangeDateTime'], before['LastPasswordChangeDateTime']);
  const states: unknown[] = [];
  const setDelegationState: typeof directory.setDelegationState = async (...given) => {
    states.push(given.slice(1));
    await directory.setDelegationState(...given);
  };
  const watched = createTenantDirectorySession({ ...directory, setDelegationState }, tenantId);
  for (const must of [true, false]) await watched.invoke('Update-MgUser', { ...user, PasswordProfile: { forceChangePasswordNextSignIn: must } });
  assert.deepEqual(states, [[user.UserId, 'PasswordChangeRequired'], [user.UserId, null, { inPlaceOf: 'PasswordChangeRequired' }]]);
  for (const PasswordProfile of ['x', [], {}, { Password: 7 }, { Password: '' }, { ForceChangePasswordNextSignIn: 'yes' }]) await assert.rejects(session.invoke('Update-MgUser', { ...user, PasswordProfile }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
});

test('a token service that is not there or does not know the key is told apart', async () => {
  const elsewhere = createTenantDirectorySession(createStsAdminClient({ url: 'https://127.0.0.1:9', httpClient, key }), tenantId);
  await assert.rejects(elsewhere.invoke('Get-MsolCompanyInformation'), { code: 'MANAGEMENT_UNREACHABLE' });
  const stranger = createTenantDirectorySession(createStsAdminClient({ url: sts.urls.admin, httpClient, key: 'another-key-of-some-length' }), tenantId);
  await assert.rejects(stranger.invoke('Get-MsolCompanyInformation'), { code: 'MANAGEMENT_UNAUTHENTICATED' });
});

test('a domain is given an identity provider, by the names of either module, and taken back', async () => {
  const { certificate } = await createAuthCertificate({ clock: systemClock });
  const SigningCertificate = certificateBase64(certificate);
  const provider = { IssuerUri: 'http://adfs.contoso.test/adfs/services/trust', SigningCertificate };
  await assert.rejects(session.invoke('Set-MsolDomainAuthentication', { DomainName: 'contoso.test', Authentication: 'Federated', IssuerUri: 'x' }), { code: 'MANAGEMENT_PARAMETER_MISSING' });
  await assert.rejects(session.invoke('Get-MsolDomainFederationSettings', { DomainName: 'contoso.test' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await session.invoke('Set-MsolDomainAuthentication', { DomainName: 'contoso.test', Authentication: 'federated', ...provider, PassiveLogOnUri: 'https://adfs.contoso.test/adfs/ls/', LogOffUri: 'https://adfs.contoso.test/out', SupportsMfa: true });
  const settings = await one('Get-MsolDomainFederationSettings', { DomainName: 'contoso.test' });
  assert.deepEqual(settings, { ...provider, LogOffUri: 'https://adfs.contoso.test/out', NextSigningCertificate: null, PassiveLogOnUri: 'https://adfs.contoso.test/adfs/ls/', PreferredAuthenticationProtocol: 'WsFed', SupportsMfa: true });
  assert.equal((await one('Get-MsolDomain', { Authentication: 'Federated' }))['Name'], 'contoso.test');
  const made = await one('New-MgDomainFederationConfiguration', { DomainId: 'contoso.test', ...provider, PassiveSignInUri: 'https://adfs.contoso.test/saml', NextSigningCertificate: SigningCertificate, PreferredAuthenticationProtocol: 'saml' });
  assert.deepEqual([made['PreferredAuthenticationProtocol'], made['FederatedIdpMfaBehavior'], made['NextSigningCertificate'], made['SignOutUri']], ['saml', 'rejectMfaByFederatedIdp', SigningCertificate, null]);
  assert.deepEqual(await one('Get-MgDomainFederationConfiguration', { DomainId: 'contoso.test' }), made);
  await session.invoke('Update-MgDomainFederationConfiguration', { DomainId: 'contoso.test', NextSigningCertificate: null, SignOutUri: 'https://adfs.contoso.test/out' });
  assert.deepEqual(await one('Get-MgDomainFederationConfiguration', { DomainId: 'contoso.test' }), { ...made, NextSigningCertificate: null, SignOutUri: 'https://adfs.contoso.test/out' });
  assert.deepEqual((await session.invoke('Get-MgDomain', {})).map(({ Id, AuthenticationType, IsInitial }) => [Id, AuthenticationType, IsInitial]), [['contoso.onmicrosoft.test', 'Managed', true], ['contoso.test', 'Federated', false]]);
  await assert.rejects(session.invoke('Update-MgDomainFederationConfiguration', { DomainId: 'contoso.onmicrosoft.test', IssuerUri: 'x' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(session.invoke('New-MgDomainFederationConfiguration', { DomainId: 'contoso.test', ...provider, SigningCertificate: 'x', PassiveSignInUri: 'https://adfs.contoso.test/saml' }), /certificate/);
  await session.invoke('Set-MsolDomainAuthentication', { DomainName: 'contoso.test', Authentication: 'Managed' });
  assert.deepEqual((await session.invoke('Get-MsolDomain', {})).map(({ Authentication }) => Authentication), ['Managed', 'Managed']);
});

test('people are made by the names of each module, sign in, and are deleted; the password that was made up is shown once', async () => {
  const made = await one('New-MsolUser', { UserPrincipalName: 'nora@contoso.test', DisplayName: 'Nora Noble', ImmutableId: 'bm9yYQ==' });
  assert.match(String(made['Password']), /^.{16}$/);
  assert.deepEqual([made['UserPrincipalName'], made['ImmutableId'], made['BlockCredential']], ['nora@contoso.test', 'bm9yYQ==', false]);
  await directory.updateTenant(tenantId, { passwordGrantEnabled: true });
  const client_id = '11111111-0000-4000-8000-000000000001';
  await directory.createServicePrincipal(tenantId, { appId: client_id, displayName: 'Installed', publicClient: true, consentedResources: ['*'] });
  const signIn = async (username: string, password: string): Promise<number> => {
    const body = new URLSearchParams({ grant_type: 'password', client_id, username, password, scope: `${appId}/.default` }).toString();
    const answer = await request(`${sts.urls.public}/${tenantId}/oauth2/v2.0/token`, { dispatcher: httpClient, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
    const { error_codes: codes = [] } = (await answer.body.json()) as { error_codes?: number[] };
    return codes[0] ?? 0;
  };
  assert.equal(await signIn('nora@contoso.test', String(made['Password'])), 0);
  assert.equal(await signIn('nora@contoso.test', 'another'), 50126);
  assert.equal((await one('New-AzureADUser', { DisplayName: 'Otto', UserPrincipalName: 'otto@contoso.test', PasswordProfile: { Password: 'Correct-horse-8', ForceChangePasswordNextLogin: null }, AccountEnabled: false, MailNickName: 'otto' }))['AccountEnabled'], false);
  assert.equal((await one('New-MgUser', { DisplayName: 'Pia', UserPrincipalName: 'pia@contoso.test', PasswordProfile: { Password: 'Correct-horse-9' }, AccountEnabled: true }))['UserPrincipalName'], 'pia@contoso.test');
  assert.equal((await one('Get-MsolUser', { UserPrincipalName: 'otto@contoso.test' }))['BlockCredential'], true);
  warnings.length = 0;
  assert.deepEqual(await session.invoke('New-MsolUser', { UserPrincipalName: 'quinn@contoso.test', DisplayName: 'Quinn', WhatIf: true }), []);
  assert.equal(warnings.length, 1);
  await assert.rejects(session.invoke('Get-MgUser', { UserId: 'quinn@contoso.test' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await assert.rejects(session.invoke('New-MsolUser', { UserPrincipalName: 'nora@contoso.test', DisplayName: 'Another' }), { code: 'MANAGEMENT_OBJECT_EXISTS' });
  await assert.rejects(session.invoke('New-MsolUser', { UserPrincipalName: 'nora@fabrikam.test', DisplayName: 'Elsewhere' }), /one of the verified domain names/);
  await assert.rejects(session.invoke('New-MsolUser', { UserPrincipalName: 'rita@contoso.test', DisplayName: 'Rita', LicenseAssignment: 'contoso:ENTERPRISEPACK' }), /no licences/);
  await session.invoke('Revoke-AzureADUserAllRefreshToken', { ObjectId: 'pia@contoso.test' });
  for (const name of ['nora', 'otto', 'pia']) await session.invoke('Remove-AzureADUser', { ObjectId: `${name}@contoso.test` });
  await assert.rejects(session.invoke('Remove-AzureADUser', { ObjectId: 'pia@contoso.test' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
});

test('applications and their certificates, by the names of MSOnline and AzureAD', async () => {
  const made = await one('New-MsolServicePrincipal', { DisplayName: 'Intranet', ServicePrincipalNames: ['https://intranet.contoso.test'] });
  const ObjectId = String(made['ObjectId']);
  assert.deepEqual(new Set(made['ServicePrincipalNames'] as string[]), new Set([String(made['AppPrincipalId']), 'https://intranet.contoso.test']));
  const Value = certificateBase64((await createAuthCertificate({ clock: systemClock })).certificate);
  const credential = await one('New-AzureADServicePrincipalKeyCredential', { ObjectId, Type: 'AsymmetricX509Cert', Usage: 'Verify', Value });
  assert.deepEqual(await session.invoke('Get-AzureADServicePrincipalKeyCredential', { ObjectId }), [credential]);
  assert.deepEqual([credential['Type'], credential['Value']], ['AsymmetricX509Cert', null]);
  await session.invoke('Remove-AzureADServicePrincipalKeyCredential', { ObjectId, KeyId: credential['KeyId'] });
  assert.deepEqual(await session.invoke('Get-AzureADServicePrincipalKeyCredential', { ObjectId }), []);
  await session.invoke('Remove-MsolServicePrincipal', { AppPrincipalId: made['AppPrincipalId'] });
  await assert.rejects(session.invoke('Get-MsolServicePrincipal', { ObjectId }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  const application = await one('New-AzureADApplication', { DisplayName: 'Another', IdentifierUris: 'https://another.contoso.test' });
  assert.deepEqual([application['IdentifierUris'], (await one('New-AzureADServicePrincipal', { AppId: application['AppId'] }))['ObjectId']], [['https://another.contoso.test'], application['ObjectId']]);
  assert.deepEqual(await session.invoke('Get-AzureADApplication', { SearchString: 'anoth' }), [application]);
  await session.invoke('Remove-AzureADApplication', { ObjectId: application['ObjectId'] });
  for (const remove of [['Remove-AzureADServicePrincipal', 'ObjectId'], ['Remove-MgServicePrincipal', 'ServicePrincipalId']] as const) {
    const { ObjectId: id } = await one('New-MsolServicePrincipal', { DisplayName: 'Short-lived' });
    await session.invoke(remove[0], { [remove[1]]: id });
    await assert.rejects(session.invoke(remove[0], { [remove[1]]: id }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  }
  assert.deepEqual((await session.invoke('Get-AzureADDomain')).map(({ Name, IsInitial }) => [Name, IsInitial]), [['contoso.onmicrosoft.test', true], ['contoso.test', false]]);
});
