// `npm test`: types, lint, dead code, then every test in one run of Node's test runner, whose counts close the output.
import { globSync } from 'node:fs';
import { checks, printResults, root, runStages } from './stages.ts';

const patterns = ['src/**/*.test.ts', 'test/house/**/*.test.ts', 'test/system/**/*.test.ts'];

const checked = await runStages(checks);
printResults(checked);
// Sorted, so that every run starts the files in the same order; the slow stories start while the short ones run.
const files = globSync(patterns, { cwd: root }).sort((one, other) => Number(other.startsWith('test')) - Number(one.startsWith('test')) || one.localeCompare(other));
const [tested] = await runStages([{ title: `Tests (${files.length} files)`, program: 'node', arguments: ['--test', '--test-reporter=spec', ...files] }]);
process.exitCode = checked.every((result) => result.passed) && tested?.passed === true ? 0 : 1;
