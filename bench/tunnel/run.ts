// `npm run bench:tunnel`: relay and agent beside their peers, in the same rounds on the same machine. Options: --quick
// (about a minute), --only <text> (scenarios whose title has it), --rounds <n>, --profile <folder> (CPU profiles of relay
// and agent), --no-peers, --keep (leaves the scratch folder with all logs), --write (puts the tables into ../README.md).
// See there for the method and for results.
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Measurement } from './figures.ts';
import { report } from './figures.ts';
import { measureAll } from './scenarios.ts';
import { openWorld } from './world.ts';
import { writeResults } from './write-results.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, rounds: { type: 'string' }, profile: { type: 'string' }, 'no-peers': { type: 'boolean', default: false }, keep: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
const seconds = values.quick ? 1 : 2;
const loadBefore = loadavg()[0] ?? 0;
const startedAt = performance.now();
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
    rounds,
    seconds,
    quick: values.quick,
    ...(values.only === undefined ? {} : { only: values.only }),
  });
  const tables = report(measurements);
  console.log(`\n${tables}`);
  if (values.write) writeResults(`${circumstances()}\n\n${tables}`);
} finally {
  if (!ended) {
    ended = true;
    await world.close();
  }
}

/** What a reader must know to judge the figures. */
function circumstances(): string {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const length = `${rounds} rounds of ${seconds} s, ${((performance.now() - startedAt) / 60_000).toFixed(0)} minutes in all`;
  const only = values.only === undefined ? '' : `, only “${values.only}”`;
  return `Commit ${commit}, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${machine}; load average before the run ${loadBefore.toFixed(1)}; ${length}${only}.`;
}
