import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatInvocation, formatValue } from './format-invocation.ts';

const line = (cmdlet: string, parameters: Record<string, unknown>): string => formatInvocation({ session: 'Cloud', cmdlet, parameters });

test('prints what runs on real Exchange', () => {
  assert.equal(
    line('Set-IntraOrganizationConnector', { Identity: 'HybridIOC - 1', TargetAddressDomains: ['contoso.test', 'b.test'], TargetSharingEpr: null, Enabled: true }),
    "Set-IntraOrganizationConnector -Identity 'HybridIOC - 1' -TargetAddressDomains 'contoso.test','b.test' -TargetSharingEpr $null -Enabled $true",
  );
  assert.equal(line('Set-AuthConfig', { PublishCertificate: true }), 'Set-AuthConfig -PublishCertificate');
  assert.equal(line('Remove-AuthServer', { Identity: 'ACS', Confirm: false }), "Remove-AuthServer -Identity 'ACS' -Confirm:$false");
  assert.equal(line('Set-Mailbox', { Identity: 'anna', EmailAddresses: { add: ['a@b.test'], remove: [] } }), "Set-Mailbox -Identity 'anna' -EmailAddresses @{add='a@b.test'; remove=@()}");
  assert.equal(line('Set-Anything', { Switch: true, Count: 5, Absent: undefined }), 'Set-Anything -Switch:$true -Count 5');
  assert.equal(line('Update-HybridApplication', { AppId: '6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7' }), "Update-HybridApplication -AppId '6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7'");
});

test('quotes so that nothing can break out, typographic quotes among it', () => {
  assert.equal(formatValue("O'Brien"), "'O''Brien'");
  assert.equal(formatValue('a\u2019; Remove-Mailbox x; \u2018'), "'a\u2019\u2019; Remove-Mailbox x; \u2018\u2018'");
  assert.equal(formatValue('$(evil) `n "x"'), "'$(evil) `n \"x\"'");
  assert.equal(formatValue([['a'], 'b']), "@('a'),'b'");
  assert.equal(formatValue({ 'a b': new Date(0) }), "@{'a b'='1970-01-01T00:00:00.000Z'}");
  assert.equal(formatValue(new Uint8Array([1, 2])), "([Convert]::FromBase64String('AQI='))");
});

test('certificates for Microsoft Graph are bytes', () => {
  assert.equal(
    line('Update-MgServicePrincipal', { ServicePrincipalId: '1', KeyCredentials: [{ Type: 'AsymmetricX509Cert', Key: 'AQI=' }, { KeyId: '2' }] }),
    "Update-MgServicePrincipal -ServicePrincipalId '1' -KeyCredentials @(@{Type='AsymmetricX509Cert'; Key=[Convert]::FromBase64String('AQI=')}, @{KeyId='2'})",
  );
});

test('never prints a secret', () => {
  const printed = line('New-Mailbox', { Name: 'Bert', Password: 'S3cret' });
  assert.equal(printed, "New-Mailbox -Name 'Bert' -Password (Read-Host 'Password' -AsSecureString)");
  assert.equal(line('Update-MgUser', { UserId: 'bert', PasswordProfile: { password: 'S3cret', ForceChangePasswordNextSignIn: false } }), "Update-MgUser -UserId 'bert' -PasswordProfile @{password=(Read-Host 'Password'); ForceChangePasswordNextSignIn=$false}");
  assert.equal(line('New-Mailbox', { Pass: 'S3cret' }).includes('S3cret'), false);
});

test('refuses names that would be more than names', () => {
  assert.throws(() => line('Get-Mailbox; Remove-Mailbox', {}), { code: 'MANAGEMENT_BAD_REQUEST' });
  assert.throws(() => line('Get-Mailbox', { 'Identity x; y': 1 }), { code: 'MANAGEMENT_BAD_REQUEST' });
});
