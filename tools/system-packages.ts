// Programs of other makers that some tests speak to. They are installed where that is possible without asking anybody:
// on Debian, as root. Elsewhere the tests that need them say that they are skipped, and why.
import { spawnSync } from 'node:child_process';

interface SystemPackage {
  /** Debian's name. */
  name: string;
  /** Exits with 0 where the program is there. */
  check: readonly [string, ...string[]];
}

const packages: readonly SystemPackage[] = [
  { name: 'openssl', check: ['openssl', 'version'] },
  { name: 'curl', check: ['curl', '--version'] },
  { name: 'python3-exchangelib', check: ['/usr/bin/python3', '-c', 'import exchangelib'] },
  { name: 'python3-zeep', check: ['/usr/bin/python3', '-c', 'import zeep'] },
  { name: 'libxml2-utils', check: ['xmllint', '--version'] },
  { name: 'python3-requests-ntlm', check: ['/usr/bin/python3', '-c', 'import requests_ntlm'] },
  { name: 'radicale', check: ['radicale', '--version'] },
  { name: 'xmlsec1', check: ['xmlsec1', '--version'] },
  { name: 'simplesamlphp', check: ['php', '-r', "exit(is_file('/usr/share/simplesamlphp/www/module.php') ? 0 : 1);"] },
  { name: 'php-cli', check: ['php', '--version'] },
  { name: 'php-xml', check: ['php', '-r', "exit(extension_loaded('dom') ? 0 : 1);"] },
  { name: 'tinyproxy', check: ['tinyproxy', '-v'] },
  { name: 'squid', check: ['squid', '-v'] },
];

function isMissing({ check: [program, ...parameters] }: SystemPackage): boolean {
  return spawnSync(program, parameters, { stdio: 'ignore' }).status !== 0;
}

function aptGet(...parameters: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', [...parameters, '--quiet', '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'], env: environment, timeout: 300_000 }).status === 0;
}

/** Installs what is missing, and says what still is. Never fails: a missing program only means fewer tests. */
export function installSystemPackages(): void {
  console.log('\n=== System packages ===');
  let missing = packages.filter(isMissing);
  const names = missing.map(({ name }) => name);
  if (names.length > 0 && process.getuid?.() === 0 && aptGet('update')) {
    console.log(`Installing ${names.join(', ')}`);
    aptGet('install', '--yes', '--no-install-recommends', ...names);
    missing = missing.filter(isMissing);
  }
  console.log(missing.length === 0 ? 'All there.' : `Not installed, so some tests will be skipped: ${missing.map(({ name }) => name).join(', ')}`);
}
