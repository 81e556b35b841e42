// `npm test`: types, lint, dead code, then every test in one run of Node's test runner, whose counts close the output.
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { checks, printResults, root, runStages } from './stages.ts';
import { installSystemPackages } from './system-packages.ts';

installSystemPackages();
const checked = await runStages(checks);
printResults(checked);

// The stories take longest, so they start first; unit tests run beside them, in one process of their own.
const files = [...globSync('test/system/**/*.test.ts', { cwd: root }).sort(), 'tools/unit-tests.ts', ...globSync('test/house/**/*.test.ts', { cwd: root }).sort()];
const flags = ['--test', '--test-reporter=spec', `--test-concurrency=${availableParallelism()}`, '--test-timeout=600000'];
const [tested] = await runStages([{ title: 'Tests (unit, house, system)', program: 'node', arguments: [...flags, ...files] }]);
process.exitCode = checked.every(({ passed }) => passed) && tested?.passed === true ? 0 : 1;
