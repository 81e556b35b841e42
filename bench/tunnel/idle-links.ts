import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement } from './figures.ts';
import { createMeasurement, ourPlane, record } from './figures.ts';
import type { RelayUnderTest } from './planes/hybridge.ts';
import { startRelayUnderTest } from './planes/hybridge.ts';
import { cpuSeconds, stop } from './processes.ts';
import type { IdleAgentsSettings } from './settings.ts';
import type { World } from './world.ts';

/**
 * What idle agents cost a relay of their own, one link each. Its memory is read after garbage collection, before and after the
 * agents connect: enrolling them has been done by then.
 */
export async function measureIdleLinks(world: World, count: number): Promise<Measurement[]> {
  const { processes, ca, certificate } = world;
  const directory = join(world.context.directory, 'idle');
  mkdirSync(directory);
  const relay = await startRelayUnderTest({ processes, directory: join(directory, 'relay'), ca, certificate, execArgv: ['--expose-gc'] });
  await relay.admin.createTenant({ name: 'idle', id: 'idle' });
  await relay.admin.createApplication('idle', { targets: [{ url: 'https://target.test' }] });
  const tokens: string[] = [];
  for (let index = 0; index < count; index += 1) tokens.push((await relay.admin.issueEnrolmentToken('idle')).token);
  const settings: IdleAgentsSettings = { directory, ca, relayUrl: relay.url, dialPort: relay.port, tokens };
  const agents = await processes.fork('idle-agents-process.ts', settings);
  await pause(1000);
  const before = await memoryOf(relay);
  agents.child.send('connect');
  await once(agents.child, 'message');
  await pause(3000);
  const after = await memoryOf(relay);
  const pids = [relay.child.pid ?? 0];
  const cpuBefore = cpuSeconds(pids);
  await pause(5000);
  const cpu = (cpuSeconds(pids) - cpuBefore) / 5;
  await stop(agents.child);
  await relay.close();
  await stop(relay.child);
  const memory = createMeasurement(`relay memory for each of ${count} idle agent links`, 'KB', [{ kind: 'at most', bound: 64 }]);
  record(memory, ourPlane, (after - before) / 1024 / count);
  const load = createMeasurement(`relay CPU with ${count} idle agent links`, '% of a core');
  record(load, ourPlane, cpu * 100);
  return [memory, load];
}

async function memoryOf(relay: RelayUnderTest): Promise<number> {
  relay.child.send('memory');
  const [answer] = (await once(relay.child, 'message')) as [{ rss: number }];
  return answer.rss;
}
