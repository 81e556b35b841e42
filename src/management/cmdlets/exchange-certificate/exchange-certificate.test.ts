import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { after, before, test } from 'node:test';
import 'reflect-metadata';
import { Pkcs10CertificateRequest, SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension, X509Certificate as PublishedCertificate, X509Certificates } from '@peculiar/x509';
import { systemClock } from '../../../foundation/index.ts';
import { certificateBase64, certificateThumbprint, createCertificateAuthority, createSelfSignedCertificate, issueClientCertificate, issueServerCertificate } from '../../../identity/index.ts';
import type { ServedExchange } from '../../admin-api/served-exchange.ts';
import { serveExchange } from '../../admin-api/served-exchange.ts';

type Row = Record<string, unknown>;
let premises: ServedExchange;
let now = Date.now();
before(async () => {
  premises = await serveExchange({ clock: { now: () => now } });
});
after(() => premises.close());

const run = (cmdlet: string, parameters: Row = {}): Promise<readonly Row[]> => premises.session.invoke(cmdlet, parameters);
const one = async (cmdlet: string, parameters: Row = {}): Promise<Row> => (await run(cmdlet, parameters))[0] ?? {};

test('a PEM file with its key is imported, an encrypted key with its password; the key never comes out again, nor into the audit log', async () => {
  const authority = await createCertificateAuthority({ commonName: 'Root', clock: systemClock });
  const { certificate, privateKey } = await issueServerCertificate(authority, { hosts: ['mail.contoso.test', 'autodiscover.contoso.test'], days: 30, clock: systemClock });
  const encrypted = createPrivateKey(privateKey).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'open sesame' }).toString();
  const file = `${encrypted}${certificate}${authority.certificate}`;
  await assert.rejects(run('Import-ExchangeCertificate', { FileData: file, Password: 'wrong' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /cannot be read with this password/ });
  const imported = await one('Import-ExchangeCertificate', { FileData: Buffer.from(file).toString('base64'), Password: 'open sesame', FriendlyName: 'Mail' });
  assert.deepEqual(
    [imported['Thumbprint'], imported['HasPrivateKey'], imported['IsSelfSigned'], imported['CertificateDomains'], imported['FriendlyName'], imported['PublicKeySize'], imported['Services']],
    [certificateThumbprint(certificate), true, false, ['mail.contoso.test', 'autodiscover.contoso.test'], 'Mail', 256, 'None'],
  );
  await assert.rejects(run('Import-ExchangeCertificate', { FileData: file, Password: 'open sesame' }), { code: 'MANAGEMENT_OBJECT_EXISTS' });
  const everything = JSON.stringify([await run('Get-ExchangeCertificate'), await premises.organization.audit.search()]);
  for (const secret of ['PRIVATE KEY', 'open sesame', encrypted.slice(100, 140)]) assert.equal(everything.includes(secret), false, secret);
});

test('a file without key, with a stranger’s key, or without a certificate', async () => {
  const [first, second] = [await createSelfSignedCertificate({ commonName: 'First', days: 30, clock: systemClock }), await createSelfSignedCertificate({ commonName: 'Second', days: 30, clock: systemClock })];
  premises.warnings.length = 0;
  assert.equal((await one('Import-ExchangeCertificate', { FileData: certificateBase64(first.certificate) }))['HasPrivateKey'], false);
  assert.match(premises.warnings.join(), /no private key/);
  await assert.rejects(run('Set-AuthConfig', { CertificateThumbprint: certificateThumbprint(first.certificate) }), { message: /has no private key here/ });
  await assert.rejects(run('Enable-ExchangeCertificate', { Thumbprint: certificateThumbprint(first.certificate), Services: ['IIS'] }), { message: /has no private key here/ });
  await assert.rejects(run('Import-ExchangeCertificate', { FileData: first.privateKey + second.certificate }), { message: /belongs to another certificate/ });
  for (const FileData of ['hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'A'.repeat(60_000)]) await assert.rejects(run('Import-ExchangeCertificate', { FileData }), { code: 'MANAGEMENT_INVALID_VALUE' });
  assert.deepEqual(await run('Import-ExchangeCertificate', { FileData: second.certificate, WhatIf: true }), []);
  await assert.rejects(run('Get-ExchangeCertificate', { Thumbprint: certificateThumbprint(second.certificate) }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
});

test('services are added, none is taken away', async () => {
  const { Thumbprint } = await one('New-ExchangeCertificate', { SubjectName: 'CN=mail', Services: ['SMTP'] });
  assert.deepEqual(await run('Enable-ExchangeCertificate', { Thumbprint, Services: ['IIS', 'smtp'], Force: true }), []);
  assert.deepEqual((await one('Get-ExchangeCertificate', { Thumbprint }))['Services'], 'SMTP, IIS');
  await run('Enable-ExchangeCertificate', { Thumbprint, Services: ['None'] });
  assert.equal((await one('Get-ExchangeCertificate', { Thumbprint }))['Services'], 'SMTP, IIS');
  const then = now;
  now += 6 * 365 * 86_400_000;
  await assert.rejects(run('Enable-ExchangeCertificate', { Thumbprint, Services: ['POP'] }), { message: /has expired/ });
  now = then;
});

test('Set-AuthConfig: what makes no sense is refused or said', async () => {
  const make = async (): Promise<unknown> => (await one('New-ExchangeCertificate', { SubjectName: 'CN=Microsoft Exchange Server Auth Certificate' }))['Thumbprint'];
  const [current, next, other] = [await make(), await make(), await make()];
  await run('Set-AuthConfig', { CertificateThumbprint: current });
  await assert.rejects(run('Set-AuthConfig', { NewCertificateEffectiveDate: '2030-01-01T00:00:00Z' }), { code: 'MANAGEMENT_PARAMETER_MISSING', message: /no next certificate/ });
  await assert.rejects(run('Set-AuthConfig', { NewCertificateThumbprint: current, NewCertificateEffectiveDate: '2030-01-01T00:00:00Z' }), { message: /is the current one already/ });
  await run('Set-AuthConfig', { NewCertificateThumbprint: next, NewCertificateEffectiveDate: '2030-01-01T00:00:00Z' });
  premises.warnings.length = 0;
  await run('Set-AuthConfig', { NewCertificateThumbprint: other });
  assert.match(premises.warnings.join(), /does not take over by itself/);
  assert.deepEqual([(await one('Get-AuthConfig'))['NextCertificateThumbprint'], (await one('Get-AuthConfig'))['NextCertificateEffectiveDate']], [other, null]);
  premises.warnings.length = 0;
  await run('Remove-ExchangeCertificate', { Thumbprint: other });
  assert.match(premises.warnings.join(), /next certificate of Get-AuthConfig/);
  // The next one comes early, and is then no longer the next.
  await run('Set-AuthConfig', { NewCertificateThumbprint: next, NewCertificateEffectiveDate: '2030-01-01T00:00:00Z' });
  await run('Set-AuthConfig', { CertificateThumbprint: next });
  const config = await one('Get-AuthConfig');
  assert.deepEqual(['Current', 'Previous', 'Next'].map((slot) => config[`${slot}CertificateThumbprint`]), [next, current, null]);
  await run('Set-AuthConfig', { CertificateThumbprint: next });
  assert.equal((await one('Get-AuthConfig'))['PreviousCertificateThumbprint'], current);
});

test('a .pfx goes out and comes in: with its password, if the key may leave, for administrators alone', async () => {
  const made = await one('New-ExchangeCertificate', { SubjectName: 'CN=travels', FriendlyName: 'Travels', PrivateKeyExportable: true });
  const { Thumbprint } = made;
  const viewer = await premises.sessionAs('viewer', ['View-Only Organization Management']);
  await assert.rejects(viewer.invoke('Export-ExchangeCertificate', { Thumbprint, Password: 'open sesame' }), { code: 'MANAGEMENT_ACCESS_DENIED' });
  assert.equal(certificateThumbprint(String((await viewer.invoke('Export-ExchangeCertificate', { Thumbprint }))[0]?.['FileData'])), Thumbprint);
  const { FileData: bytes } = await one('Export-ExchangeCertificate', { Thumbprint, BinaryEncoded: true, Password: 'open sesame' });
  assert.ok(bytes instanceof Uint8Array);
  const FileData = Buffer.from(bytes).toString('base64');
  await run('Remove-ExchangeCertificate', { Thumbprint, Confirm: false });
  await assert.rejects(run('Import-ExchangeCertificate', { FileData, Password: 'wrong' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /cannot be opened with this password/ });
  await assert.rejects(run('Import-ExchangeCertificate', { FileData }), { code: 'MANAGEMENT_INVALID_VALUE', message: /cannot be opened with this password/ });
  const imported = await one('Import-ExchangeCertificate', { FileData, Password: 'open sesame', FriendlyName: 'Back' });
  assert.deepEqual([imported['Thumbprint'], imported['HasPrivateKey'], imported['FriendlyName']], [Thumbprint, true, 'Back']);
  await assert.rejects(run('Export-ExchangeCertificate', { Thumbprint, Password: 'open sesame' }), { code: 'MANAGEMENT_INVALID_VALUE', message: /cannot be exported/ });
  const entries = await premises.organization.audit.search();
  assert.ok(entries.some(({ cmdlet, object }) => cmdlet === 'Export-ExchangeCertificate' && object === Thumbprint), 'a key that left is in the audit log');
  for (const secret of ['open sesame', FileData.slice(200, 260)]) assert.equal(JSON.stringify(entries).includes(secret), false);
});

test('a self-signed certificate bears the names that were asked for', async () => {
  const made = await one('New-ExchangeCertificate', { SubjectName: 'c=US,s=WA,o="Woodgrove, Ltd",cn=mail.contoso.test', DomainName: ['autodiscover.contoso.test', 'MAIL.contoso.test'], KeySize: 4096 });
  const { certificate } = await stored(made['Thumbprint']);
  assert.deepEqual(certificate.subject.split('\n'), ['C=US', 'ST=WA', 'O=Woodgrove\\, Ltd', 'CN=mail.contoso.test']);
  assert.equal(certificate.subjectAltName, 'DNS:mail.contoso.test, DNS:autodiscover.contoso.test');
  assert.deepEqual([made['CertificateDomains'], made['PublicKeySize'], made['Services']], [['mail.contoso.test', 'autodiscover.contoso.test'], 4096, 'IMAP, POP, SMTP']);
  const again = await one('New-ExchangeCertificate', { Instance: made['Thumbprint'], PrivateKeyExportable: true });
  assert.notEqual(again['Thumbprint'], made['Thumbprint']);
  for (const same of ['Subject', 'CertificateDomains', 'PublicKeySize', 'Services', 'FriendlyName']) assert.deepEqual(again[same], made[same], same);
  const renewal = await one('New-ExchangeCertificate', { Instance: made['Thumbprint'], GenerateRequest: true, KeySize: 2048 });
  assert.match(String(renewal['FileData'] ?? renewal['Value']), /BEGIN (?:NEW )?CERTIFICATE REQUEST/);
  await premises.organization.configuration.create('AcceptedDomain', 'names.test', { DomainName: 'names.test' });
  const included = await one('New-ExchangeCertificate', { IncludeAcceptedDomains: true, IncludeAutoDiscover: true, IncludeServerNetBIOSName: true });
  assert.ok(['names.test', 'autodiscover.names.test'].every((name) => (included['CertificateDomains'] as string[]).includes(name)));
  assert.equal(included['Services'], 'SMTP');
  const wrong = [{ SubjectName: 'CN=a,CN=b' }, { SubjectName: 'CN=a,XY=b' }, { SubjectName: 'C=USA,CN=a' }, { SubjectName: 'hello' }, { DomainName: ['a b'] }, { KeySize: 3000 }];
  for (const parameters of wrong) await assert.rejects(run('New-ExchangeCertificate', parameters), { code: 'MANAGEMENT_INVALID_VALUE' }, JSON.stringify(parameters));
  await assert.rejects(run('New-ExchangeCertificate', { Server: 'NOWHERE' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  for (const parameters of [{ BinaryEncoded: true }, { RequestFile: 'C:\\mail.req', GenerateRequest: true }, { GenerateRequest: true, Services: ['IIS'] }]) await assert.rejects(run('New-ExchangeCertificate', parameters), { code: 'MANAGEMENT_PARAMETER_INVALID' });
});

test('a self-signed certificate bears the key identifier that was given; a request takes none', async () => {
  const identifierOf = async (parameters: Row): Promise<string | undefined> => {
    const { Thumbprint } = await one('New-ExchangeCertificate', { SubjectName: 'CN=Federation', Services: ['Federation'], ...parameters });
    const { FileData } = await one('Export-ExchangeCertificate', { Thumbprint });
    return new PublishedCertificate(Buffer.from(String(FileData), 'base64')).getExtension(SubjectKeyIdentifierExtension)?.keyId;
  };
  const given = '00112233445566778899AABBCCDDEEFF';
  assert.equal((await identifierOf({ SubjectKeyIdentifier: given }))?.toUpperCase(), given);
  assert.equal((await identifierOf({}))?.length, 40, 'the hash of the key');
  for (const wrong of [{ SubjectKeyIdentifier: 'not hexadecimal' }, { SubjectKeyIdentifier: given, GenerateRequest: true, Services: undefined }]) await assert.rejects(identifierOf(wrong), { code: 'MANAGEMENT_INVALID_VALUE', message: /SubjectKeyIdentifier takes/ });
});

test('a request waits for its certificate, which takes its key and its place', async () => {
  const { FileData, Identity } = await one('New-ExchangeCertificate', { GenerateRequest: true, SubjectName: 'C=US,CN=mail.contoso.test', DomainName: ['autodiscover.contoso.test'], FriendlyName: 'Public', PrivateKeyExportable: true });
  const request = new Pkcs10CertificateRequest(String(FileData));
  assert.ok(await request.verify());
  assert.deepEqual([request.subject, new SubjectAlternativeNameExtension(request.getExtension('2.5.29.17')?.rawData ?? assert.fail()).names.toJSON().map(({ value }) => value)], ['C=US, CN=mail.contoso.test', ['mail.contoso.test', 'autodiscover.contoso.test']]);
  const waiting = await one('Get-ExchangeCertificate', { Thumbprint: Identity });
  assert.deepEqual([waiting['Status'], waiting['HasPrivateKey'], waiting['Services'], waiting['CertificateDomains']], ['PendingRequest', true, 'None', ['mail.contoso.test', 'autodiscover.contoso.test']]);
  const exported = await one('Export-ExchangeCertificate', { Thumbprint: Identity, BinaryEncoded: true });
  assert.deepEqual(Buffer.from(exported['FileData'] as Uint8Array), Buffer.from(request.rawData));
  // A certificate of its own making, which stands for it meanwhile, is good for nothing.
  for (const [cmdlet, parameters] of [['Enable-ExchangeCertificate', { Thumbprint: Identity, Services: ['IIS'] }], ['Set-AuthConfig', { CertificateThumbprint: Identity }], ['Export-ExchangeCertificate', { Thumbprint: Identity, Password: 'x' }]] as const) {
    await assert.rejects(run(cmdlet, parameters), { code: 'MANAGEMENT_INVALID_VALUE', message: /request whose certificate has not been imported yet/ });
  }
  await assert.rejects(run('New-FederationTrust', { Name: 'Gateway', Thumbprint: Identity, MetadataUrl: 'https://gateway.test/metadata' }), { code: 'MANAGEMENT_INVALID_VALUE' });
  const authority = await createCertificateAuthority({ commonName: 'Root', clock: systemClock });
  const issued = await issueClientCertificate(authority, { request: String(FileData), commonName: 'mail.contoso.test', days: 30, clock: systemClock });
  premises.warnings.length = 0;
  const imported = await one('Import-ExchangeCertificate', { FileData: Buffer.from(issued).toString('base64') });
  assert.deepEqual([imported['Thumbprint'], imported['HasPrivateKey'], imported['Status'], imported['FriendlyName'], imported['IsSelfSigned']], [certificateThumbprint(issued), true, 'Valid', 'Public', false]);
  assert.deepEqual(premises.warnings, []);
  await assert.rejects(run('Get-ExchangeCertificate', { Thumbprint: Identity }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await run('Enable-ExchangeCertificate', { Thumbprint: imported['Thumbprint'], Services: ['IIS'] });
  const { privateKey, certificate } = await stored(imported['Thumbprint']);
  assert.ok(certificate.checkPrivateKey(createPrivateKey(privateKey)));
});

test('of a PKCS #7 file the certificate is kept that a request waits for, or that stands at the end of the chain', async () => {
  const authority = await createCertificateAuthority({ commonName: 'Chain root', clock: systemClock });
  const { FileData } = await one('New-ExchangeCertificate', { GenerateRequest: true, SubjectName: 'CN=p7b.contoso.test', FriendlyName: 'By chain' });
  const issued = await issueClientCertificate(authority, { request: String(FileData), commonName: 'p7b.contoso.test', days: 30, clock: systemClock });
  const other = await issueServerCertificate(authority, { hosts: ['other.contoso.test'], days: 30, clock: systemClock });
  const collection = (...certificates: string[]): X509Certificates => new X509Certificates(certificates.map((certificate) => new PublishedCertificate(certificate)));
  const waited = await one('Import-ExchangeCertificate', { FileData: collection(authority.certificate, other.certificate, issued).export('base64') });
  assert.deepEqual([waited['Thumbprint'], waited['HasPrivateKey'], waited['FriendlyName']], [certificateThumbprint(issued), true, 'By chain']);
  premises.warnings.length = 0;
  // As a text file, and as the bytes of one.
  const pem = `-----BEGIN PKCS7-----\n${collection(authority.certificate, other.certificate).export('base64')}\n-----END PKCS7-----\n`;
  for (const data of [pem, Buffer.from(pem).toString('base64')]) {
    const last = await one('Import-ExchangeCertificate', { FileData: data });
    assert.deepEqual([last['Thumbprint'], last['HasPrivateKey']], [certificateThumbprint(other.certificate), false]);
    await run('Remove-ExchangeCertificate', { Thumbprint: last['Thumbprint'], Confirm: false });
  }
});

async function stored(thumbprint: unknown): Promise<{ certificate: X509Certificate; privateKey: string }> {
  const { configuration } = premises.organization;
  const { properties } = (await configuration.get('ExchangeCertificate', String(thumbprint))) ?? assert.fail();
  return { certificate: new X509Certificate(properties.Certificate), privateKey: (await configuration.certificateKey(String(thumbprint))) ?? assert.fail() };
}
