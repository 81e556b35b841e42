import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { createSetupCommand } from '../../src/cli/commands/setup/create-setup-command.ts';
import { createRequestId } from '../../src/foundation/index.ts';
import { connectExchange } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { describeError, exitCodeOf } from '../../src/service/index.ts';
import { basic, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

let fixture: LabFixture;
let cloud: CmdletSession;

before(async () => {
  fixture = await startLabFixture({ setUp: false });
  const administrator = fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === 'cloud');
  assert.ok(administrator !== undefined);
  cloud = connectExchange({ url: new URL(fixture.info.parties.cloud.urls['admin'] ?? '').origin, httpClient: fixture.httpClient, authorization: () => basic(administrator), tenant: fixture.info.tenant.id });
});
after(() => fixture.close());

interface Ended {
  code: number;
  output: string;
}

/** The command, but for its process. */
async function setup(...given: string[]): Promise<Ended> {
  let output = '';
  let code = 0;
  const stream = (): Writable => new Writable({ write: (chunk: Buffer, _, done) => ((output += chunk.toString()), done()) });
  const surroundings = { stdout: stream(), stderr: stream(), env: { NO_COLOR: '1', COLUMNS: '120' }, pid: process.pid, once: () => undefined, off: () => undefined };
  try {
    await createSetupCommand(surroundings, (exitCode) => (code = exitCode)).parseAsync(['--state', fixture.directory, ...given], { from: 'user' });
  } catch (error) {
    output += `${describeError(error)}\n`;
    code = exitCodeOf(error);
  }
  return { code, output };
}

const path = (name: string): string => join(fixture.directory, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');

/** The source that decided, in each direction; the error where there was no answer. */
async function lookBothWays(): Promise<string[]> {
  const results: string[] = [];
  for (const [asker, address] of [['anna', 'bert@contoso.test'], ['bert', 'anna@contoso.test']] as const) {
    const start = Date.parse(fixture.info.startedAt);
    const answer = await fixture.client.lookUpFreeBusy({
      asker: fixture.account(asker),
      requestId: createRequestId(),
      authentication: 'Basic',
      request: { mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' } },
    });
    const outcome = answer.freeBusy?.[0];
    results.push(outcome?.ok === true ? (answer.paths?.[0]?.source ?? '') : (outcome?.failure.responseCode ?? 'no answer'));
  }
  return results;
}

test('a fresh pair: no free/busy; a plan changes nothing, and a second one is the same', async () => {
  assert.deepEqual(await lookBothWays(), ['ErrorAddressSpaceNotFound', 'ErrorAddressSpaceNotFound']);
  const planned = await setup('--plan', path('plan.ps1'), '--export', path('before.txt'));
  assert.equal(planned.code, 0, planned.output);
  assert.match(planned.output, /New-IntraOrganizationConnector[^]*TargetSharingEpr = 'https:[^]*9 changes\./);
  assert.equal((await setup('--export', path('again.txt'))).code, 0);
  assert.equal(read('again.txt'), read('before.txt'));
  assert.ok(!readdirSync(path('setup')).includes('setup.lock'));
});

test('applied as planned: free/busy both ways over OAuth, every step verified; a second run finds nothing to change', async () => {
  const applied = await setup('--apply', path('plan.ps1.json'));
  assert.equal(applied.code, 0, applied.output);
  assert.match(applied.output, /✓ cloud to on-premises: [^]*✓ on-premises to cloud: [^]*9 cmdlets ran, every step is verified/);
  assert.deepEqual(await lookBothWays(), ['IntraOrganizationConnector', 'IntraOrganizationConnector']);
  const again = await setup('--apply');
  assert.equal(again.code, 0, again.output);
  assert.match(again.output, /Nothing is to be changed\.[^]*Both organisations are as they should be\./);
});

test('a plan whose ground has changed is refused, with the difference', async () => {
  assert.equal((await setup('--topology', 'Classic', '--plan', path('classic.ps1'))).code, 0);
  const [connector] = await cloud.invoke('Get-IntraOrganizationConnector');
  await cloud.invoke('Set-IntraOrganizationConnector', { Identity: connector?.['Identity'], Enabled: false });
  const refused = await setup('--apply', path('classic.ps1.json'));
  assert.equal(refused.code, 70, refused.output);
  assert.match(refused.output, /WIZARD_STATE_CHANGED[^]*Cloud IntraOrganizationConnector HybridIOC - \S+ Enabled: was true, is false/);
  await cloud.invoke('Set-IntraOrganizationConnector', { Identity: connector?.['Identity'], Enabled: true });
});

test('undo leaves the configuration as it was, byte for byte', async () => {
  const undone = await setup('--undo');
  assert.equal(undone.code, 0, undone.output);
  assert.match(undone.output, /✓ The configuration is what it was before it/);
  assert.equal((await setup('--export', path('after.txt'))).code, 0);
  assert.equal(read('after.txt'), read('before.txt'));
  assert.match((await setup('--undo')).output, /WIZARD_NOTHING_TO_UNDO/);
  assert.deepEqual(await lookBothWays(), ['ErrorAddressSpaceNotFound', 'ErrorAddressSpaceNotFound']);
  assert.ok(existsSync(path('setup')));
});
