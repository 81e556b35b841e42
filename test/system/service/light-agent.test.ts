import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import { createRelayAdminClient, startRelay } from '../../../src/relay/index.ts';
import type { RunningRelay } from '../../../src/relay/index.ts';
import { readFileSync } from 'node:fs';
import { startServiceWorld } from './service-world.ts';
import type { ServiceWorld } from './service-world.ts';

let world: ServiceWorld;
let relay: RunningRelay;

before(async () => {
  world = await startServiceWorld();
  relay = await startRelay({
    stateDirectory: join(world.folder, 'relay'),
    domains: ['localhost'],
    certificates: [{ certificate: readFileSync(world.certificateFile, 'utf8'), privateKey: readFileSync(world.keyFile, 'utf8') }],
    admin: { key: 'an-admin-key-of-the-test' },
  });
});
after(async () => {
  await relay.close();
  await world.close();
});

test('the agent of one file, alone in its folder, enrols and serves', async () => {
  const folder = join(world.folder, 'alone');
  mkdirSync(folder);
  const script = join(folder, 'hybridge-agent.mjs');
  const build = spawn(process.execPath, [fileURLToPath(new URL('../../../tools/build-agent.ts', import.meta.url)), script], { stdio: 'ignore' });
  assert.deepEqual(await once(build, 'exit'), [0, null]);
  assert.deepEqual(readdirSync(folder), ['hybridge-agent.mjs']);

  const httpClient = createHttpClient({ dial: systemDial, ca: readFileSync(world.caFile, 'utf8') });
  const admin = createRelayAdminClient({ url: relay.urls.admin, httpClient, key: 'an-admin-key-of-the-test' });
  const tenant = await admin.createTenant({ name: 'Contoso' });
  await admin.createApplication(tenant.id, { id: world.applicationId, targets: [{ url: world.target.url }] });
  const { token } = await admin.issueEnrolmentToken(tenant.id);

  const own = { script, folder };
  const place = ['--state', 'state', '--ca', world.caFile, '--target-ca', world.caFile];
  const enrolled = await world.run(['enroll', '--relay', `https://localhost:${relay.port}`, ...place, '--name', 'spare', '--json'], { ...own, environment: { HYBRIDGE_AGENT_TOKEN: token } });
  assert.equal(enrolled.code, 0, enrolled.stderr + enrolled.stdout);
  assert.match(enrolled.stdout, /answered 200 through this agent/);

  const agent = world.start(['run', ...place], own);
  await agent.logged('agent started');
  let status = await world.run(['status', '--state', 'state'], own);
  while (status.code !== 0) status = await world.run(['status', '--state', 'state'], own);
  assert.match(status.stdout, /2 of 2 links up/);
  assert.equal((await world.get(relay.port, '/EWS/Exchange.asmx')).body, 'the target');
  assert.deepEqual((await admin.listAgents()).map(({ machineName, links }) => [machineName, links]), [['spare', 2]], 'the name it was enrolled with stays');
  await httpClient.close();
  agent.child.kill('SIGTERM');
  assert.equal((await agent.finished).code, 0);
});

test('an older Node says which one is needed, not pages of the program', { skip: systemNode() >= 24 ? 'no older Node is installed' : false }, async () => {
  const script = join(world.folder, 'old-node.mjs');
  const build = spawn(process.execPath, [fileURLToPath(new URL('../../../tools/build-agent.ts', import.meta.url)), script], { stdio: 'ignore' });
  assert.deepEqual(await once(build, 'exit'), [0, null]);
  const older = spawn('/usr/bin/node', [script, 'status'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  older.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  assert.deepEqual(await once(older, 'close'), [78, null]);
  assert.match(told, /^hybridge-agent: Node 24 or later is needed; this is v\d+\.\d+\.\d+\.\nInstall Node 24/);
});

/** The major version of the system's own Node; 24 where there is none. */
function systemNode(): number {
  try {
    return Number(execFileSync('/usr/bin/node', ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }));
  } catch {
    return 24;
  }
}
