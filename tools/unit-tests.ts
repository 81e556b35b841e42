// All unit tests in one process: a process for each file would spend more time on loading modules than on testing.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from './stages.ts';

for (const path of globSync('src/**/*.test.ts', { cwd: root }).sort()) {
  try {
    await import(pathToFileURL(join(root, path)).href);
  } catch (error) {
    test(`${path} can be loaded`, () => {
      throw error;
    });
  }
}
