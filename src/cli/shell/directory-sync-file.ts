import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SyncStateStore } from '../../management/index.ts';

/** Keeps what directory synchronisation remembers in a file of its own; one that cannot be read makes the next cycle a full one. */
export function directorySyncFile(file: string): SyncStateStore {
  return {
    async load() {
      try {
        return JSON.parse(await readFile(file, 'utf8')) as unknown;
      } catch {
        return undefined;
      }
    },
    async save(state) {
      await writeFile(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
}
