import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from './figures.ts';
import { createMeasurement, ourPlane, record } from './figures.ts';
import { sendRequests } from './load.ts';
import { startHybridgePlane, startRelayUnderTest } from './planes/hybridge.ts';
import type { Plane } from './planes/plane.ts';
import { cpuSeconds, stop } from './processes.ts';
import type { World } from './world.ts';

/** Cores that two relays, two agents, the origin and the load need so that none waits for another. */
const coresToScale = 8;

/**
 * Two relays with an agent each beside one of each, with as many connections in all. Where there are cores for them, twice the
 * processes should do 1.6 times as much; where there are not, a request should at least cost no more.
 */
export async function measureTwoByTwo(world: World, options: { rounds: number; seconds: number }): Promise<Measurement[]> {
  const { context, ca, certificate, processes } = world;
  const second = await startRelayUnderTest({ processes, directory: join(context.directory, 'relay-2'), ca, certificate });
  const planes = [world.planes[0] as Plane, await startHybridgePlane({ context, relay: second, ca, name: 'second' })] as const;
  const title = 'two relays with an agent each, 32 connections in all';
  const scales = availableParallelism() >= coresToScale;
  const rate = createMeasurement(title, 'requests/s', scales ? [{ peer: 'one of each', kind: 'at least', bound: 1.6 }] : []);
  const cpu = createMeasurement(`${title}: CPU of relays and agents`, 's/1,000 requests', scales ? [] : [{ peer: 'one of each', kind: 'at most', bound: 1.1 }]);
  const measure = async (name: string, used: readonly Plane[]): Promise<void> => {
    const pids = used.flatMap((plane) => [...plane.relay(), ...plane.agent()]);
    const before = cpuSeconds(pids);
    const figures = await Promise.all(used.map(async (plane) => sendRequests(plane, { connections: 32 / used.length, seconds: options.seconds })));
    const requests = figures.reduce((sum, one) => sum + one.requests, 0);
    record(rate, name, figures.reduce((sum, one) => sum + one.perSecond, 0));
    record(cpu, name, ((cpuSeconds(pids) - before) / requests) * 1000);
  };
  // The second pair has not served anything yet.
  for (let warm = 0; warm < 5; warm += 1) await sendRequests(planes[1], { connections: 16, seconds: options.seconds });
  for (let round = 0; round < options.rounds; round += 1) {
    await measure('one of each', [planes[0]]);
    await measure(ourPlane, planes);
  }
  await second.close();
  await stop(second.child);
  return [rate, cpu];
}
