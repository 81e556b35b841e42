import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { diagnoseFreeBusy, recognizeFailures } from '../../../src/doctor/index.ts';
import type { FreeBusyDiagnosis, LookupOutcome } from '../../../src/doctor/index.ts';
import { createHttpClient, createRequestId, systemClock } from '../../../src/foundation/index.ts';
import { faults, labDial, openLabBreaker } from '../../../src/lab/index.ts';
import type { Fault, LabBreaker } from '../../../src/lab/index.ts';
import { createShell, describeCmdlets, formatInvocation } from '../../../src/management/index.ts';
import type { CmdletInvocation, ShellHost } from '../../../src/management/index.ts';
import { startLabFixture } from '../lab-fixture.ts';
import type { LabFixture } from '../lab-fixture.ts';

// Every fault of the lab: it is brought about, the lookup fails with the published text, the doctor, who is told only who
// cannot see whom, names the cause first with proof, its repair runs in the shell, the lookup works, and all is put back.
// What is wrong in the world outside of the products (a firewall, a device, a clock) no shell repairs: it is mended there.

let fixture: LabFixture;
let breaker: LabBreaker;
before(async () => {
  fixture = await startLabFixture({ freeBusy: 'both', lookUpTimeouts: { connectMs: 2_500, deadlineMs: 6_500 } });
  breaker = openLabBreaker(fixture.info);
});
after(async () => {
  await breaker.close();
  await fixture.close();
});

async function lookUp({ asker, whom }: Fault['symptom']): Promise<LookupOutcome> {
  const start = Date.parse(fixture.info.startedAt);
  const answer = await fixture.client.lookUpFreeBusy({
    asker: fixture.account(asker),
    requestId: createRequestId(),
    authentication: 'Basic',
    request: {
      mailboxes: [{ email: { address: whom }, attendeeType: 'Required', excludeConflicts: false }],
      freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
    },
  });
  const [outcome] = answer.freeBusy ?? [];
  assert.ok(outcome !== undefined);
  return outcome.ok ? { ok: true, detail: 'an answer' } : { ok: false, text: `${outcome.failure.responseCode}: ${outcome.failure.messageText}` };
}

/** As the command does: from the network of who asks. `isBlind`: nobody can repeat the lookup. */
async function diagnose({ asker, whom }: Fault['symptom'], isBlind = false): Promise<FreeBusyDiagnosis> {
  const account = fixture.account(asker);
  const askingSide = account.side === 'cloud' ? 'Cloud' : 'OnPremises';
  const ca = await readFile(fixture.info.caFile, 'utf8');
  const elsewhere = createHttpClient({ dial: labDial(fixture.info), ca });
  const own = createHttpClient({ dial: labDial(fixture.info, askingSide === 'OnPremises' ? 'onPremises' : 'outside'), ca });
  try {
    return await diagnoseFreeBusy({ asker: account.address, whom, askingSide, sessions: breaker.sessions, ...(isBlind ? {} : { lookUp: () => lookUp({ asker, whom }) }), httpClient: own, elsewhere, patienceMs: 12_000, clock: systemClock });
  } finally {
    await own.close();
    await elsewhere.close();
  }
}

/** Types the lines as they are printed. */
async function runInShell(invocations: readonly CmdletInvocation[]): Promise<void> {
  for (const invocation of invocations) {
    const place = invocation.session;
    const said: string[] = [];
    const never = new AbortController();
    const host: ShellHost = {
      width: 200,
      clock: systemClock,
      interactive: false,
      write: (line) => void said.push(line),
      page: async () => undefined,
      writeHost: () => undefined,
      writeError: (lines) => void said.push(...lines),
      writeWarning: () => undefined,
      writeVerbose: () => undefined,
      ask: async () => undefined,
      readFile,
      writeFile: async () => undefined,
      environment: () => undefined,
      signal: never.signal,
    };
    const shell = createShell({ host, connections: [{ name: place, session: breaker.sessions[place], cmdlets: describeCmdlets(place), prefix: '', open: false }] });
    await shell.run(formatInvocation(invocation));
    assert.equal(shell.errorCount, 0, `${formatInvocation(invocation)}\n${said.join('\n')}`);
  }
}

/** The configuration of both sides without times of change, without the ids of keys, which are given anew, and without an issuer’s keys, which servers fetch by themselves. */
async function configuration(): Promise<string> {
  const nouns = ['IntraOrganizationConnector', 'OrganizationRelationship', 'WebServicesVirtualDirectory', 'PartnerApplication', 'Recipient', 'AuthServer', 'ManagementRoleAssignment'];
  const all = [];
  for (const side of ['OnPremises', 'Cloud'] as const) {
    for (const noun of nouns) {
      const objects = await breaker.sessions[side].invoke(`Get-${noun}`, noun === 'Recipient' ? { ResultSize: 'Unlimited' } : {}).catch(() => []);
      all.push(...objects.map((object) => [side, noun, Object.fromEntries(Object.entries(object).filter(([name]) => !/^When|Guid|^Id$|ObjectId|ObjectVersion|DistinguishedName|CertificateStrings/i.test(name)))]));
    }
  }
  const keys = await breaker.sessions.Tenant.invoke('Get-MsolServicePrincipalCredential', { ServicePrincipalName: '00000002-0000-0ff1-ce00-000000000000', ReturnKeyValues: true });
  all.push(keys.map(({ Value, StartDate, EndDate }) => [Value, StartDate, EndDate]));
  return all.map((each) => JSON.stringify(each)).toSorted().join('\n');
}

test('a healthy lab: no false alarm in either direction', async () => {
  for (const symptom of [{ asker: 'anna', whom: 'bert@contoso.test' }, { asker: 'bert', whom: 'anna@contoso.test' }]) {
    const { verdict, causes } = await diagnose(symptom);
    assert.deepEqual([verdict, causes], ['works', []]);
    // Nor when nobody can repeat the lookup, and every probe has to look.
    const blind = await diagnose(symptom, true);
    assert.deepEqual([blind.verdict, blind.causes.map(({ cause, proof }) => [cause, proof])], ['unseen', []]);
  }
});

for (const fault of faults) {
  test(`${fault.id}: fails as published, is named first, is repaired in the shell, and leaves nothing behind`, async () => {
    const former = await configuration();
    const { environment } = await breaker.break(fault);
    try {
      const failed = await lookUp(fault.symptom);
      assert.ok(!failed.ok, 'the lookup still works');
      assert.ok(recognizeFailures(failed.text).some(({ failure }) => failure.id.toLowerCase() === fault.id.split('-')[0]), failed.text);
      const { verdict, causes } = await diagnose(fault.symptom);
      const [first] = causes;
      assert.equal(first?.cause, fault.id, `${failed.text}\n${JSON.stringify(causes.map(({ cause, proof }) => [cause, proof]))}`);
      assert.equal(verdict, 'proven');
      assert.ok(first.proof !== '');
      if (first.repair.length > 0) {
        await runInShell(first.repair);
        assert.deepEqual(await lookUp(fault.symptom), { ok: true, detail: 'an answer' });
        await runInShell(first.undo);
      } else {
        assert.ok(first.knowledge.repair.length > 0, 'nothing tells how to repair it');
        await breaker.putRight(fault.id);
        assert.deepEqual(await lookUp(fault.symptom), { ok: true, detail: 'an answer' });
      }
    } finally {
      await breaker.mend(fault.id);
    }
    // With its surroundings the person goes, too.
    if (environment === undefined) assert.equal((await lookUp(fault.symptom)).ok, true);
    assert.equal(await configuration(), former);
  });
}

test('two faults at once: both are named', async () => {
  const both = faults.filter(({ id }) => id === 'fb12-calendar-permission' || id === 'fb10-oauth-off');
  for (const fault of both) await breaker.break(fault);
  const { causes } = await diagnose({ asker: 'anna', whom: 'bert@contoso.test' });
  assert.deepEqual(causes.map(({ cause }) => cause), ['fb10-oauth-off', 'fb12-calendar-permission']);
  for (const _ of both) await breaker.mend();
  assert.deepEqual(breaker.injected(), []);
});
