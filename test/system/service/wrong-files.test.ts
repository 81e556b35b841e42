import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../../src/identity/index.ts';
import { startServiceWorld } from './service-world.ts';
import type { ServiceWorld } from './service-world.ts';

let world: ServiceWorld;

before(async () => {
  world = await startServiceWorld();
  const authority = await createCertificateAuthority({ commonName: 'other', clock: systemClock });
  const other = await issueServerCertificate(authority, { hosts: ['other.example'], days: 2, clock: systemClock });
  const old = await issueServerCertificate(authority, { hosts: ['localhost'], days: 1, clock: { now: () => systemClock.now() - 3 * 24 * 3600_000 } });
  world.file('other.pem', other.certificate);
  world.file('other.key', other.privateKey);
  world.file('old.pem', old.certificate);
  world.file('old.key', old.privateKey);
  world.file('admin.key', 'long-enough-for-an-admin-key\n');
  world.file('short.key', 'short\n');
});
after(() => world.close());

function relayFile({ certificate = 'relay.pem', privateKey = 'relay.key', key = 'admin.key', domains = '[localhost]', more = '' }): string {
  return world.file('relay.yaml', `stateDirectory: state\ndomains: ${domains}\ncertificates: [{ certificate: ${certificate}, privateKey: ${privateKey} }]\nadmin: { key: { file: ${key} } }\n${more}`);
}

test('files that do not fit are told by the check and by a start, with key, file and remedy', async () => {
  const wrong = [
    [{ privateKey: 'other.key' }, /certificates\.0\.privateKey: .*relay\.yaml|certificates\.0\.privateKey: \S*other\.key is not the key of the certificate in \S*relay\.pem\. Give both/],
    [{ certificate: 'relay.key' }, /certificates\.0\.certificate: \S*relay\.key holds no certificate\. Give a PEM file/],
    [{ privateKey: 'relay.pem' }, /certificates\.0\.privateKey: \S*relay\.pem holds no private key/],
    [{ certificate: 'other.pem', privateKey: 'other.key' }, /certificates: No certificate covers localhost\. Give one/],
    [{ key: 'short.key' }, /admin\.key: The admin key is shorter than 16 characters.* openssl rand -base64 32/],
    [{ domains: '["https://relay.example"]' }, /:2:\d+: domains\.0: This value does not fit\. Write a domain such as relay\.example/],
    [{ more: 'tokenIssuersCa: relay.key\n' }, /tokenIssuersCa: \S*relay\.key holds no certificates of authorities/],
    [{ more: 'tenantLimits: { requestsInFlight: 0 }\n' }, /:5:\d+: tenantLimits\.requestsInFlight: This value is too small\. Give more than 0\./],
    [{ more: 'proxies: [balancer]\n' }, /:5:\d+: proxies\.0: This value does not fit\. Write an address, or a network such as 10\.0\.0\.0\/8\./],
  ] as const;
  for (const [files, text] of wrong) {
    const file = relayFile(files);
    const checked = await world.run(['config', 'check', file]);
    assert.equal(checked.code, 78, checked.stdout);
    assert.match(checked.stderr, text);
  }
  const started = await world.run(['relay', '--config', relayFile({ privateKey: 'other.key' })]);
  assert.deepEqual([started.code, started.stdout], [78, '']);
  assert.match(started.stderr, /^CONFIGURATION_FILE: .*other\.key is not the key of the certificate/);
});

test('what a relay can live with is a warning', async () => {
  const checked = await world.run(['config', 'check', relayFile({ certificate: 'old.pem', privateKey: 'old.key' })]);
  assert.equal(checked.code, 0, checked.stderr);
  assert.match(checked.stdout, /^WARNING: no certificate covers \*\.localhost.*\nWARNING: certificates\.0 has expired .*\n\S*relay\.yaml: no mistake found; it starts a relay\.\n$/);
});

test('commands of the relay: wrong words and wrong files have their own texts, and count as usage', async () => {
  const config = relayFile({ more: 'public: { port: 0 }\n' });
  const mistyped = await world.run(['relay', 'tennant', 'list', '--config', config]);
  assert.equal(mistyped.code, 64);
  assert.match(mistyped.stderr, /unknown command 'tennant'\n\(Did you mean tenant\?\)/);
  const nowhere = await world.run(['relay', 'tenant', 'list']);
  assert.equal(nowhere.code, 64);
  const noKey = await world.run(['relay', 'tenant', 'list', '--url', 'https://localhost:1', '--key-file', join(world.folder, 'nothing')]);
  assert.equal(noKey.code, 64);
  assert.match(noKey.stderr, /^CLI_RELAY_PLACE: The file of --key-file cannot be read \(ENOENT\)\.\n/);
  writeFileSync(join(world.folder, 'lines.key'), 'two\nlines\n');
  const lines = await world.run(['relay', 'tenant', 'list', '--url', 'https://localhost:1', '--key-file', join(world.folder, 'lines.key')]);
  assert.match(lines.stderr, /^CLI_RELAY_PLACE: What was given as the admin key is none/);
  const target = new URL(world.target.url);
  const untrusted = await world.run(['relay', 'tenant', 'list', '--url', target.origin, '--key-file', join(world.folder, 'admin.key')]);
  assert.equal(untrusted.code, 69);
  assert.match(untrusted.stderr, /^RELAY_ADMIN_UNREACHABLE: The certificate of the relay is not accepted \([A-Z_]+\)\.\nName its authority: --ca FILE/);
  const nobody = await world.run(['relay', 'tenant', 'list', '--url', 'https://localhost:1', '--key-file', join(world.folder, 'admin.key')]);
  assert.match(nobody.stderr, /does not answer \(ECONNREFUSED\)/);
});

test('an agent that is not configured: the way out can be tested, everything else says what to name', async () => {
  const tested = await world.run(['agent', 'test', '--relay', world.target.url, '--ca', world.caFile]);
  assert.deepEqual([tested.code, tested.stdout, tested.stderr], [0, `Testing connection to localhost on port ${new URL(world.target.url).port}\n`, '']);
  const status = await world.run(['agent', 'status']);
  assert.equal(status.code, 78);
  assert.match(status.stderr, /Neither a configuration nor a state folder was named\. Give --config/);
});
