import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './hybridge-error.ts';

/**
 * Makes a folder and those above it; one that is there is left as it is. Node's own `recursive` never ends where a file
 * system has no folders to make, such as /proc (seen with Node 24), and cannot be interrupted there.
 *
 * @throws Error of the file system: ENOENT, EACCES, EROFS, ENOSPC, EEXIST where a file has the name
 */
export function makeFolder(path: string, options: { mode?: number } = {}): void {
  try {
    makeOne(path, options);
  } catch (error) {
    const above = dirname(path);
    if (errorCode(error) !== 'ENOENT' || above === path) throw error;
    makeFolder(above, options);
    makeOne(path, options);
  }
}

function makeOne(path: string, options: { mode?: number }): void {
  try {
    mkdirSync(path, options);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
