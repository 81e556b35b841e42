// `node bench/tunnel/noisy-neighbour.ts`: what one tenant's overload does to another's requests on the same relay. The quiet
// tenant sends over four connections, alone and then beside a neighbour with as many connections as are named
// (--connections, default 256). Rounds alternate; medians. Every tenant has an agent process of its own.
import { parseArgs } from 'node:util';
import { sendRequests } from './load.ts';
import type { RequestFigures } from './load.ts';
import { startHybridgePlane } from './planes/hybridge.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' }, connections: { type: 'string', default: '256' }, limit: { type: 'string' } } });
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const median = (figures: readonly RequestFigures[], of: (one: RequestFigures) => number): number => figures.map(of).toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

const world = await openWorld({ quick: true, peers: false, keep: false });
try {
  const { context, relay, ca } = world;
  const quiet = await startHybridgePlane({ context, relay, ca, name: 'quiet' });
  const noisy = await startHybridgePlane({ context, relay, ca, name: 'noisy' });
  if (values.limit !== undefined) await relay.admin.updateTenant('noisy', { limits: { requestsPerSecond: Number(values.limit) } });
  const alone: RequestFigures[] = [];
  const beside: RequestFigures[] = [];
  const neighbour: RequestFigures[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    alone.push(await sendRequests(quiet, { connections: 4, seconds }));
    const [busy, other] = await Promise.all([sendRequests(noisy, { connections, seconds: seconds + 2 }), new Promise((resolve) => setTimeout(resolve, 1000)).then(async () => sendRequests(quiet, { connections: 4, seconds }))]);
    neighbour.push(busy);
    beside.push(other);
  }
  for (const [name, figures] of [['quiet alone', alone], ['quiet beside', beside], ['neighbour', neighbour]] as const) {
    console.log(`${name.padEnd(13)} ${median(figures, (one) => one.perSecond).toFixed(0).padStart(6)} requests/s  p50 ${median(figures, (one) => one.p50).toFixed(2)} ms  p99 ${median(figures, (one) => one.p99).toFixed(2)} ms  failed ${figures.reduce((sum, one) => sum + one.failed, 0)}`);
  }
  console.log(`p99 beside the neighbour is ${(median(beside, (one) => one.p99) / median(alone, (one) => one.p99)).toFixed(2)} × that alone`);
} finally {
  await world.close();
}
