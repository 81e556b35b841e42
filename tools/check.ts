// `npm run check`: types, lint and dead code, without the tests.
import { checks, printResults, runStages } from './stages.ts';

const results = await runStages(checks);
printResults(results);
process.exitCode = results.every((result) => result.passed) ? 0 : 1;
