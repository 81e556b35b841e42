import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '../../../foundation/index.ts';
import { createCertificateAuthority } from '../create-certificate-authority.ts';
import { issueServerCertificate } from '../issue-server-certificate.ts';
import { sharedCertificate } from '../test-certificates.ts';
import { isPkcs12, readPkcs12 } from './read-pkcs12.ts';
import { decryptRc2 } from './rc2.ts';
import { writePkcs12 } from './write-pkcs12.ts';

const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed (apt-get install openssl)';
const folder = mkdtempSync(join(tmpdir(), 'hybridge-pkcs12-'));
after(() => rmSync(folder, { recursive: true }));
const password = 'Ein Päßwort, 👍';
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const openssl = (...parameters: string[]): string => execFileSync('openssl', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

async function elliptic(): Promise<{ certificate: string; privateKey: string; authority: string }> {
  const authority = await createCertificateAuthority({ commonName: 'Root', clock: systemClock });
  return { ...(await issueServerCertificate(authority, { hosts: ['mail.contoso.test'], days: 3, clock: systemClock })), authority: authority.certificate };
}

test('what is written here is read by openssl, and here', { skip }, async () => {
  for (const { certificate, privateKey } of [await sharedCertificate('auth'), await elliptic()]) {
    const pfx = await writePkcs12({ certificate, privateKey, password, friendlyName: 'Mäil' });
    assert.ok(isPkcs12(pfx));
    const out = openssl('pkcs12', '-in', file('ours.pfx', pfx), '-passin', `pass:${password}`, '-nodes');
    assert.match(out, /friendlyName: M..?il|friendlyName: M\\/);
    const [key = ''] = /-----BEGIN PRIVATE KEY-----[^]*END PRIVATE KEY-----/.exec(out) ?? [];
    assert.ok(createPrivateKey(key).equals(createPrivateKey(privateKey)));
    assert.ok(out.includes(new X509Certificate(certificate).toString().trim()));
    const info = spawnSync('openssl', ['pkcs12', '-in', join(folder, 'ours.pfx'), '-passin', `pass:${password}`, '-noout', '-info'], { encoding: 'utf8' }).stderr;
    assert.match(info, /MAC: sha256, Iteration 10000[^]*PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256/);
    const read = await readPkcs12(pfx, password);
    assert.deepEqual([read.certificates.length, read.privateKey === undefined], [1, false]);
    await assert.rejects(readPkcs12(pfx, 'wrong'), { code: 'IDENTITY_PKCS12_PASSWORD' });
  }
});

test('what openssl writes is read: today’s, yesterday’s, with a chain, without a key, without encryption', { skip }, async () => {
  const { certificate, privateKey, authority } = await elliptic();
  const [key, leaf, chain] = [file('key.pem', privateKey), file('leaf.pem', certificate), file('chain.pem', authority)];
  const variants: Record<string, string[]> = {
    'OpenSSL 3': [],
    'AES-128, many iterations': ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-iter', '60000', '-macalg', 'sha512'],
    'triple DES, as Windows Server 2016': ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    'triple DES by PBES2': ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC'],
    'two-key triple DES': ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES'],
    'RC2 with 40 bits, as OpenSSL 1': ['-legacy'],
    'RC2 with 128 bits': ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128'],
    'certificates in the clear': ['-certpbe', 'NONE'],
    'nothing encrypted': ['-certpbe', 'NONE', '-keypbe', 'NONE'],
    'no integrity code': ['-nomac'],
  };
  for (const [name, parameters] of Object.entries(variants)) {
    const path = join(folder, 'theirs.pfx');
    openssl('pkcs12', '-export', '-inkey', key, '-in', leaf, '-certfile', chain, '-out', path, '-passout', `pass:${password}`, ...parameters);
    const read = await readPkcs12(readFileSync(path), password);
    assert.deepEqual(read.certificates.map((pem) => new X509Certificate(pem).fingerprint), [certificate, authority].map((pem) => new X509Certificate(pem).fingerprint), name);
    assert.ok(createPrivateKey(read.privateKey ?? '').equals(createPrivateKey(privateKey)), name);
    if (name !== 'nothing encrypted') await assert.rejects(readPkcs12(readFileSync(path), `${password}!`), { code: 'IDENTITY_PKCS12_PASSWORD' }, name);
  }
  const path = join(folder, 'none.pfx');
  openssl('pkcs12', '-export', '-nokeys', '-in', leaf, '-out', path, '-passout', 'pass:');
  const read = await readPkcs12(readFileSync(path), '');
  assert.deepEqual([read.certificates.length, read.privateKey], [1, undefined]);
  openssl('pkcs12', '-export', '-legacy', '-certpbe', 'PBE-SHA1-RC4-128', '-inkey', key, '-in', leaf, '-out', path, '-passout', 'pass:x');
  await assert.rejects(readPkcs12(readFileSync(path), 'x'), { code: 'IDENTITY_PKCS12_UNREADABLE', message: /1\.2\.840\.113549\.1\.12\.1\.1/ });
});

test('a file cannot keep the process busy for long', { skip }, async () => {
  const { certificate, privateKey } = await elliptic();
  const path = join(folder, 'slow.pfx');
  openssl('pkcs12', '-export', '-inkey', file('slow.key', privateKey), '-in', file('slow.pem', certificate), '-out', path, '-passout', 'pass:x', '-iter', '1000001');
  await assert.rejects(readPkcs12(readFileSync(path), 'x'), { code: 'IDENTITY_PKCS12_UNREADABLE' });
});

test('RC2: vectors of RFC 2268', () => {
  // §5, those whose effective key length is that of the key; a block of eight zeroes or ones each, without padding.
  const vectors: [string, string, string][] = [
    ['ffffffffffffffff', 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', '1000000000000001', '30649edf9be7d2c2'],
    ['88bca90e90875a7f0f79c384627bafb2', '0000000000000000', '2269552ab0f85ca6'],
  ];
  for (const [key, plain, cipher] of vectors) {
    // The padding is of the last block: any block decrypts as the one before it, chained to nothing.
    const iv = Buffer.alloc(8);
    const last = Buffer.alloc(8, 8);
    const wanted = Buffer.from(Buffer.from(plain, 'hex').map((byte, index) => byte ^ (last[index] ?? 0)));
    assert.deepEqual(decryptRc2(Buffer.from(key, 'hex'), wanted, Buffer.from(cipher, 'hex')), Buffer.alloc(0), key);
    assert.equal(decryptRc2(Buffer.from(key, 'hex'), iv, Buffer.from(cipher, 'hex').subarray(1)), undefined);
  }
});

test('damaged and hostile files are refused', async () => {
  const { certificate, privateKey } = await sharedCertificate('auth');
  const pfx = await writePkcs12({ certificate, privateKey, password });
  const whole = await readPkcs12(pfx, password);
  for (let offset = 0; offset < pfx.length; offset += 97) {
    const damaged = Buffer.from(pfx);
    damaged[offset] = (damaged[offset] ?? 0) ^ 0x41;
    const read = await readPkcs12(damaged, password).catch((error: unknown) => error);
    if (read instanceof Error) assert.equal(read.name, 'IdentityError', `byte ${offset}`);
    else assert.deepEqual(read, whole, `byte ${offset}`);
  }
  for (const file of [Buffer.alloc(0), Buffer.from('hello'), pfx.subarray(0, 200), Buffer.alloc(300_000, 0x30), Buffer.from('3080'.repeat(5000), 'hex')]) await assert.rejects(readPkcs12(file, password), { code: 'IDENTITY_PKCS12_UNREADABLE' });
});
