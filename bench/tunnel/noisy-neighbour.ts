import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement } from './figures.ts';
import { createMeasurement, ourPlane, record } from './figures.ts';
import { sendRequests } from './load.ts';
import { startHybridgePlane } from './planes/hybridge.ts';
import type { Plane } from './planes/plane.ts';
import type { World } from './world.ts';

export interface NeighbourOptions {
  rounds: number;
  seconds: number;
  /** Connections of the tenant that overloads the relay. */
  connections: number;
}

/** Milliseconds in which a load's connections come up, or are gone. */
const settleMs = 2000;
/** What an operator would allow a tenant that is known to be noisy (`hybridge relay tenant update`). */
const limits = { requestsPerSecond: 200, connections: 128 };
const unlimited = { requestsPerSecond: null, connections: null };

/**
 * What one tenant's overload does to another's requests on the same relay, without limits of its own and with some. The
 * quiet tenant sends over four connections, alone and then beside its neighbour, in turns. Each has an agent process of
 * its own; the cores are everybody's.
 */
export async function measureNeighbour(world: World, options: NeighbourOptions): Promise<Measurement[]> {
  const { context, relay, ca } = world;
  const planes = { quiet: await startHybridgePlane({ context, relay, ca, name: 'quiet' }), noisy: await startHybridgePlane({ context, relay, ca, name: 'noisy' }) };
  const seconds = Math.max(3, options.seconds);
  for (const plane of [planes.quiet, planes.noisy]) await sendRequests(plane, { connections: 16, seconds });
  const title = `4 connections beside another tenant's ${options.connections}`;
  const found = [await measureBeside(planes, title, { ...options, seconds })];
  await relay.admin.updateTenant('noisy', { limits });
  found.push(await measureBeside(planes, `${title}, which may send ${limits.requestsPerSecond} requests/s over ${limits.connections}`, { ...options, seconds }));
  await relay.admin.updateTenant('noisy', { limits: unlimited });
  return found.flat();
}

async function measureBeside({ quiet, noisy }: { quiet: Plane; noisy: Plane }, title: string, { rounds, seconds, connections }: NeighbourOptions): Promise<Measurement[]> {
  const p99 = createMeasurement(`${title}: p99`, 'ms', [{ peer: 'alone', kind: 'at most', bound: 2 }]);
  const rate = createMeasurement(title, 'requests/s');
  for (let round = 0; round < rounds; round += 1) {
    await pause(settleMs);
    const alone = await sendRequests(quiet, { connections: 4, seconds });
    const [, beside] = await Promise.all([sendRequests(noisy, { connections, seconds: seconds + settleMs / 1000 + 1 }), pause(settleMs).then(async () => sendRequests(quiet, { connections: 4, seconds }))]);
    record(p99, 'alone', alone.p99);
    record(p99, ourPlane, beside.p99);
    record(rate, 'alone', alone.perSecond);
    record(rate, ourPlane, beside.perSecond);
  }
  return [rate, p99];
}
