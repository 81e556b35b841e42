import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { startLabFixture } from '../lab-fixture.ts';

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
      const child = spawn(process.execPath, [bin, 'doctor', 'all', '--state', fixture.directory, '--json'], { env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
      const exited = new Promise((resolve) => child.once('close', resolve));
      const report = JSON.parse(await text(child.stdout)) as { status: string; probes: { title: string; status: string; detail: string }[]; findings: unknown[] };
      assert.deepEqual(report.probes.filter(({ status }) => status === 'fail'), []);
      assert.deepEqual([report.status, report.findings, await exited], ['well', [], 0]);
      // Skipped is not well: most of it must have looked.
      assert.ok(report.probes.filter(({ status }) => status === 'pass').length > 25);
    } finally {
      await fixture.close();
    }
  });
}
