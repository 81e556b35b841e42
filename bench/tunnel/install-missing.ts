import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.ts';

/** Programs and the Debian packages that have them. */
const packages = new Map([
  ['nginx', 'nginx-light'],
  ['wrk', 'wrk'],
  ['curl', 'curl'],
  ['ssh', 'openssh-client'],
  ['/usr/sbin/sshd', 'openssh-server'],
]);

/** Installs what is missing where apt-get can, and says which programs are there in the end. */
export async function installMissing(): Promise<ReadonlySet<string>> {
  const missing = [...packages].filter(([program]) => !isThere(program));
  if (missing.length > 0) {
    const names = missing.map(([, name]) => name);
    console.log(`Installing ${names.join(', ')} with apt-get`);
    await run('apt-get', ['update', '--quiet'])
      .then(() => run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...names]))
      .catch((error: unknown) => console.log(`That failed: ${error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error)}`));
  }
  const there = new Set([...packages.keys()].filter(isThere));
  for (const [program, name] of packages) if (!there.has(program)) console.log(`${program} is not there (Debian package ${name}): what needs it is left out`);
  return there;
}

function isThere(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program);
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].some((folder) => existsSync(join(folder, program)));
}
