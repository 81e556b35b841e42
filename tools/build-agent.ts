// `npm run build:agent`: the agent as one file without dependencies, dist/hybridge-agent.mjs. Another path may be given.
import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './stages.ts';

const file = resolve(process.argv[2] ?? `${root}dist/hybridge-agent.mjs`);
// Ahead of everything bundled: an older Node would end in the middle of it, and show pages of it.
const versionCheck = `if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(\`hybridge-agent: Node 24 or later is needed; this is \${process.version}.\\nInstall Node 24, or start this file with one: /path/to/node hybridge-agent.mjs …\\n\`);
  process.exit(78);
}`;
const bundle = await rolldown({ input: `${root}src/agent/main.ts`, platform: 'node', logLevel: 'warn' });
await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false, banner: `#!/usr/bin/env node\n${versionCheck}` });
await chmod(file, 0o755);
await bundle.close();
console.log(file);
