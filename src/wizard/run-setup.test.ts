import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HybridgeError } from '../foundation/index.ts';
import type { CmdletSession } from '../management/index.ts';
import type { Sessions, SetupSettings, SetupStep } from './plan.ts';
import { differences, missingFrom } from './observed.ts';
import { runSetup } from './run-setup.ts';
import { warningsOf } from './setup/hcw-warning.ts';
import { verifyLookups } from './verify-lookups.ts';

/** A side that keeps what it is told, under the identity it is told it for. */
function keepingSession(kept: Map<string, unknown>, refuse?: Error): CmdletSession {
  return {
    name: 'test',
    async invoke(cmdlet, parameters = {}) {
      if (refuse !== undefined) throw refuse;
      if (cmdlet === 'Set-Thing') kept.set('Thing', parameters['Value']);
      return [{ Value: kept.get('Thing') ?? null }];
    },
  };
}

function sessionsOf(session: CmdletSession): Sessions {
  return { OnPremises: session, Cloud: session, Tenant: session, Relay: session };
}

const settings = { configuration: 'Full', topology: 'Modern', freeBusy: 'oauth' } as SetupSettings;
const wanted: SetupStep = {
  id: 'thing',
  title: 'The thing',
  why: 'Because.',
  async changes({ get }) {
    const [thing] = await get('OnPremises', 'Get-Thing');
    return thing?.['Value'] === 'right' ? [] : [{ session: 'OnPremises', cmdlet: 'Set-Thing', parameters: { Value: 'right' } }];
  },
};

test('a step is applied, found as wanted, and left alone the next time', async () => {
  const sessions = sessionsOf(keepingSession(new Map()));
  const [first] = await runSetup({ sessions, settings, steps: [wanted] });
  assert.equal(first?.outcome, 'applied and verified');
  assert.deepEqual(first.invocations.map(({ cmdlet }) => cmdlet), ['Set-Thing']);
  const [second] = await runSetup({ sessions, settings, steps: [wanted] });
  assert.equal(second?.outcome, 'already as it should be');
  assert.deepEqual(second.invocations, []);
});

test('a dry run says what would come and changes nothing', async () => {
  const kept = new Map<string, unknown>();
  const [report] = await runSetup({ sessions: sessionsOf(keepingSession(kept)), settings, steps: [wanted], dryRun: true });
  assert.equal(report?.outcome, 'would change');
  assert.equal(kept.size, 0);
});

test('a step that never gets what it wants is named', async () => {
  const restless: SetupStep = { ...wanted, changes: async () => [{ session: 'Cloud', cmdlet: 'Set-Thing', parameters: { Value: 'again' } }] };
  await assert.rejects(runSetup({ sessions: sessionsOf(keepingSession(new Map())), settings, steps: [restless] }), { code: 'WIZARD_STEP_DOES_NOT_SETTLE' });
});

test('a refused cmdlet stops set-up and is named', async () => {
  const sessions: Sessions = { ...sessionsOf(keepingSession(new Map())), Cloud: keepingSession(new Map(), new Error('Access denied.')) };
  const step: SetupStep = { ...wanted, changes: async () => [{ session: 'Cloud', cmdlet: 'Set-Thing', parameters: {} }] };
  await assert.rejects(runSetup({ sessions, settings, steps: [step] }), (error: Error & { code?: string }) => error.code === 'WIZARD_STEP_FAILED' && /The thing.*Set-Thing.*Access denied/.test(error.message));
});

test('an object that cannot be copied keeps no other back, and is named with what to do (HCW8110)', async () => {
  const ran: string[] = [];
  const refusing: CmdletSession = {
    name: 'test',
    async invoke(cmdlet, parameters = {}) {
      const name = String(parameters['Name'] ?? parameters['Identity']);
      if (name === 'Taken') throw new HybridgeError('MANAGEMENT_INVALID_VALUE', 'The domain belongs to another.', { remedy: 'Take it out there.' });
      ran.push(`${cmdlet} ${name}`);
      return [];
    },
  };
  const transfer: SetupStep = {
    ...wanted,
    title: 'Organization Configuration Transfer',
    isTransfer: true,
    mayFailAs: 'HCW8110',
    changes: async () => ['First', 'Taken', 'Last'].flatMap((Name) => (ran.length > 2 ? [] : [{ session: 'Cloud' as const, cmdlet: 'New-Thing', parameters: { Name } }, { session: 'Cloud' as const, cmdlet: 'Set-Thing', parameters: { Identity: Name } }])),
  };
  const reports = await runSetup({ sessions: sessionsOf(refusing), settings: { ...settings, transfer: ['Thing/First'] }, steps: [transfer], mayWarn: true });
  assert.deepEqual(ran, ['New-Thing First', 'Set-Thing First', 'New-Thing Last', 'Set-Thing Last']);
  assert.deepEqual(reports.map(({ outcome, invocations }) => [outcome, invocations.length]), [['failed', 4]]);
  assert.deepEqual(warningsOf(reports), [{ code: 'HCW8110', text: 'Organization Configuration Transfer could not copy an object.', cause: 'Thing “Taken”: The domain belongs to another. Thing “Taken”: Take it out there.' }]);
});

test('stopping keeps what is done and says so', async () => {
  const stop = new AbortController();
  const kept = new Map<string, unknown>();
  const later: SetupStep = { ...wanted, id: 'later', title: 'Later', changes: async () => [{ session: 'OnPremises', cmdlet: 'Set-Thing', parameters: { Value: 'too late' } }] };
  await assert.rejects(runSetup({ sessions: sessionsOf(keepingSession(kept)), settings, steps: [wanted, later], signal: stop.signal, onStep: () => stop.abort() }), { code: 'WIZARD_STOPPED' });
  assert.equal(kept.get('Thing'), 'right');
});

test('a step for another trust is left out', async () => {
  const dauth: SetupStep = { ...wanted, id: 'dauth', onlyFor: ['dauth', 'both'] };
  const kept = new Map<string, unknown>();
  const reports = await runSetup({ sessions: sessionsOf(keepingSession(kept)), settings: { ...settings, freeBusy: 'oauth' }, steps: [dauth] });
  assert.deepEqual([reports, kept.size], [[], 0]);
});

test('records of the DNS are published by the caller, or asked of the administrator with their text', async () => {
  const record = { name: 'contoso.test', text: 'proof==' };
  const proving: SetupStep = {
    ...wanted,
    async changes(view) {
      const changes = await wanted.changes(view);
      if (changes.length > 0) await view.publish([record]);
      return changes;
    },
  };
  const run = (more: Partial<Parameters<typeof runSetup>[0]>): ReturnType<typeof runSetup> => runSetup({ sessions: sessionsOf(keepingSession(new Map())), settings, steps: [proving], ...more });
  await assert.rejects(run({}), { code: 'WIZARD_PREREQUISITE', remedy: 'Publish in the public DNS, then run set-up again: contoso.test TXT IN proof==' });
  const published: unknown[] = [];
  await run({ publishText: async (one) => void published.push(one) });
  assert.deepEqual(published, [record]);
  assert.equal((await run({ dryRun: true }))[0]?.outcome, 'would change');
});

test('set-up is not over before a real lookup has answered', async () => {
  const seen: string[] = [];
  const proofs = [
    { title: 'one way', lookUp: async () => ({ ok: true, detail: 'seen' }) },
    { title: 'the other way', lookUp: async () => ({ ok: false, detail: 'ErrorTimeoutExpired' }) },
  ];
  await assert.rejects(verifyLookups(proofs, (title, { ok }) => void seen.push(`${title} ${ok}`)), { code: 'WIZARD_VERIFICATION_FAILED' });
  assert.deepEqual(seen, ['one way true', 'the other way false']);
});

test('lists are compared without case and order, the rest exactly', () => {
  assert.deepEqual(missingFrom(['https://Mail.contoso.test'], ['https://mail.contoso.test', 'https://other.test', 'https://other.test']), ['https://other.test']);
  assert.deepEqual(differences({ Domains: ['b.test', 'A.test'], Enabled: true, Url: 'x' }, { Domains: ['a.test', 'b.test'], Enabled: true, Url: 'y' }), { Url: 'y' });
  assert.deepEqual(differences({ Domains: ['a.test', 'c.test'] }, { Domains: ['a.test'] }), { Domains: ['a.test'] });
});
