import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { diagnoseFreeBusy, diagnosePath, recognizeFailures } from '../../../src/doctor/index.ts';
import type { Diagnosis, LookupOutcome, PathCase } from '../../../src/doctor/index.ts';
import { createHttpClient, systemClock } from '../../../src/foundation/index.ts';
import { createStsAdminClient } from '../../../src/identity/index.ts';
import { labDial, openLabBreaker, readLabClient, showSymptom, wizardSessions } from '../../../src/lab/index.ts';
import type { Fault, LabBreaker, RunningLab, StartLabOptions, Symptom } from '../../../src/lab/index.ts';
import { createShell, describeCmdlets, formatInvocation } from '../../../src/management/index.ts';
import type { CmdletInvocation, ShellHost } from '../../../src/management/index.ts';
import { startLabFixture } from '../lab-fixture.ts';

const bin = join(import.meta.dirname, '../../../bin/hybridge.js');

/** What a fault does to a party is true of the whole party. */
const alsoSo: Readonly<Record<string, readonly string[]>> = { 'm35-target-down': ['p1-on-premises'], 'fb28-gateway-down': ['p1-token-service'] };

export interface FaultWalk {
  breaker: LabBreaker;
  /** What is wrong in the lab's world. */
  conditions: RunningLab['conditions'];
  lookUp(symptom: Symptom): Promise<LookupOutcome>;
  diagnose(symptom: Symptom, isBlind?: boolean): Promise<Diagnosis>;
  /** Types lines into the shell of one place. */
  type(place: keyof LabBreaker['sessions'], lines: readonly string[]): Promise<void>;
  /** All that administrators configure, as text. */
  configuration(): Promise<string>;
  /** Runs commands in the shell, as they are printed. */
  runInShell(invocations: readonly CmdletInvocation[]): Promise<void>;
  /** Brings a fault about, has the doctor name it, repairs it, and puts all back. */
  walk(fault: Fault): Promise<void>;
  close(): Promise<void>;
}

/** A lab of its own, which does not wait long, with a doctor who is told only what somebody complains of. */
export async function startFaultWalk(options: Pick<StartLabOptions, 'hybridApplication'> = {}): Promise<FaultWalk> {
  const fixture = await startLabFixture({ freeBusy: 'both', lookUpTimeouts: { connectMs: 2_500, deadlineMs: 6_500 }, ...options });
  const breaker = openLabBreaker(fixture.info);
  const { sts } = fixture.info.parties;
  // Of its own: the lab's ends with the token service, which some faults stop.
  const gatewayClient = createHttpClient({ dial: labDial(fixture.info), ca: readFileSync(fixture.info.caFile, 'utf8') });
  const gateway = createStsAdminClient({ url: new URL(sts.urls['admin'] ?? '').origin, httpClient: gatewayClient, key: readFileSync(sts.adminKeyFile ?? '', 'utf8').trim() });
  const lookUp = (symptom: Symptom): Promise<LookupOutcome> => showSymptom(fixture.info, symptom);

  /** As the command does: from the network of who asks. `isBlind`: nobody can repeat what failed. */
  async function diagnose(symptom: Symptom, isBlind = false): Promise<Diagnosis> {
    const ca = await readFile(fixture.info.caFile, 'utf8');
    const isFromPremises = 'asker' in symptom && fixture.account(symptom.asker).side === 'on-premises';
    const elsewhere = createHttpClient({ dial: labDial(fixture.info), ca });
    const httpClient = createHttpClient({ dial: labDial(fixture.info, isFromPremises ? 'onPremises' : 'outside'), ca });
    const { sessions } = breaker;
    const again = (): Promise<LookupOutcome> => lookUp(symptom);
    try {
      const path: PathCase = { sessions, ...(isBlind ? {} : { attempt: again }), dial: labDial(fixture.info), ca: [ca], httpClient, clock: systemClock };
      if ('watched' in symptom) throw new TypeError('Nobody complains of that: walk it.');
      if ('signIn' in symptom) return await diagnosePath('hma', { ...path, user: fixture.account(symptom.signIn).address, client: readLabClient(fixture.info) });
      if ('setUp' in symptom) return await diagnosePath('setup', { ...path, sessions: wizardSessions(fixture.info, httpClient) });
      if ('move' in symptom) return await diagnosePath('move', path);
      return await diagnoseFreeBusy({ asker: fixture.account(symptom.asker).address, whom: symptom.whom, askingSide: isFromPremises ? 'OnPremises' : 'Cloud', sessions, ...(isBlind ? {} : { lookUp: again }), httpClient, network: { dial: labDial(fixture.info, isFromPremises ? 'onPremises' : 'outside'), ca: [ca] }, elsewhere, patienceMs: 12_000, clock: systemClock });
    } finally {
      await httpClient.close();
      await elsewhere.close();
    }
  }

  /** As who types the command: what nobody suffers from yet. */
  async function lookAround(topic: 'agent' | 'certificates'): Promise<readonly { cause: string; proof: readonly string[]; repair: readonly unknown[] }[]> {
    const child = spawn(process.execPath, [bin, 'doctor', topic, '--state', fixture.directory, '--json'], { env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'inherit'] });
    const json = await text(child.stdout);
    return (JSON.parse(json) as { findings: Awaited<ReturnType<typeof lookAround>> }).findings;
  }

  /** Agents tell the relay every few seconds: the doctor is asked until `isSo`, for a minute. */
  async function lookAroundUntil(topic: 'agent' | 'certificates', isSo: (causes: readonly string[]) => boolean): ReturnType<typeof lookAround> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const findings = await lookAround(topic);
      if (isSo(findings.map(({ cause }) => cause)) || Date.now() > deadline) return findings;
    }
  }

  async function walkLatent(fault: Fault, topic: 'agent' | 'certificates'): Promise<void> {
    const former = await configuration();
    await breaker.break(fault);
    try {
      for (const symptom of [{ asker: 'anna', whom: 'bert@contoso.test' }, { asker: 'bert', whom: 'anna@contoso.test' }]) assert.equal((await lookUp(symptom)).ok, true, 'somebody suffers from it');
      const findings = await lookAroundUntil(topic, (causes) => causes.includes(fault.id));
      assert.deepEqual(findings.map(({ cause }) => cause), [fault.id], JSON.stringify(findings.map(({ cause, proof }) => [cause, proof])));
      assert.ok((findings[0]?.proof.join('') ?? '') !== '' && (findings[0]?.repair.length ?? 0) > 0);
      await breaker.putRight(fault.id);
      assert.deepEqual((await lookAroundUntil(topic, (causes) => causes.length === 0)).map(({ cause }) => cause), []);
    } finally {
      await breaker.mend(fault.id);
    }
    assertSame(await configuration(), former);
  }

  async function runInShell(invocations: readonly CmdletInvocation[]): Promise<void> {
    for (const invocation of invocations) await type(invocation.session, [formatInvocation(invocation)]);
  }

  /** Types the lines as they are printed, one after the other. */
  async function type(place: keyof LabBreaker['sessions'], lines: readonly string[]): Promise<void> {
    const said: string[] = [];
    const never = new AbortController();
    const host: ShellHost = {
      width: 200,
      clock: systemClock,
      interactive: false,
      write: (line) => void said.push(line),
      page: async () => undefined,
      writeHost: () => undefined,
      writeError: (errors) => void said.push(...errors),
      writeWarning: () => undefined,
      writeVerbose: () => undefined,
      ask: async () => undefined,
      readFile,
      writeFile: async () => undefined,
      pathType: async () => undefined,
      environment: () => undefined,
      signal: never.signal,
    };
    const shell = createShell({ host, connections: [{ name: place, session: breaker.sessions[place], cmdlets: describeCmdlets(place), prefix: '', open: false }] });
    for (const line of lines) {
      await shell.run(line);
      assert.equal(shell.errorCount, 0, `${line}\n${said.join('\n')}`);
    }
  }

  /** The configuration of both sides, of the tenant and of the gateway; without times of change, and without the keys of issuers and of the gateway, which roll on and are fetched again. What was made anew has another GUID. */
  async function configuration(): Promise<string> {
    const nouns = ['IntraOrganizationConnector', 'OrganizationRelationship', 'WebServicesVirtualDirectory', 'AutodiscoverVirtualDirectory', 'MapiVirtualDirectory', 'OabVirtualDirectory', 'PartnerApplication', 'Recipient', 'MailUser', 'AuthServer', 'AuthConfig', 'FederationTrust', 'FederatedOrganizationIdentifier', 'ExchangeCertificate', 'AvailabilityAddressSpace', 'SettingOverride', 'OrganizationConfig', 'ManagementRoleAssignment'];
    const all = [];
    for (const side of ['OnPremises', 'Cloud'] as const) {
      for (const noun of nouns) {
        const isOfPeople = noun === 'Recipient' || noun === 'MailUser';
        const objects = await breaker.sessions[side].invoke(`Get-${noun}`, isOfPeople ? { ResultSize: 'Unlimited' } : {}).catch(() => []);
        all.push(...objects.map((object) => [side, noun, Object.fromEntries(Object.entries(object).filter(([name]) => !(isOfPeople ? /^When/ : /^When|Guid|^Id$|ObjectVersion|DistinguishedName|CertificateStrings|TokenIssuer(?:Prev)?Certificate/i).test(name)))]));
      }
    }
    for (const Filter of ["appId eq '00000002-0000-0ff1-ce00-000000000000'", "startswith(displayName,'ExchangeServerApp-')"]) {
      for (const principal of await breaker.sessions.Tenant.invoke('Get-MgServicePrincipal', { Filter, Property: ['AppId', 'ServicePrincipalNames', 'KeyCredentials'] })) {
        const keys = (principal['KeyCredentials'] ?? []) as readonly Record<string, unknown>[];
        all.push([principal['AppId'], principal['ServicePrincipalNames'], keys.map(({ Key, StartDateTime, EndDateTime }) => [Key, StartDateTime, EndDateTime])]);
      }
    }
    all.push(...(await gateway.listFederatedApplications()));
    return all.map((each) => JSON.stringify(each)).toSorted().join('\n');
  }

  async function walk(fault: Fault): Promise<void> {
    if ('watched' in fault.symptom) return walkLatent(fault, fault.symptom.watched);
    const former = await configuration();
    const { environment } = await breaker.break(fault);
    try {
      const failed = await lookUp(fault.symptom);
      assert.ok(!failed.ok, 'the lookup still works');
      const published = fault.says === undefined ? (fault.id.split('-')[0] ?? '') : fault.says;
      if (published !== null) assert.ok(recognizeFailures(failed.text).some(({ failure }) => failure.id.toLowerCase() === published.toLowerCase()), failed.text);
      const { verdict, causes } = await diagnose(fault.symptom);
      const [first] = causes;
      assert.equal(first?.cause, fault.id, `${failed.text}\n${JSON.stringify(causes.map(({ cause, proof }) => [cause, proof]))}`);
      assert.deepEqual([...new Set(causes.slice(1).map(({ cause }) => cause))].filter((cause) => cause !== first.cause), alsoSo[fault.id] ?? [], 'something is named that is not wrong');
      assert.equal(verdict, 'proven');
      assert.ok(first.proof !== '');
      if (first.repair.length > 0) {
        await runInShell(first.repair);
        assert.equal((await lookUp(fault.symptom)).ok, true);
        await runInShell(first.undo);
      } else {
        assert.ok(first.knowledge.repair.length > 0, 'nothing tells how to repair it');
        await breaker.putRight(fault.id);
        assert.equal((await lookUp(fault.symptom)).ok, true);
      }
    } finally {
      await breaker.mend(fault.id);
    }
    // With its surroundings the person goes, too.
    if (environment === undefined) assert.equal((await lookUp(fault.symptom)).ok, true);
    assertSame(await configuration(), former);
  }

  return {
    breaker,
    conditions: fixture.lab.conditions,
    lookUp,
    diagnose,
    type,
    configuration,
    runInShell,
    walk,
    async close() {
      await breaker.close();
      await gatewayClient.close();
      await fixture.close();
    },
  };
}

/** Shows what differs alone: the whole is long. */
function assertSame(now: string, former: string): void {
  const [after, before] = [now.split('\n'), former.split('\n')];
  assert.deepEqual({ more: after.filter((line) => !before.includes(line)), less: before.filter((line) => !after.includes(line)) }, { more: [], less: [] });
}
