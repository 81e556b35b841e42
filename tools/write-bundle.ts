import { chmod } from 'node:fs/promises';
import { rolldown } from 'rolldown';
import { root } from './stages.ts';

export interface Bundle {
  /** The module that runs, from the root of the repository. */
  entry: string;
  /** As people call it: `hybridge-agent`. */
  program: string;
  /** What is written. */
  file: string;
}

/** Makes one file without dependencies of a program: Node 24 runs it, alone in its folder. */
export async function writeBundle({ entry, program, file }: Bundle): Promise<void> {
  // Ahead of everything bundled: an older Node would end in the middle of it, and show pages of it.
  const versionCheck = `if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(\`${program}: Node 24 or later is needed; this is \${process.version}.\\nInstall Node 24, or start this file with one: /path/to/node ${program}.mjs …\\n\`);
  process.exit(78);
}`;
  const bundle = await rolldown({
    input: `${root}${entry}`,
    platform: 'node',
    logLevel: 'warn',
    // Importing a file of ours starts nothing: what the program does not use is left out, with what it imports.
    treeshake: { moduleSideEffects: (id) => !id.startsWith(`${root}src/`) },
  });
  await bundle.write({ file, format: 'esm', minify: true, codeSplitting: false, banner: `#!/usr/bin/env node\n${versionCheck}` });
  await chmod(file, 0o755);
  await bundle.close();
}
