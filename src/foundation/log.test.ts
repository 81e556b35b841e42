import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createLog, logFile } from './log.ts';

const logModule = JSON.stringify(new URL('log.ts', import.meta.url).href);
/** A process that logs three lines, one of them later, and says on standard error that it has lived so long. */
const program = `const { createLog } = await import(${logModule}); const log = createLog('party'); log.info('a'); log.info('b'); setTimeout(() => { log.info('c'); console.error('alive'); }, 1);`;

test('masks what has a secret’s name, wherever one level down', () => {
  const lines: string[] = [];
  const log = createLog('premises', { destination: { write: (line) => void lines.push(line) } });
  log.info({ password: 'one', options: { token: 'two', name: 'kept' }, authorization: 'three' }, 'signed in');
  assert.doesNotMatch(lines.join(''), /one|two|three/);
  assert.match(lines.join(''), /kept/);
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  assert.deepEqual([line['party'], line['msg'], line['password']], ['premises', 'signed in', '[masked]']);
});

test('standard output gets each line, in order, before the process ends', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  assert.deepEqual(stdout.trim().split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg), ['a', 'b', 'c']);
});

test('a full disk behind standard output stops neither the party nor its end', { skip: !existsSync('/dev/full'), timeout: 20_000 }, async (t) => {
  const full = openSync('/dev/full', 'a');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  t.after(() => child.kill('SIGKILL'));
  const chunks: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => void chunks.push(chunk));
  assert.deepEqual(await once(child, 'close'), [0, null]);
  assert.equal(chunks.join(''), 'alive\n');
});

test('a log file is made with its folder, keeps what it had, and drops what comes after its end', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'more', 'party.jsonl');
  for (const message of ['first', 'second']) {
    const file = logFile(path);
    const log = createLog('party', { destination: file });
    log.info(message);
    file.end();
    log.info('too late');
    file.end();
  }
  assert.deepEqual(readFileSync(path, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg), ['first', 'second']);
});
