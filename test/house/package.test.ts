import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from './source-modules.ts';

interface Manifest {
  name: string;
  version: string;
  bin: Record<string, string>;
  files: string[];
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  overrides: Record<string, string>;
}

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  link?: boolean;
}

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Manifest;
const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as { name: string; version: string; packages: Record<string, LockedPackage> };
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

function looselyPinned(versions: Readonly<Record<string, string>>): string[] {
  return Object.entries(versions).flatMap(([name, version]) => (/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version) ? [] : [`${name}@${version}`]));
}

test('every dependency is pinned to one version', () => {
  for (const versions of [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies, manifest.overrides]) {
    assert.ok(Object.keys(versions).length > 0);
    assert.deepEqual(looselyPinned(versions), []);
  }
  assert.deepEqual(looselyPinned({ a: '^1.0.0', b: '1.x', c: 'latest', d: '1.2.3-beta.1', e: 'github:a/b' }), ['a@^1.0.0', 'b@1.x', 'c@latest', 'e@github:a/b']);
});

test('the lock file agrees with the manifest, names no registry and knows every checksum', () => {
  assert.deepEqual([lock.name, lock.version], [manifest.name, manifest.version]);
  assert.ok(locked.length >= 20, `only ${locked.length} packages are locked`);
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
  assert.deepEqual(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path), []);
  assert.deepEqual(locked.filter(([, { integrity, link }]) => integrity === undefined && link !== true).map(([path]) => path), []);
});

test('installing runs no script', () => {
  assert.deepEqual(locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path), []);
  assert.deepEqual(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name)), []);
});

test('what the manifest names exists', () => {
  const named = [...Object.values(manifest.bin), ...manifest.files, ...Object.values(manifest.scripts).flatMap((script) => script.match(/\S+\.(?:ts|js)/g) ?? [])];
  assert.ok(named.length >= 5);
  assert.deepEqual(named.filter((path) => !existsSync(`${root}${path}`)), []);
  for (const path of ['LICENSE', 'README.md', '.ci/run']) assert.ok(existsSync(`${root}${path}`), path);
  accessSync(`${root}.ci/run`, constants.X_OK);
});
