import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { faults, openLabBreaker } from '../../../src/lab/index.ts';
import type { LabBreaker } from '../../../src/lab/index.ts';
import { startLabFixture } from '../lab-fixture.ts';
import type { LabFixture } from '../lab-fixture.ts';

// The doctor's live topics as an administrator types them, against a lab.

let fixture: LabFixture;
let breaker: LabBreaker;
before(async () => {
  fixture = await startLabFixture({ freeBusy: 'both' });
  breaker = openLabBreaker(fixture.info);
});
after(async () => {
  await breaker.close();
  await fixture.close();
});

interface Report {
  status: string;
  findings: { cause: string; proof: string[] }[];
  probes: { id: string; status: string; detail: string }[];
}

const bin = join(import.meta.dirname, '../../../bin/hybridge.js');

function run(given: readonly string[], command = 'doctor'): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, command, ...given], { env: { ...process.env, NO_COLOR: '1', COLUMNS: '110' } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}

async function look(...given: string[]): Promise<Report & { exit: number | null }> {
  const { status, stdout, stderr } = await run([...given, '--state', fixture.directory, '--json']);
  assert.ok(stdout.startsWith('{'), stderr);
  return { ...(JSON.parse(stdout) as Report), exit: status };
}

test('all of a healthy lab: no alarm, and modern authentication that nobody switched on is skipped', async () => {
  const report = await look('all');
  assert.deepEqual(report.probes.filter(({ status }) => status === 'fail'), []);
  assert.deepEqual([report.status, report.exit, report.findings], ['well', 0, []]);
  assert.ok(report.probes.some(({ id, status, detail }) => id === 'hma-client-profile' && status === 'skipped' && /never switched on/.test(detail)));
  for (const id of ['agent-agents', 'agent-name', 'agent-connection', 'agent-tls-versions', 'agent-tls-chain', 'agent-first-answer', 'agent-autodiscover', 'hma-service-principal-names']) assert.equal(report.probes.find((probe) => probe.id === id)?.status, 'pass', id);
  assert.ok(report.probes.filter(({ id }) => id.startsWith('certificate-')).length > 5);
});

test('modern authentication: what is off is named, its repair makes it well, and a password is tried', async () => {
  const broken = await look('hma');
  assert.deepEqual(broken.findings.map(({ cause }) => cause), ['h3-profile-off', 'h2-no-default']);
  assert.equal(broken.exit, 1);
  const session = breaker.sessions.OnPremises;
  assert.ok(session !== undefined);
  const server = (await session.invoke('Get-AuthServer')).find((each) => each['Type'] === 'AzureAD');
  await session.invoke('Set-AuthServer', { Identity: server?.['Name'], IsDefaultAuthorizationEndpoint: true });
  await session.invoke('Set-OrganizationConfig', { OAuth2ClientProfileEnabled: true });
  const person = fixture.account('bert@contoso.test');
  const passwordFile = join(fixture.directory, 'password');
  writeFileSync(passwordFile, `${person.password ?? ''}\n`);
  const well = await look('hma', '--user', person.userName ?? '', '--password-file', passwordFile);
  assert.deepEqual(well.probes.filter(({ status }) => status !== 'pass').map(({ id }) => id), ['hma-attempt']);
  assert.equal(well.exit, 0);
  writeFileSync(passwordFile, 'not it');
  const refused = await look('hma', '--user', person.userName ?? '', '--password-file', passwordFile);
  assert.match(refused.probes.find(({ id }) => id === 'hma-ews')?.detail ?? '', /answers 401/);
  await session.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', OAuthAuthentication: false });
  const off = await look('hma');
  assert.deepEqual(off.findings.map(({ cause }) => cause), ['h2-oauth-off']);
  assert.equal(off.findings[0]?.proof.length, 2);
  await session.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', OAuthAuthentication: true });
});

test('as a stranger: only an address, and every probe that needs more is skipped with its reason', async () => {
  const { stdout } = await run(['hma', '--url', fixture.info.parties.onPremises.urls['ews'] ?? '', '--ca', fixture.info.caFile, '--json']);
  const { probes } = JSON.parse(stdout) as Report;
  assert.equal((await run(['agent', '--url', fixture.info.parties.onPremises.urls['ews'] ?? '', '--ca', fixture.info.caFile])).status, 0);
  assert.match(probes.find(({ id }) => id === 'hma-client-profile')?.detail ?? '', /no session with the on-premises organisation/);
  for (const id of ['hma-name', 'hma-connection', 'hma-tls-versions', 'hma-tls-chain', 'hma-first-answer']) assert.equal(probes.find((probe) => probe.id === id)?.status, 'pass', id);
  const untrusted = await run(['hma', '--url', fixture.info.parties.onPremises.urls['ews'] ?? '', '--json']);
  assert.deepEqual([untrusted.status, (JSON.parse(untrusted.stdout) as Report).findings[0]?.cause], [1, 'fb32-untrusted-root']);
  const closed = await run(['agent', '--url', 'https://127.0.0.1:1/', '--json']);
  const report = JSON.parse(closed.stdout) as Report;
  assert.deepEqual([closed.status, report.findings[0]?.cause], [1, 'fb4-nothing-listens']);
  assert.match(report.probes.find(({ id }) => id === 'agent-tls-chain')?.detail ?? '', /there is no connection/);
  assert.match((await run(['hma', '--url', 'https://a:b@x/'])).stderr, /CLI_DOCTOR_URL/);
  assert.match((await run(['hma', '--password-file', 'x'])).stderr, /CLI_DOCTOR_CREDENTIALS/);
});

test('one lookup with nothing but an address and credentials: repeated there, and its text is told', async () => {
  const person = fixture.account('anna@contoso.test');
  const passwordFile = join(fixture.directory, 'password-of-anna');
  const ask = async (whom: string, password = person.password ?? '', ...more: string[]): ReturnType<typeof run> => {
    writeFileSync(passwordFile, password);
    return run(['freebusy', '--from', person.address, '--to', whom, '--url', fixture.info.parties.cloud.urls['ews'] ?? '', '--user', person.userName ?? '', '--password-file', passwordFile, '--ca', fixture.info.caFile, ...more]);
  };
  const well = await ask('bert@contoso.test');
  assert.deepEqual([well.status, well.stderr], [0, '']);
  assert.match(well.stdout, /The lookup works/);
  const failed = await ask('nobody@contoso.test', undefined, '--json');
  const { verdict, recognized } = JSON.parse(failed.stdout) as { verdict: string; recognized: string[] };
  assert.deepEqual([failed.status, verdict, recognized], [1, 'unproven', ['FB14']]);
  const refused = await ask('bert@contoso.test', 'not it');
  assert.match(refused.stderr, /CLI_DOCTOR_CREDENTIALS: localhost:\d+ does not take these credentials: 401/);
  assert.equal(refused.stdout, '');
  assert.match((await run(['freebusy', '--from', 'a@x', '--to', 'b@x', '--url', 'mail.x'])).stderr, /CLI_DOCTOR_CREDENTIALS/);
});

test('one fault is one cause, whichever way it is looked at', async () => {
  for (const id of ['fb28-outbound-blocked', 'fb33-names-differ', 'a1-request-filtering', 'fb15-certificate-expired', 'fb28-gateway-down'] as const) {
    const fault = faults.find((each) => each.id === id);
    assert.ok(fault !== undefined);
    await breaker.break(fault);
    try {
      const { findings } = await look('all');
      // Who is off is named as such as well.
      assert.deepEqual(findings.map(({ cause }) => cause).filter((cause) => cause !== 'p1-token-service'), [id], JSON.stringify(findings.map(({ cause, proof }) => [cause, proof])));
      if (id === 'a1-request-filtering') assert.deepEqual((await look('agent')).findings.map(({ cause }) => cause), [id]);
    } finally {
      await breaker.mend(id);
    }
  }
});

test('the undo goes to the organisation that was changed, whichever one the shell has open', async () => {
  for (const id of ['fb10-oauth-off', 'fb33-names-differ', 'fb6-duplicate-upn']) {
    const fault = faults.find((each) => each.id === id);
    assert.ok(fault !== undefined && 'asker' in fault.symptom);
    await breaker.break(fault);
    try {
      const ask = ['freebusy', '--from', fault.symptom.asker, '--to', fault.symptom.whom, '--state', fixture.directory];
      const undo = join(fixture.directory, `undo-${id}.ps1`);
      assert.equal((await run([...ask, '--fix', '--yes', '--undo', undo])).status, 0);
      assert.equal((await run(ask)).status, 0);
      // The cloud is in front: its cmdlets have the same names.
      const undone = await run(['-f', undo, '--cloud', '--state', fixture.directory], 'shell');
      assert.deepEqual([undone.status, undone.stdout.includes('CategoryInfo')], [0, false], undone.stdout + readFileSync(undo, 'utf8'));
      assert.equal((await run(ask)).status, 1, readFileSync(undo, 'utf8'));
    } finally {
      await breaker.mend(id);
    }
  }
});

test('one lookup: its report as a page, where it works and where it does not', async () => {
  const file = join(fixture.directory, 'lookup.html');
  const ask = async (): Promise<string> => {
    await run(['freebusy', '--from', 'anna@contoso.test', '--to', 'bert@contoso.test', '--state', fixture.directory, '--html', file]);
    return readFileSync(file, 'utf8');
  };
  const well = await ask();
  assert.match(well, /Nothing wrong[\s\S]*The lookup works: there is nothing to repair\.[\s\S]*the lookup itself/);
  assert.ok(!well.includes('class="finding"'));
  const session = breaker.sessions.OnPremises;
  await session?.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', OAuthAuthentication: false });
  const bad = await ask();
  await session?.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', OAuthAuthentication: true });
  assert.match(bad, /proved · <code>fb10-oauth-off<\/code>[\s\S]*OAuthAuthentication is False[\s\S]*-OAuthAuthentication<\/span> \$true[\s\S]*HTTP status 401/);
});

test('watch: metrics in Prometheus’s text, and it ends when it is told to', async () => {
  const child = spawn(process.execPath, [bin, 'doctor', 'watch', 'agent', '--state', fixture.directory, '--every', '5s', '--listen', '127.0.0.1:0'], { env: { ...process.env, NO_COLOR: '1' } });
  try {
    let stdout = '';
    const looked = new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (/well: \d+ passed, 0 failed/.test(stdout)) resolve();
      });
      child.once('close', () => reject(new Error(stdout)));
    });
    await looked;
    const url = /http:\/\/[\d.:]+\/metrics/.exec(stdout)?.[0] ?? '';
    const text = await (await fetch(url)).text();
    assert.match(text, /^hybridge_doctor_probe_success\{probe="agent-agents"\} 1$/m);
    assert.match(text, /^hybridge_doctor_probe_duration_seconds\{probe="agent-first-answer"\} [\d.e-]+$/m);
    assert.match(text, /^hybridge_doctor_probe_skipped\{probe="agent-ews"\} 1$/m);
    assert.ok(!/probe_success\{probe="agent-ews"\}/.test(text));
    assert.match(text, /^hybridge_doctor_up 1$/m);
    child.removeAllListeners('close');
    const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
  } finally {
    child.kill('SIGKILL');
  }
  assert.match((await run(['watch', '--every', '1s', '--state', fixture.directory])).stderr, /CLI_DOCTOR_WATCH/);
});
