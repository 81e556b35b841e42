import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { request } from 'undici';
import { createHttpClient, listen, systemClock, systemDial } from '../../foundation/index.ts';
import { createAuthCertificate } from './create-auth-certificate.ts';
import { createCertificateAuthority } from './create-certificate-authority.ts';
import { createCertificateRequest } from './create-certificate-request.ts';
import { issueClientCertificate } from './issue-client-certificate.ts';
import { issueServerCertificate } from './issue-server-certificate.ts';
import { certificateBase64, certificatePem, certificateThumbprint, certificateX5t, readCertificate } from './read-certificate.ts';

const clock = systemClock;
const openssl = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';
const authority = await createCertificateAuthority({ commonName: 'Lab Root, with "quotes" + plus', clock });

function folder(t: { after(fn: () => void): void }, files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), 'hybridge-certificates-'));
  t.after(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

function verify(ca: string, certificate: string, purpose: string, extra: readonly string[] = []): string {
  return execFileSync('openssl', ['verify', '-x509_strict', '-purpose', purpose, '-CAfile', ca, ...extra, certificate], { encoding: 'utf8', stdio: 'pipe' });
}

test('OpenSSL accepts a server certificate for each of its names, strictly', { skip: openssl }, async (t) => {
  const hosts = ['mail.contoso.test', '*.relay.test', '127.0.0.1', '::1'];
  for (const keyKind of ['P-256', 'RSA-2048'] as const) {
    const issued = await issueServerCertificate(authority, { hosts, days: 30, clock, keyKind });
    const path = folder(t, { 'ca.pem': authority.certificate, 'leaf.pem': issued.certificate });
    for (const name of [['-verify_hostname', 'mail.contoso.test'], ['-verify_hostname', 'a.relay.test'], ['-verify_ip', '127.0.0.1'], ['-verify_ip', '::1']]) {
      assert.match(verify(join(path, 'ca.pem'), join(path, 'leaf.pem'), 'sslserver', name), /OK/);
    }
    assert.throws(() => verify(join(path, 'ca.pem'), join(path, 'leaf.pem'), 'sslserver', ['-verify_hostname', 'mail.fabrikam.test']));
    assert.throws(() => verify(join(path, 'ca.pem'), join(path, 'leaf.pem'), 'sslclient'));
  }
});

test('a TLS client trusts the issued server certificate and no other', async (t) => {
  const issued = await issueServerCertificate(authority, { hosts: ['127.0.0.1'], days: 1, clock });
  const listener = await listen(createServer({ cert: issued.certificate, key: issued.privateKey }, (_, response) => response.end('hello')));
  t.after(() => listener.close());
  const trusting = createHttpClient({ dial: systemDial, ca: authority.certificate });
  const doubting = createHttpClient({ dial: systemDial, ca: (await createCertificateAuthority({ commonName: 'Other', clock })).certificate });
  t.after(() => Promise.all([trusting.close(), doubting.close()]));
  const url = `https://127.0.0.1:${listener.port}/`;
  assert.equal(await (await request(url, { dispatcher: trusting })).body.text(), 'hello');
  await assert.rejects(request(url, { dispatcher: doubting }));
});

test('a client certificate carries the issuer\'s choice of names, not the request\'s', { skip: openssl }, async (t) => {
  const { request: csr, privateKey } = await createCertificateRequest({ commonName: 'CN=admin' });
  const pem = await issueClientCertificate(authority, { request: csr, commonName: 'agent-1', days: 90, clock, uri: 'urn:hybridge:agent:1' });
  const path = folder(t, { 'ca.pem': authority.certificate, 'leaf.pem': pem });
  assert.match(verify(join(path, 'ca.pem'), join(path, 'leaf.pem'), 'sslclient'), /OK/);
  assert.throws(() => verify(join(path, 'ca.pem'), join(path, 'leaf.pem'), 'sslserver'));
  const parsed = new X509Certificate(pem);
  assert.equal(parsed.subject, 'CN=agent-1');
  assert.equal(parsed.subjectAltName, 'URI:urn:hybridge:agent:1');
  assert.ok(parsed.checkPrivateKey(createPrivateKey(privateKey)));
});

test('a request that is torn, forged or not a request is refused', async () => {
  const { request: csr } = await createCertificateRequest({ commonName: 'x' });
  const other = await createCertificateRequest({ commonName: 'x' });
  const options = { commonName: 'agent', days: 1, clock };
  const der = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64');
  const forged = der(csr);
  const theirs = der(other.request);
  theirs.copy(forged, forged.length - 60, theirs.length - 60);
  for (const bad of [
    csr.slice(0, 200),
    'hello',
    authority.certificate,
    `-----BEGIN CERTIFICATE REQUEST-----\n${forged.toString('base64')}\n-----END CERTIFICATE REQUEST-----`,
    csr.padEnd(9000, '\n'),
  ]) {
    await assert.rejects(issueClientCertificate(authority, { request: bad, ...options }), { code: 'IDENTITY_CERTIFICATE_REQUEST_REFUSED' });
  }
});

test('the Auth certificate is RSA-2048, self-signed, five years, begun a few minutes ago', async (t) => {
  const now = Date.UTC(2026, 10, 21, 9, 0, 0, 123);
  const { certificate, privateKey } = await createAuthCertificate({ clock: { now: () => now } });
  const facts = readCertificate(certificate);
  assert.equal(facts.subject, 'CN=Microsoft Exchange Server Auth Certificate');
  assert.equal(facts.issuer, facts.subject);
  assert.equal(facts.notBefore, Date.UTC(2026, 10, 21, 8, 55));
  assert.equal(facts.notAfter, Date.UTC(2031, 10, 21, 9, 0));
  assert.deepEqual([facts.publicKey.asymmetricKeyType, facts.publicKey.asymmetricKeyDetails?.modulusLength], ['rsa', 2048]);
  assert.ok(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey)));
  if (openssl !== false) return t.diagnostic(openssl);
  const path = folder(t, { 'auth.pem': certificate });
  const fingerprint = execFileSync('openssl', ['x509', '-in', join(path, 'auth.pem'), '-noout', '-fingerprint', '-sha1'], { encoding: 'utf8' });
  assert.equal(certificateThumbprint(certificate), fingerprint.trim().split('=')[1]?.replaceAll(':', ''));
});

test('thumbprints and forms agree with each other', async () => {
  const { certificate } = authority;
  assert.equal(Buffer.from(certificateX5t(certificate), 'base64url').toString('hex').toUpperCase(), certificateThumbprint(certificate));
  assert.equal(certificatePem(certificateBase64(certificate)), certificate);
  assert.deepEqual(readCertificate((await issueServerCertificate(authority, { hosts: ['a.test', '10.0.0.1'], days: 1, clock })).certificate).hosts, ['a.test', '10.0.0.1']);
  assert.throws(() => readCertificate('AAAA'), { code: 'IDENTITY_CERTIFICATE_UNREADABLE' });
});

test('serial numbers are positive and differ', async () => {
  const serials = new Set<string>();
  for (let round = 0; round < 20; round += 1) serials.add(readCertificate((await issueServerCertificate(authority, { hosts: ['a.test'], days: 1, clock })).certificate).serialNumber);
  assert.equal(serials.size, 20);
  for (const serial of serials) assert.ok(BigInt(`0x${serial}`) > 0n && BigInt(`0x${serial}`) < 1n << 127n);
});

test('a server certificate without a host is refused', async () => {
  await assert.rejects(issueServerCertificate(authority, { hosts: [], days: 1, clock }), { code: 'IDENTITY_CERTIFICATE_REQUEST_REFUSED' });
});
