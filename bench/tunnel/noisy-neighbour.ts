import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement } from './figures.ts';
import { createMeasurement, ourPlane, record } from './figures.ts';
import { sendRequests } from './load.ts';
import { startHybridgePlane } from './planes/hybridge.ts';
import type { World } from './world.ts';

export interface NeighbourOptions {
  rounds: number;
  seconds: number;
  /** Connections of the tenant that overloads the relay. */
  connections: number;
}

/** Milliseconds in which a load's connections come up, or are gone. */
const settleMs = 2000;

/**
 * What one tenant's overload does to another's requests on the same relay. The quiet tenant sends over four connections,
 * alone and then beside its neighbour, in turns. Each has an agent process of its own; the cores are everybody's.
 */
export async function measureNeighbour(world: World, options: NeighbourOptions): Promise<Measurement[]> {
  const { context, relay, ca } = world;
  const [quiet, noisy] = [await startHybridgePlane({ context, relay, ca, name: 'quiet' }), await startHybridgePlane({ context, relay, ca, name: 'noisy' })];
  const title = `4 connections beside another tenant's ${options.connections}`;
  const p99 = createMeasurement(`${title}: p99`, 'ms', [{ peer: 'alone', kind: 'at most', bound: 2 }]);
  const rate = createMeasurement(title, 'requests/s');
  const seconds = Math.max(3, options.seconds);
  for (const plane of [quiet, noisy]) await sendRequests(plane, { connections: 16, seconds });
  for (let round = 0; round < options.rounds; round += 1) {
    await pause(settleMs);
    const alone = await sendRequests(quiet, { connections: 4, seconds });
    const [, beside] = await Promise.all([sendRequests(noisy, { connections: options.connections, seconds: seconds + settleMs / 1000 + 1 }), pause(settleMs).then(async () => sendRequests(quiet, { connections: 4, seconds }))]);
    record(p99, 'alone', alone.p99);
    record(p99, ourPlane, beside.p99);
    record(rate, 'alone', alone.perSecond);
    record(rate, ourPlane, beside.perSecond);
  }
  return [rate, p99];
}
