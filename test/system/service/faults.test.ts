import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { enrollAgent } from '../../../src/agent/index.ts';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import { createRelayAdminClient } from '../../../src/relay/index.ts';
import type { RelayAdminClient } from '../../../src/relay/index.ts';
import { startServiceWorld } from './service-world.ts';
import type { Finished, ServiceWorld, StartedProcess } from './service-world.ts';

/** Everything is a process of its own, and is killed, filled up or cut off for real. */
let world: ServiceWorld;
let relay: StartedProcess;
let relayPort = 0;
let httpClient: Dispatcher;
let admin: RelayAdminClient;
const noticedWithinMs = 5000;

before(async () => {
  world = await startServiceWorld();
  const [port, adminPort] = [await freePort(), await freePort()];
  relayPort = port;
  world.file('admin.key', 'an-admin-key-of-the-test\n');
  world.file('relay.yaml', `stateDirectory: relay-state\ndomains: [localhost]\ncertificates:\n  - { certificate: relay.pem, privateKey: relay.key }\npublic: { port: ${port} }\nadmin: { port: ${adminPort}, key: { file: admin.key } }\nconnectionLimits: { perSecond: 10000, burst: 10000 }\n`);
  relay = await startRelay();
  httpClient = createHttpClient({ dial: systemDial, ca: readFileSync(world.caFile, 'utf8') });
  admin = createRelayAdminClient({ url: `https://localhost:${adminPort}`, httpClient, key: 'an-admin-key-of-the-test' });
  await admin.createTenant({ name: 'Contoso', id: 'contoso' });
  await admin.createApplication('contoso', { id: world.applicationId, targets: [{ url: world.target.url }] });
});
after(async () => {
  await httpClient.close();
  await world.close();
});

async function startRelay(): Promise<StartedProcess> {
  const started = world.start(['relay', '--config', 'relay.yaml']);
  await started.logged('relay started');
  return started;
}

/** Where something is started again, it must be found again at the same port. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface AgentProcess extends StartedProcess {
  status(): Promise<Finished>;
}

async function startAgent(state: string, more: readonly string[] = []): Promise<AgentProcess> {
  const { token } = await admin.issueEnrolmentToken('contoso');
  await enrollAgent({ relayUrl: `https://localhost:${relayPort}`, token, stateDirectory: join(world.folder, state), ca: readFileSync(world.caFile, 'utf8') });
  return runAgent(state, more);
}

async function runAgent(state: string, more: readonly string[] = []): Promise<AgentProcess> {
  const agent = Object.assign(world.start(['agent', 'run', '--state', state, '--ca', 'ca.pem', '--target-ca', 'ca.pem', ...more]), { status: () => world.run(['agent', 'status', '--state', state]) });
  await until(async () => (await agent.status()).code === 0, 20_000);
  return agent;
}

async function until(condition: () => boolean | Promise<boolean>, limitMs = noticedWithinMs): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, 'waited too long');
    await setTimeout(20);
  }
}

async function stop(...agents: AgentProcess[]): Promise<void> {
  for (const agent of agents) {
    agent.child.kill('SIGTERM');
    assert.equal((await agent.finished).code, 0);
  }
}

const answers = async (): Promise<boolean> => (await world.get(relayPort, '/EWS/Exchange.asmx').catch(() => ({ status: 0 }))).status === 200;

test('a relay that is killed is missed at once, and found again when it is back', async () => {
  const agent = await startAgent('lonely');
  assert.equal(await answers(), true);
  relay.child.kill('SIGKILL');
  await relay.finished;
  const killedAt = performance.now();
  await agent.line((line) => line.includes('AGENT_RELAY_'));
  assert.ok(performance.now() - killedAt < noticedWithinMs);
  await until(async () => (await agent.status()).stdout.includes('AGENT_RELAY_UNREACHABLE'));
  assert.equal((await agent.status()).code, 1, 'not ready without a link');
  relay = await startRelay();
  await until(answers, 15_000);
  await stop(agent);
});

/** Keeps asking; each outcome that was not the target's own answer. */
function ask(width: number): { asked: () => number; stop: () => Promise<string[]> } {
  const failures: string[] = [];
  const state = { running: true, asked: 0 };
  const loops = Array.from({ length: width }, async () => {
    while (state.running) {
      try {
        const { status, body } = await world.get(relayPort, '/EWS/Exchange.asmx');
        if (status !== 200) failures.push(`${status} ${body}`);
      } catch (error) {
        failures.push(String(error));
      }
      state.asked += 1;
    }
  });
  return {
    asked: () => state.asked,
    async stop() {
      state.running = false;
      await Promise.all(loops);
      return failures;
    },
  };
}

test('one of two agents is killed under load: nothing fails but what may have reached the target', async () => {
  const [first, second] = [await startAgent('first'), await startAgent('second')];
  const load = ask(4);
  await until(() => load.asked() > 20, 20_000);
  first.child.kill('SIGKILL');
  const atDeath = load.asked();
  await until(() => load.asked() > atDeath + 40, 20_000);
  const failures = await load.stop();
  assert.ok(failures.length <= 4, failures.join('\n'));
  for (const failure of failures) assert.match(failure, /^502 .*"code":"RELAY_LINK_LOST"/);
  await first.finished;
  await stop(second);
});

test('agents are restarted one after the other under load: no request fails', async () => {
  let agents = [await runAgent('first'), await runAgent('second')] as const;
  const load = ask(4);
  for (const index of [0, 1] as const) {
    await stop(agents[index]);
    const again = await runAgent(index === 0 ? 'first' : 'second');
    agents = index === 0 ? [again, agents[1]] : [agents[0], again];
    const before = load.asked();
    await until(() => load.asked() > before + 20, 20_000);
  }
  assert.deepEqual(await load.stop(), []);
  await stop(...agents);
});

test('an agent whose relay has a name that nobody knows says so', async () => {
  await stop(await startAgent('nameless'));
  const identity = join(world.folder, 'nameless', 'identity.json');
  writeFileSync(identity, readFileSync(identity, 'utf8').replace('https://localhost:', 'https://relay.invalid:'));
  const agent = world.start(['agent', 'run', '--state', 'nameless', '--ca', 'ca.pem']);
  await agent.line((line) => line.includes('The name of the relay cannot be resolved'));
  let shown = '';
  await until(async () => (shown = (await world.run(['agent', 'status', '--state', 'nameless'])).stdout).includes('waiting'));
  assert.match(shown, /link 1 +waiting: AGENT_RELAY_UNREACHABLE: The name of the relay cannot be resolved \((ENOTFOUND|EAI_\w+)\)\.\n +Check the name/);
  agent.child.kill('SIGTERM');
  assert.equal((await agent.finished).code, 0);
});

test('a full disk: the agent keeps serving, says so, and saves what it could not when there is room again', async (t) => {
  const folder = join(world.folder, 'small');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    t.skip('no small file system can be mounted here');
    return;
  }
  try {
    const agent = await startAgent('small/state');
    await stop(agent);
    world.file('small.yaml', 'stateDirectory: small/state\nca: ca.pem\ntargetCa: ca.pem\naccessLogDirectory: small/logs\n');
    const running = world.start(['agent', 'run', '--config', 'small.yaml']);
    const status = (): Promise<Finished> => world.run(['agent', 'status', '--config', 'small.yaml']);
    await until(async () => (await status()).code === 0, 20_000);
    assert.equal(await answers(), true);
    const ballast = join(folder, 'ballast');
    assert.throws(() => writeFileSync(ballast, Buffer.alloc(512 * 1024)), { code: 'ENOSPC' });
    assert.equal(statfsSync(folder).bfree, 0);

    const allowedPaths = ['/EWS/*', ...Array.from({ length: 90 }, (_, index) => `/folder-${index}/${'x'.repeat(80)}/*`)];
    await admin.updateApplication(world.applicationId, { allowedPaths });
    await running.line((line) => line.includes('AGENT_STATE_UNWRITABLE'));
    for (let count = 0; count < 5; count += 1) assert.equal(await answers(), true);
    let shown = await status();
    await until(async () => (shown = await status()).stdout.includes('AGENT_LOG_UNWRITABLE'), 10_000);
    assert.equal(shown.code, 0, 'it serves');
    assert.match(shown.stdout, /^WARNING: AGENT_\w+_UNWRITABLE: [\s\S]*WARNING: AGENT_\w+_UNWRITABLE: [\s\S]*Make room on the disk/);
    assert.equal(JSON.stringify(JSON.parse(readFileSync(join(folder, 'state', 'configuration.json'), 'utf8'))).includes('folder-89'), false);

    rmSync(ballast);
    await until(async () => (await answers()) && !(await status()).stdout.includes('WARNING'), 30_000);
    assert.match(readFileSync(join(folder, 'state', 'configuration.json'), 'utf8'), /folder-89/);
    running.child.kill('SIGTERM');
    assert.equal((await running.finished).code, 0);
  } finally {
    execFileSync('umount', ['-l', folder]);
  }
});
