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

for (const application of ['--no-dedicated-application', '--dedicated-application']) {
  test(`doctor all finds nothing wrong where nothing is: set up by the wizard in every way, ${application}`, async () => {
    const fixture = await startSetupFixture();
    try {
      for (const topology of ['Classic', 'Modern']) {
        for (const trust of ['oauth', 'dauth', 'both']) {
          const applied = await fixture.setup('--topology', topology, '--free-busy', trust, application, '--apply');
          assert.equal(applied.code, 0, applied.output);
          await findsNothing(fixture.directory, `${topology} ${trust}`);
          const undone = await fixture.setup('--undo');
          assert.equal(undone.code, 0, undone.output);
        }
      }
    } finally {
      await fixture.close();
    }
  });
}

test('a Modern deployment without its agent: that is said, and nothing else', async () => {
  const fixture = await startSetupFixture();
  try {
    assert.equal((await fixture.setup('--topology', 'Modern', '--free-busy', 'both', '--apply')).code, 0);
    for (const { id } of await fixture.relayAdmin.listAgents()) await fixture.relayAdmin.revokeAgent(id);
    for (const topic of ['all', 'agent']) {
      const { findings, exitCode } = await look(fixture.directory, topic);
      assert.deepEqual([findings.map(({ cause }) => cause), exitCode], [['m35-agent-down'], 1]);
    }
    // Neither hangs on the agent.
    const { findings } = await look(fixture.directory, 'certificates');
    assert.deepEqual(findings, []);
  } finally {
    await fixture.close();
  }
});

async function findsNothing(directory: string, what = ''): Promise<void> {
  const { status, findings, probes, exitCode } = await look(directory, 'all');
  assert.deepEqual(probes.filter((probe) => probe.status === 'fail'), [], what);
  assert.deepEqual([status, findings, exitCode], ['well', [], 0], what);
  // Skipped is not well: most of it must have looked.
  assert.ok(probes.filter((probe) => probe.status === 'pass').length > 25, what);
}

async function look(directory: string, topic: string): Promise<{ status: string; probes: { title: string; status: string; detail: string }[]; findings: { cause: string }[]; exitCode: unknown }> {
  const child = spawn(process.execPath, [bin, 'doctor', topic, '--state', directory, '--json'], { env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('close', resolve));
  const report = JSON.parse(await text(child.stdout)) as Omit<Awaited<ReturnType<typeof look>>, 'exitCode'>;
  return { ...report, exitCode: await exited };
}
