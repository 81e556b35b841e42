// `npm run bench:tunnel`: relay and agent beside their peers, in the same rounds on the same machine. Options: --quick
// (about a minute), --only <text> (scenarios whose title has it), --rounds <n>, --profile <folder> (CPU profiles of relay
// and agent), --no-peers, --keep (leaves the scratch folder with all logs). See ../README.md for the method and for results.
import { parseArgs } from 'node:util';
import type { Measurement } from './figures.ts';
import { report } from './figures.ts';
import { measureAll } from './scenarios.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, rounds: { type: 'string' }, profile: { type: 'string' }, 'no-peers': { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
});
const world = await openWorld({ quick: values.quick, peers: !values['no-peers'], keep: values.keep, ...(values.profile === undefined ? {} : { profile: values.profile }) });
let ended = false;
const interrupted = (): void => {
  if (ended) return;
  ended = true;
  void world.close().then(() => process.exit(130));
};
process.on('SIGINT', interrupted);
process.on('SIGTERM', interrupted);
try {
  const measurements: Measurement[] = await measureAll(world, {
    rounds: Number(values.rounds ?? (values.quick ? 2 : 5)),
    seconds: values.quick ? 1 : 2,
    quick: values.quick,
    ...(values.only === undefined ? {} : { only: values.only }),
  });
  console.log(`\n${report(measurements)}`);
} finally {
  if (!ended) await world.close();
}
