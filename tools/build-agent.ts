// `npm run build:agent`: the agent as one file without dependencies, dist/hybridge-agent.mjs. Another path may be given.
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './stages.ts';

const file = resolve(process.argv[2] ?? `${root}dist/hybridge-agent.mjs`);
const bundle = await rolldown({ input: `${root}src/agent/main.ts`, platform: 'node', logLevel: 'warn' });
await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false, banner: '#!/usr/bin/env node' });
await bundle.close();
console.log(file);
