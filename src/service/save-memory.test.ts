import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { watchGrowth } from './save-memory.ts';

const megabytes = (count: number): number => count * 1024 * 1024;

test('it is time to save from eight megabytes more until half of them are gone', () => {
  const isTime = watchGrowth(megabytes(30));
  const looks = [31, 36, 38, 39, 37, 35, 33, 30, 37, 40, 29, 36, 38].map((count) => isTime(megabytes(count)));
  assert.deepEqual(looks, [false, false, false, true, true, true, false, false, false, true, false, false, true]);
});

test('what is still there after five looks is in use', () => {
  const isTime = watchGrowth(megabytes(30));
  const looks = [50, 60, 60, 60, 60, 60, 60, 67, 69, 61, 50, 57, 59].map((count) => isTime(megabytes(count)));
  assert.deepEqual(looks, [true, true, true, true, true, false, false, false, true, false, false, false, true]);
});

/** Megabytes of old space, beyond those in use, that connections which come and go have brought in two seconds and more. */
function grownBy(saves: boolean): number {
  const program = `
    const [{ saveMemory }, { getHeapSpaceStatistics }] = await Promise.all([import('./save-memory.ts'), import('node:v8')]);
    const old = () => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space').space_used_size;
    const connection = () => ({ head: Array.from({ length: 400 }, (_, at) => ({ at })) });
    globalThis.inUse = Array.from({ length: 3000 }, connection);
    if (${saves}) saveMemory();
    const atFirst = old();
    let connections = [];
    let turns = 0;
    const timer = setInterval(() => {
      for (let count = 0; count < 20; count += 1) connections.push(connection());
      if (connections.length > 200) connections = connections.slice(100);
      turns += 1;
      if (turns < 400) return;
      clearInterval(timer);
      console.log(Math.round((old() - atFirst) / 1e6));
    }, 5);
  `;
  return Number(execFileSync(process.execPath, ['--max-semi-space-size=1', '--input-type=module', '--eval', program], { cwd: import.meta.dirname, encoding: 'utf8', timeout: 60_000 }));
}

test('V8 heeds it in a process that runs', () => {
  const [usual, saving] = [grownBy(false), grownBy(true)];
  assert.ok(saving < usual * 0.8, `${saving} MB beside ${usual} MB`);
});
