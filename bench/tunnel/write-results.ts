import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', 'README.md');
const begin = '<!-- tunnel results: written by `npm run bench:tunnel -- --write` -->';
const end = '<!-- end of tunnel results -->';

/**
 * Puts a report into `bench/README.md`, in place of the last one.
 *
 * @throws Error when the file has no place for it
 */
export function writeResults(report: string): void {
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for results.`);
  writeFileSync(file, `${text.slice(0, from)}${begin}\n\n${report.trim()}\n\n${text.slice(to)}`);
}
