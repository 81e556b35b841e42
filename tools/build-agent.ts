// `npm run build:agent`: the agent as one file without dependencies, dist/hybridge-agent.mjs. Another path may be given.
import { resolve } from 'node:path';
import { root } from './stages.ts';
import { writeBundle } from './write-bundle.ts';

const file = resolve(process.argv[2] ?? `${root}dist/hybridge-agent.mjs`);
await writeBundle({ entry: 'src/agent/main.ts', program: 'hybridge-agent', file });
console.log(file);
