import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { readStatusFile } from '../../src/agent/index.ts';
import { startSetupFixture } from './setup-fixture.ts';
import type { SetupFixture } from './setup-fixture.ts';

let fixture: SetupFixture;
let untouched: string;

before(async () => {
  fixture = await startSetupFixture();
  untouched = await fixture.exported();
});
after(async () => {
  const left = running();
  if (left !== undefined) process.kill(left.processId, 'SIGTERM');
  await fixture.close();
});

const running = (): ReturnType<typeof readStatusFile> => readStatusFile(fixture.path('setup/agent/state'));
const activeAgents = async (): Promise<string[]> => (await fixture.relayAdmin.listAgents()).filter(({ status }) => status === 'active').map(({ id }) => id);
const lookedUp = ['IntraOrganizationConnector', 'IntraOrganizationConnector'];

test('a person sees the agents that are there and adds one; each phase is shown; free/busy crosses by it alone', async () => {
  const [first = ''] = await activeAgents();
  const { code, output } = await fixture.typed((question) => (/additional agent|Update both/.test(question) ? 'yes' : ''));
  assert.equal(code, 0, output);
  assert.match(output, /Hybrid Agent\nRegistered at the relay\.[^]*hybrid-agent-01\s+active[^]*Install an additional agent on this machine\? \(yes\/no\) \[no\] yes/);
  assert.match(output, /✓ install .*agent\.yaml is written[^]*✓ register +agent \S+ with https:[^]*✓ start +process \d+ runs[^]*✓ validate +https:\S+ answered 401 through\s+this agent in \d+ ms/);
  assert.deepEqual((/\nUpdating\n([^]*)\nLooking up/.exec(output)?.[1] ?? 'none'.repeat(50)).split('\n').filter((line) => line.length > 120), [], 'no line is wider than the terminal');
  const status = running();
  assert.ok(status?.ready === true);
  assert.deepEqual((await activeAgents()).toSorted(), [first, status.agentId].toSorted());
  // The one that the lab came with is gone: what comes now comes by the new one.
  await fixture.relayAdmin.revokeAgent(first);
  while ((await activeAgents()).length > 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await activeAgents(), [status.agentId]);
  assert.deepEqual(await fixture.lookBothWays(), lookedUp);
  // The agent writes what it did every few seconds.
  while ((running()?.counters.requests ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const folder = fixture.path('setup/Exchange Hybrid Configuration');
  const log = readdirSync(folder).filter((file) => file.endsWith('.log')).map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('');
  assert.match(log, /^\S+ \S+ {9}10349 \[Client=UX, .*Page=HybridConnectorInstall, Thread=1\] HybridConnector Phase=validate Result=done /m);
  const token = readFileSync(fixture.path('setup/agent/agent.yaml'), 'utf8');
  assert.doesNotMatch(token, /token|PRIVATE/);
});

test('an agent that has died is started again, not registered twice', async () => {
  const before = running();
  process.kill(before?.processId ?? 0, 'SIGKILL');
  while ((await activeAgents()).length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  const refused = await fixture.setup('--apply');
  assert.match(refused.output, /No Hybrid Agent is connected\.[^]*--agent/);
  const { code, output } = await fixture.setup('--apply', '--agent');
  assert.equal(code, 0, output);
  assert.match(output, new RegExp(`✓ register +agent ${before?.agentId ?? ''} is registered already[^]*✓ validate`));
  assert.deepEqual(await activeAgents(), [before?.agentId]);
  assert.deepEqual(await fixture.lookBothWays(), lookedUp);
});

test('Classic ends, unregisters and removes the agent of this machine; undo brings one back', async () => {
  const shown = await fixture.setup('--topology', 'Classic');
  assert.match(shown.output, /On this machine: the Hybrid Agent \S+ is stopped, unregistered and removed/);
  const classic = await fixture.setup('--apply', '--topology', 'Classic');
  assert.equal(classic.code, 0, classic.output);
  assert.match(classic.output, /✓ stop [^]*✓ unregister/);
  assert.deepEqual(await activeAgents(), []);
  assert.equal(running(), undefined);
  assert.ok(!existsSync(fixture.path('setup/agent/state')) && !existsSync(fixture.path('setup/agent/agent.yaml')));
  assert.deepEqual(await fixture.lookBothWays(), lookedUp);
  const undone = await fixture.setup('--undo');
  assert.equal(undone.code, 0, undone.output);
  assert.match(undone.output, /✓ validate/);
  assert.deepEqual(await activeAgents(), [running()?.agentId]);
  assert.deepEqual(await fixture.lookBothWays(), lookedUp);
});

test('undo of the run that installed the agent takes it away, with the configuration to the byte', async () => {
  let undone = await fixture.setup('--undo');
  // The run that only started it again is one, too.
  while (!/NOTHING_TO_UNDO/.test(undone.output)) {
    assert.equal(undone.code, 0, undone.output);
    undone = await fixture.setup('--undo');
  }
  assert.equal(running(), undefined);
  assert.deepEqual(await activeAgents(), []);
  assert.equal(await fixture.exported(), untouched);
});

test('a relay that does not answer where it is said to be: the phase is named, nothing is left registered, and the next run goes on', async () => {
  const file = fixture.writeYaml('agent.yaml.json', (yaml) => (yaml['agent'] = { relay: 'https://127.0.0.1:9', configuration: agentConfiguration() }));
  const refused = await fixture.run('--config', file, '--topology', 'Modern', '--agent', '--apply', '--report', fixture.path('failed.html'));
  assert.equal(refused.code, 70, refused.output);
  assert.match(refused.output, /✗ register +AGENT_RELAY_UNREACHABLE: [^]*WIZARD_AGENT: The Hybrid Agent of this machine failed at "register"/);
  assert.match(fixture.read('failed.html'), /status wrong">Not finished[^]*hybridge setup --resume/);
  assert.deepEqual(await activeAgents(), []);
  fixture.writeYaml('agent.yaml.json', (yaml) => (yaml['agent'] = { relay: fixture.info.parties.relay.urls['enrolment'], configuration: agentConfiguration() }));
  const resumed = await fixture.run('--config', file, '--resume');
  assert.equal(resumed.code, 0, resumed.output);
  assert.equal((await activeAgents()).length, 1);
  // Uninstalling takes this machine's agent, service and key, too.
  const removed = await fixture.run('--config', file, '--uninstall', '--apply');
  assert.equal(removed.code, 0, removed.output);
  assert.match(removed.output, /✓ stop [^]*✓ unregister[^]*Hybrid is taken away/);
  assert.deepEqual(await activeAgents(), []);
  assert.ok(!existsSync(`${file}.records/agent/state`));
});

test('Minimal, Modern: the topology is asked for; endpoint, agent and migration endpoint are made, and no connector; undo takes them back', async () => {
  const file = fixture.writeYaml('minimal.yaml.json', (yaml) => (yaml['agent'] = { relay: fixture.info.parties.relay.urls['enrolment'], configuration: agentConfiguration() }));
  assert.match((await fixture.run('--config', file, '--configuration', 'Minimal', '--topology', 'Modern', '--agent')).output, /New-HybridApplication[^]*New-MigrationEndpoint[^]*RemoteServer = \(\[Uri\]\$hybridApplication\.externalUrl\)\.Host/);
  // The certificate of the lab's relay covers one endpoint alone.
  const { hostname } = new URL(fixture.info.parties.relay.namedUrls['endpoint'] ?? '');
  await fixture.relayAdmin.createApplication(fixture.info.tenant.id, { id: hostname.split('.')[0] ?? '', name: 'Exchange', targets: [{ url: 'https://mail.contoso.test' }] });
  const before = await fixture.exported();
  const { code, output } = await fixture.typed((question) => (/Update both/.test(question) ? 'yes' : ''), '--config', file, '--configuration', 'Minimal');
  assert.equal(code, 0, output);
  assert.match(output, /\nHybrid topology\n[^]*Install the Hybrid Agent on this machine\? \(yes\/no\) \[yes\][^]*New-MigrationEndpoint[^]*✓ validate /);
  assert.doesNotMatch(output, /How free\/busy is trusted/);
  assert.deepEqual((await fixture.cloud.invoke('Get-MigrationEndpoint')).map(({ RemoteServer }) => RemoteServer), [hostname]);
  assert.deepEqual(await fixture.cloud.invoke('Get-IntraOrganizationConnector'), []);
  assert.equal((await activeAgents()).length, 1);
  const undone = await fixture.run('--config', file, '--undo');
  assert.equal(undone.code, 0, undone.output);
  assert.deepEqual([await activeAgents(), await fixture.exported()], [[], before]);
});

function agentConfiguration(): Record<string, unknown> {
  return { targetCa: fixture.info.caFile, connectTo: Object.fromEntries(fixture.info.network.filter(({ name }) => !name.startsWith('*')).map(({ name, host, port }) => [name, `${host}:${port}`])) };
}
