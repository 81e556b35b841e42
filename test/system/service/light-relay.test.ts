import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServiceWorld } from './service-world.ts';
import type { Finished, ServiceWorld } from './service-world.ts';

let world: ServiceWorld;

before(async () => {
  world = await startServiceWorld();
});
after(() => world.close());

test('the relay of one file, alone in its folder, is checked, runs, is administered, and serves through an agent', async () => {
  const folder = join(world.folder, 'alone');
  mkdirSync(folder);
  const script = join(folder, 'hybridge-relay.mjs');
  const build = spawn(process.execPath, [fileURLToPath(new URL('../../../tools/build-relay.ts', import.meta.url)), script], { stdio: 'ignore' });
  assert.deepEqual(await once(build, 'exit'), [0, null]);
  assert.deepEqual(readdirSync(folder), ['hybridge-relay.mjs']);
  const own = { script, folder };

  world.file('admin.key', 'an-admin-key-of-the-test');
  const settings = 'domains: [localhost]\nstateDirectory: state\ncertificates: [{ certificate: relay.pem, privateKey: relay.key }]\npublic: { port: 0 }\n';
  const wrong = world.file('wrong.yaml', `${settings}admin: { port: 0, key: { file: admin.key } }\nlogLevel: loud\n`);
  const right = world.file('relay.yaml', `${settings}admin: { port: 0, key: { file: admin.key } }\n`);
  const refused = await world.run(['check', '--config', wrong], own);
  assert.deepEqual([refused.code, refused.stderr.includes(`${wrong}:6`), refused.stderr.includes('logLevel')], [78, true, true], refused.stderr);
  const checked = await world.run(['check', '--config', right, '--json'], own);
  assert.deepEqual([checked.code, (JSON.parse(checked.stdout) as { ok: boolean }).ok], [0, true], checked.stderr);

  const relay = world.start(['--config', right], own);
  const { port, adminPort } = (await relay.logged('relay started')) as unknown as { port: number; adminPort: number };
  const operate = (...given: string[]): Promise<Finished> => world.run([...given, '--url', `https://localhost:${adminPort}`, '--key-file', join(world.folder, 'admin.key'), '--ca', world.caFile, '--json'], own);
  const tenant = JSON.parse((await operate('tenant', 'create', 'Contoso')).stdout) as { id: string };
  await operate('application', 'create', '--tenant', tenant.id, '--id', world.applicationId, '--target', world.target.url);
  const { token } = JSON.parse((await operate('token', 'issue', '--tenant', tenant.id)).stdout) as { token: string };
  const place = ['--state', 'agent-state', '--ca', world.caFile, '--target-ca', world.caFile];
  const enrolled = await world.run(['agent', 'enroll', '--relay', `https://localhost:${port}`, ...place, '--no-validate'], { environment: { HYBRIDGE_AGENT_TOKEN: token } });
  assert.equal(enrolled.code, 0, enrolled.stderr);
  const agent = world.start(['agent', 'run', ...place]);
  await agent.logged('configuration received');
  assert.equal((await world.get(port, '/EWS/Exchange.asmx')).body, 'the target');

  const wholly = await world.run(['nonsense'], own);
  assert.deepEqual([wholly.code, wholly.stderr.includes('unknown command')], [64, true], wholly.stderr);
  agent.child.kill('SIGTERM');
  relay.child.kill('SIGTERM');
  assert.deepEqual([(await agent.finished).code, (await relay.finished).code], [0, 0]);
});
