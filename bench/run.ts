// `npm run bench`: every benchmark, one after another. Ratios within one run are what counts; absolute figures move with
// the machine.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

for (const name of ['local-availability.ts', 'cross-premises.ts', 'mailboxes.ts', 'tokens.ts', 'doctor.ts', 'tunnel/run.ts']) {
  console.log(`\n=== ${name} ===`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
