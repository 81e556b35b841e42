import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Organization } from '../open-organization.ts';
import { openOrganization } from '../open-organization.ts';

async function open(t: { after(fn: () => unknown): void }): Promise<Organization> {
  const organization = await openOrganization({ file: ':memory:', clock: { now: () => 1_795_251_600_000 } });
  t.after(() => organization.close());
  return organization;
}

test('objects get the published defaults, and changes keep the rest', async (t) => {
  const { configuration } = await open(t);
  const created = await configuration.create('OrganizationRelationship', 'On-premises to O365', { DomainNames: ['contoso.test', 'CONTOSO.test', 'b.test'] });
  assert.deepEqual(created.properties.DomainNames, ['CONTOSO.test', 'b.test'], 'once each');
  assert.equal(created.properties.FreeBusyAccessEnabled, false);
  assert.equal(created.properties.FreeBusyAccessLevel, 'None');
  assert.equal(created.properties.Enabled, true);
  const updated = await configuration.update('OrganizationRelationship', 'on-premises TO o365', { FreeBusyAccessEnabled: true, FreeBusyAccessLevel: 'LimitedDetails' });
  assert.deepEqual(updated.properties, { ...created.properties, FreeBusyAccessEnabled: true, FreeBusyAccessLevel: 'LimitedDetails' });
  assert.equal(updated.guid, created.guid);
  assert.ok(updated.version > created.version);
  assert.deepEqual(await configuration.get('OrganizationRelationship', created.guid), updated);
});

test('is found by name, guid, further identity and wild card', async (t) => {
  const { configuration } = await open(t);
  const one = await configuration.create('WebServicesVirtualDirectory', 'MAIL01\\EWS (Default Web Site)', { Server: 'MAIL01' });
  const two = await configuration.create('WebServicesVirtualDirectory', 'MAIL02\\EWS (Default Web Site)', { Server: 'MAIL02' });
  const names = async (identity: string): Promise<string[]> => (await configuration.find('WebServicesVirtualDirectory', identity)).map((found) => found.properties.Server);
  assert.deepEqual(await names('mail01\\ews (default web site)'), ['MAIL01']);
  assert.deepEqual(await names(two.guid), ['MAIL02']);
  assert.deepEqual(await names('EWS (Default Web Site)'), ['MAIL01', 'MAIL02']);
  assert.deepEqual(await names('MAIL*'), ['MAIL01', 'MAIL02']);
  assert.deepEqual(await names('*.test'), []);
  await assert.rejects(configuration.get('WebServicesVirtualDirectory', 'EWS (Default Web Site)'), { code: 'ORGANIZATION_OBJECT_AMBIGUOUS' });
  assert.equal(await configuration.get('WebServicesVirtualDirectory', 'MAIL01\\*'), undefined, 'a wild card never names one object to change');
  assert.equal((await configuration.get('WebServicesVirtualDirectory', one.guid.toUpperCase()))?.name, one.name);
});

test('singletons are there from the start and only change', async (t) => {
  const { configuration } = await open(t);
  const config = await configuration.singleton('AuthConfig');
  assert.deepEqual([config.name, config.properties.ServiceName, config.properties.CurrentCertificateThumbprint], ['Auth Configuration', '00000002-0000-0ff1-ce00-000000000000', null]);
  await configuration.update('AuthConfig', config.name, { CurrentCertificateThumbprint: 'aa'.repeat(20) });
  assert.equal((await configuration.singleton('AuthConfig')).properties.CurrentCertificateThumbprint, 'AA'.repeat(20));
  await assert.rejects(configuration.create('AuthConfig', 'Another', {}), { code: 'ORGANIZATION_SINGLETON' });
  await assert.rejects(configuration.remove('OrganizationConfig', 'Organization'), { code: 'ORGANIZATION_SINGLETON' });
});

test('refuses what the cmdlets refuse', async (t) => {
  const { configuration } = await open(t);
  const refused = async (work: Promise<unknown>, mention: RegExp): Promise<void> => assert.rejects(work, (error: { code: string; message: string }) => error.code === 'ORGANIZATION_INVALID_OBJECT' && mention.test(error.message));
  await refused(configuration.create('IntraOrganizationConnector', 'x', { DiscoveryEndpoint: 'http://a.test/' }), /DiscoveryEndpoint: must be an absolute URL that begins with https/);
  await refused(configuration.create('IntraOrganizationConnector', 'x', { TargetAddressDomains: ['not a domain'] }), /TargetAddressDomains\.0/);
  await refused(configuration.create('IntraOrganizationConnector', 'n'.repeat(65), {}), /64 characters/);
  await refused(configuration.create('OrganizationRelationship', 'x', { DomainNames: Array.from({ length: 239 }, (_, index) => `d${index}.test`) }), /238/);
  await refused(configuration.create('OrganizationRelationship', 'x', { FreeBusyAccessLevel: 'Everything' as never }), /FreeBusyAccessLevel/);
  await refused(configuration.create('AuthServer', 'x', { Unknown: 1 } as never), /Unknown/);
  await refused(configuration.update('AuthConfig', 'Auth Configuration', { CurrentCertificateThumbprint: 'xyz' }), /40 hexadecimal/);
  assert.deepEqual(await configuration.list('IntraOrganizationConnector'), []);
});

test('a domain belongs to one object of its kind; a name too', async (t) => {
  const { configuration } = await open(t);
  await configuration.create('IntraOrganizationConnector', 'HybridIOC', { TargetAddressDomains: ['contoso.test'] });
  await assert.rejects(configuration.create('IntraOrganizationConnector', 'other', { TargetAddressDomains: ['CONTOSO.test'] }), { code: 'ORGANIZATION_DOMAIN_TAKEN', message: /HybridIOC/ });
  await assert.rejects(configuration.create('IntraOrganizationConnector', 'HYBRIDioc', {}), { code: 'ORGANIZATION_NAME_TAKEN' });
  await configuration.create('OrganizationRelationship', 'HybridIOC', { DomainNames: ['contoso.test'] });
  const { version } = configuration;
  await assert.rejects(configuration.update('IntraOrganizationConnector', 'nobody', {}), { code: 'ORGANIZATION_OBJECT_NOT_FOUND' });
  assert.equal(configuration.version, version, 'a failed change is no change');
});

test('the version grows with each change and listeners hear of it', async (t) => {
  const { configuration } = await open(t);
  const heard: string[] = [];
  const stop = configuration.onChange((change) => heard.push(`${change.action} ${change.name} ${change.version === configuration.version}`));
  const before = configuration.version;
  await configuration.create('AcceptedDomain', 'contoso.test', { DomainName: 'contoso.test' });
  await configuration.update('AcceptedDomain', 'contoso.test', { Default: true }, 'Contoso');
  assert.equal(await configuration.remove('AcceptedDomain', 'Contoso'), true);
  assert.equal(await configuration.remove('AcceptedDomain', 'Contoso'), false);
  stop();
  await configuration.create('AcceptedDomain', 'b.test', { DomainName: 'b.test' });
  assert.deepEqual(heard, ['created contoso.test true', 'updated Contoso true', 'removed Contoso true']);
  assert.equal(configuration.version, before + 4);
});

test('keys of certificates lie apart and go with their certificate', async (t) => {
  const { configuration } = await open(t);
  const thumbprint = 'ab'.repeat(20).toUpperCase();
  await configuration.create('ExchangeCertificate', thumbprint, {
    Thumbprint: thumbprint,
    Subject: 'CN=x',
    Issuer: 'CN=x',
    SerialNumber: '01',
    NotBefore: '2026-01-01T00:00:00Z',
    NotAfter: '2027-01-01T00:00:00Z',
    PublicKeySize: 2048,
    Certificate: '-----BEGIN CERTIFICATE-----\n…',
  });
  await configuration.setCertificateKey(thumbprint.toLowerCase(), 'the key');
  assert.equal(await configuration.certificateKey(` ${thumbprint}`), 'the key');
  assert.equal(JSON.stringify(await configuration.find('ExchangeCertificate', `MAIL01\\${thumbprint}`)).includes('the key'), false);
  assert.equal((await configuration.find('ExchangeCertificate', `MAIL01\\${thumbprint}`)).length, 1);
  await configuration.remove('ExchangeCertificate', thumbprint);
  assert.equal(await configuration.certificateKey(thumbprint), undefined);
});

test('everything is still there after closing and opening, with its version', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-organization-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'organization.sqlite');
  const first = await openOrganization({ file });
  const created = await first.configuration.create('AuthServer', 'EvoSTS', { Type: 'AzureAD' });
  const { version } = first.configuration;
  await first.close();
  assert.equal(statSync(file).mode & 0o077, 0, 'private keys are in there');
  const second = await openOrganization({ file });
  t.after(() => second.close());
  assert.deepEqual(await second.configuration.get('AuthServer', 'EvoSTS'), created);
  assert.equal(second.configuration.version, version);
});

test('what was read cannot be changed behind the store', async (t) => {
  const { configuration } = await open(t);
  const created = await configuration.create('AuthServer', 'ACS', { DomainName: ['contoso.test'] });
  assert.throws(() => created.properties.DomainName.push('evil.test'), TypeError);
  assert.throws(() => Object.assign(created.properties, { Enabled: false }), TypeError);
});
