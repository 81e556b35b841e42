import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import { closestName } from './closest-name.ts';
import { ConfigurationError } from './configuration-error.ts';
import { environmentVariables } from './environment-variables.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { LoadedConfiguration } from './load-configuration.ts';
import { listenerSettings, logSettings, secretReference } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'hybridge-configuration-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const schema = z.strictObject({
  stateDirectory: z.string().min(1),
  domains: z.array(z.string()).min(1),
  certificates: z.array(z.strictObject({ certificate: z.string(), privateKey: z.string() })).default([]),
  public: z.strictObject(listenerSettings).prefault({}),
  admin: z.strictObject({ ...listenerSettings, key: secretReference }),
  ...logSettings,
});

function load(text: string, environment: Record<string, string> = {}): LoadedConfiguration<z.infer<typeof schema>> {
  const file = join(folder, 'party.yaml');
  writeFileSync(file, text);
  return loadConfiguration({ file, schema, prefix: 'HYBRIDGE_PARTY', environment, otherVariables: ['HYBRIDGE_PARTY_CONFIG'] });
}

function refusal(text: string, environment: Record<string, string> = {}): ConfigurationError {
  try {
    load(text, environment);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error;
  }
  throw new assert.AssertionError({ message: 'the configuration was accepted' });
}

function placeOf({ code, problems }: ConfigurationError): [code: string, line: number | undefined] {
  return [code, problems[0]?.line];
}

const good = 'stateDirectory: state\ndomains: [relay.test]\nadmin:\n  port: 8443\n  key: { file: admin.key }\n';

test('what is not given has its default: listeners on loopback', () => {
  const { settings } = load(good);
  assert.deepEqual(settings.public, { host: '127.0.0.1', port: 0 });
  assert.equal(settings.admin.port, 8443);
  assert.equal(settings.drainSeconds, 30);
});

test('every mistake is told, each with file, line, key and remedy', () => {
  const { message, problems } = refusal('stateDirectory: 7\ndomains: []\npublic:\n  prot: 443\n  host: x\nadmin:\n  port: 70000\n  key: geheim\nlogLevel: loud\n');
  assert.deepEqual(
    problems.map(({ line, key, remedy }) => [line, key, remedy]),
    [
      [1, 'stateDirectory', 'Give a text.'],
      [2, 'domains', 'Give at least 1 entry.'],
      [4, 'public.prot', 'Did you mean port?'],
      [7, 'admin.port', 'Give at most 65535.'],
      [8, 'admin.key', 'Use `file: <path>` or `environment: <name of a variable>`, one of them.'],
      [9, 'logLevel', 'Use one of: trace, debug, info, warn, error.'],
    ],
  );
  assert.match(message, /party\.yaml:4:3: public\.prot: There is no such key\. Did you mean port\?/);
  assert.doesNotMatch(message, /geheim/);
});

test('a missing key is shown where it belongs', () => {
  const { problems } = refusal('stateDirectory: state\ndomains: [a.test]\nadmin:\n  port: 1\ncertificates:\n  - certificate: a.pem\n');
  assert.deepEqual(problems.map(({ line, key }) => [line, key]), [[3, 'admin.key'], [6, 'certificates.0.privateKey']]);
});

test('broken YAML, a doubled key, a list instead of keys and a missing file are refused', () => {
  assert.deepEqual(placeOf(refusal('domains: [a\nstateDirectory: x')), ['CONFIGURATION_YAML', 2]);
  assert.deepEqual(placeOf(refusal('logLevel: info\nlogLevel: warn')), ['CONFIGURATION_YAML', 2]);
  assert.equal(refusal('- a').code, 'CONFIGURATION_INVALID');
  assert.throws(() => loadConfiguration({ file: join(folder, 'absent.yaml'), schema, prefix: 'X', environment: {} }), { code: 'CONFIGURATION_UNREADABLE' });
});

test('an empty file lacks keys, and says which', () => {
  assert.deepEqual(refusal('# nothing\n').problems.map(({ key }) => key), ['stateDirectory', 'domains', 'admin']);
});

test('variables override keys, as texts, numbers and lists', () => {
  const { settings } = load(good, { HYBRIDGE_PARTY_PUBLIC_PORT: '443', HYBRIDGE_PARTY_DOMAINS: 'a.test, b.test', HYBRIDGE_PARTY_STATE_DIRECTORY: '0123', HYBRIDGE_PARTY_CERTIFICATES: '[{certificate: a, privateKey: b}]', HYBRIDGE_PARTY_CONFIG: 'x', OTHER: 'y' });
  assert.equal(settings.public.port, 443);
  assert.deepEqual(settings.domains, ['a.test', 'b.test']);
  assert.equal(settings.stateDirectory, '0123');
  assert.deepEqual(settings.certificates, [{ certificate: 'a', privateKey: 'b' }]);
});

test('a variable that means no key, or holds a wrong value, is named', () => {
  assert.match(refusal(good, { HYBRIDGE_PARTY_PUBLIC_PROT: '1' }).message, /^HYBRIDGE_PARTY_PUBLIC_PROT: No key has this variable\. Did you mean HYBRIDGE_PARTY_PUBLIC_PORT\?$/);
  assert.match(refusal(good, { HYBRIDGE_PARTY_PUBLIC_PORT: 'many' }).message, /^HYBRIDGE_PARTY_PUBLIC_PORT: public\.port: /);
});

test('secrets come from a file or the environment, and an absent one is told without it', () => {
  writeFileSync(join(folder, 'admin.key'), 'secret-of-the-file\n');
  const fromFile = load(good);
  assert.equal(fromFile.secret('admin.key', fromFile.settings.admin.key), 'secret-of-the-file');
  const overridden = load(good, { HYBRIDGE_PARTY_ADMIN_KEY: 'secret-of-the-variable' });
  assert.equal(overridden.secret('admin.key', overridden.settings.admin.key), 'secret-of-the-variable');
  const absent = load(good, { HYBRIDGE_PARTY_ADMIN_KEY_FILE: 'nowhere' });
  assert.throws(() => absent.secret('admin.key', absent.settings.admin.key), { code: 'CONFIGURATION_SECRET' });
  const unset = load(good.replace('file: admin.key', 'environment: UNSET'));
  assert.throws(() => unset.secret('admin.key', unset.settings.admin.key), { code: 'CONFIGURATION_SECRET' });
});

test('variables are listed for documentation', () => {
  const names = environmentVariables(schema, 'HYBRIDGE_PARTY').map(({ name }) => name);
  assert.ok(names.includes('HYBRIDGE_PARTY_ACCESS_LOG_DIRECTORY') && names.includes('HYBRIDGE_PARTY_ADMIN_KEY_FILE'), names.join());
});

test('only a near name is suggested', () => {
  assert.equal(closestName('prot', ['host', 'port']), 'port');
  assert.equal(closestName('StateDirectroy', ['stateDirectory', 'domains']), 'stateDirectory');
  assert.equal(closestName('colour', ['host', 'port']), undefined);
});
