import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { openLabBreaker } from '../../../src/lab/index.ts';
import { startLabFixture } from '../lab-fixture.ts';
import { startSetupFixture } from '../setup-fixture.ts';

// No false alarm, whichever way an organisation was joined.

const bin = join(import.meta.dirname, '../../../bin/hybridge.js');

const kinds = [
  ['OAuth alone', { freeBusy: 'oauth' }],
  ['delegated federation alone: the tenant need not know the Auth certificate', { freeBusy: 'dauth' }],
  ['a dedicated application', { freeBusy: 'oauth', hybridApplication: 'dedicated' }],
] as const;

for (const [title, options] of kinds) {
  test(`doctor all finds nothing wrong where nothing is: ${title}`, async () => {
    const fixture = await startLabFixture(options);
    try {
      await findsNothing(fixture.directory);
    } finally {
      await fixture.close();
    }
  });
}

test('doctor all finds nothing wrong where nothing is: set up by the wizard, classic, and nothing published by the relay', async () => {
  const fixture = await startSetupFixture();
  const breaker = openLabBreaker(fixture.info);
  try {
    const plan = fixture.path('plan.ps1');
    await fixture.setup('--topology', 'Classic', '--free-busy', 'both', '--plan', plan);
    assert.equal((await fixture.setup('--apply', `${plan}.json`)).code, 0);
    await findsNothing(fixture.directory);
    const [application] = await breaker.sessions.Relay.invoke('Get-HybridApplication');
    await breaker.sessions.Relay.invoke('Remove-HybridApplication', { AppId: application?.['appId'], Confirm: false });
    await findsNothing(fixture.directory);
  } finally {
    await breaker.close();
    await fixture.close();
  }
});

async function findsNothing(directory: string): Promise<void> {
  const child = spawn(process.execPath, [bin, 'doctor', 'all', '--state', directory, '--json'], { env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('close', resolve));
  const report = JSON.parse(await text(child.stdout)) as { status: string; probes: { title: string; status: string; detail: string }[]; findings: unknown[] };
  assert.deepEqual(report.probes.filter(({ status }) => status === 'fail'), []);
  assert.deepEqual([report.status, report.findings, await exited], ['well', [], 0]);
  // Skipped is not well: most of it must have looked.
  assert.ok(report.probes.filter(({ status }) => status === 'pass').length > 25);
}
