// `node bench/tunnel/soak.ts [--minutes 10]`: whether memory stays flat. Relay and agent serve small requests over 64
// connections, with new connections and large transfers between, for so long; memory is read after every slice of ten
// seconds. Flat: the median of the last third is at most 1.1 times that of the second, and no slice is above 140 MB each.
import { parseArgs } from 'node:util';
import { spreadOf } from './figures.ts';
import { sendRequests, transfer } from './load.ts';
import { residentBytes } from './processes.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const milliseconds = Number(values.minutes) * 60_000;
const world = await openWorld({ quick: true, peers: false, keep: false });
try {
  const [plane] = world.planes;
  if (plane === undefined) throw new Error('There is nothing to measure.');
  const sides = { relay: plane.relay(), agent: plane.agent() };
  const memory = { relay: [] as number[], agent: [] as number[] };
  const started = performance.now();
  let requests = 0;
  let failed = 0;
  for (let slice = 0; performance.now() - started < milliseconds; slice += 1) {
    const figures = await sendRequests(plane, { connections: 64, seconds: 10, newConnections: slice % 6 === 5 });
    if (slice % 6 === 2) await transfer(plane, { direction: slice % 12 === 2 ? 'down' : 'up', size: 'medium', file: `${world.context.directory}/medium`, caFile: world.context.caFile }, 8);
    requests += figures.requests;
    failed += figures.failed;
    for (const side of ['relay', 'agent'] as const) memory[side].push(residentBytes(sides[side]) / 1e6);
    console.log(`${((performance.now() - started) / 60_000).toFixed(1).padStart(5)} min  ${requests.toLocaleString('en')} requests, ${failed} failed  relay ${memory.relay.at(-1)?.toFixed(0)} MB  agent ${memory.agent.at(-1)?.toFixed(0)} MB`);
  }
  for (const side of ['relay', 'agent'] as const) {
    const third = Math.floor(memory[side].length / 3);
    const [middle, last] = [spreadOf(memory[side].slice(third, 2 * third)), spreadOf(memory[side].slice(2 * third))];
    const [flat, small] = [last.median <= 1.1 * middle.median, spreadOf(memory[side]).maximum <= 140];
    console.log(`${side}: second third ${middle.median.toFixed(0)} MB, last third ${last.median.toFixed(0)} MB, most ${spreadOf(memory[side]).maximum.toFixed(0)} MB: ${flat ? 'flat' : 'NOT flat'}, ${small ? 'within' : 'NOT within'} 140 MB`);
  }
} finally {
  await world.close();
}
