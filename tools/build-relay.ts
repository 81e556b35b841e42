// `npm run build:relay`: the relay as one file without dependencies, dist/hybridge-relay.mjs. Another path may be given.
import { resolve } from 'node:path';
import { root } from './stages.ts';
import { writeBundle } from './write-bundle.ts';

const file = resolve(process.argv[2] ?? `${root}dist/hybridge-relay.mjs`);
await writeBundle({ entry: 'src/cli/relay-main.ts', program: 'hybridge-relay', file });
console.log(file);
