import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAccessLog } from './access-log.ts';
import type { AccessLogEntry } from './access-log.ts';
import { systemClock } from './clock.ts';
import type { Log } from './log.ts';
import { createLog } from './log.ts';

const entry: AccessLogEntry = {
  requestId: '0e0d1f8c-7f2a-4a55-9a50-000000000001',
  method: 'POST',
  path: '/EWS/Exchange.asmx',
  host: 'mail.contoso.test',
  clientAddress: '127.0.0.1',
  serverAddress: '127.0.0.1',
  serverPort: 443,
  userName: 'bert@contoso.test',
  userAgent: 'ASProxy/CrossForest/EmailDomain\r\nforged line',
  status: 200,
  bytesReceived: 900,
  bytesSent: 1800,
  durationMs: 12.4,
  extra: { target: 'https://mail.contoso.test' },
};

test('writes each request as JSON and in W3C extended format, a file a UTC day', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  let now = Date.UTC(2026, 10, 21, 23, 59, 59);
  const log = openAccessLog(folder, 'premises', { now: () => now });
  log.write(entry);
  now += 2000;
  log.write({ ...entry, status: 401, errorCode: 'PREMISES_UNAUTHORIZED' });
  await log.close();

  assert.deepEqual(readdirSync(folder).sort(), ['access.jsonl', 'u_ex261121.log', 'u_ex261122.log']);
  const json = readFileSync(join(folder, 'access.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.equal(json.length, 2);
  assert.equal(json[0]?.['target'], 'https://mail.contoso.test');
  assert.equal(json[0]?.['time'], '2026-11-21T23:59:59.000Z');

  const lines = readFileSync(join(folder, 'u_ex261121.log'), 'utf8').trim().split('\n');
  const fields = (lines.find((line) => line.startsWith('#Fields: ')) ?? '').slice('#Fields: '.length).split(' ');
  const values = (lines.at(-1) ?? '').split(' ');
  assert.equal(lines.filter((line) => !line.startsWith('#')).length, 1, 'a line break in a header must not make a line of its own');
  assert.equal(values.length, fields.length);
  const row = Object.fromEntries(fields.map((field, index) => [field, values[index]]));
  assert.equal(row['time'], '23:59:59');
  assert.equal(row['cs-uri-query'], '-');
  assert.equal(row['cs(User-Agent)'], 'ASProxy/CrossForest/EmailDomainforged+line');
  assert.equal(row['request-id'], entry.requestId);
});

/** A log whose lines can be waited for. */
function listeningLog(): { log: Log; lines: Record<string, unknown>[]; next(text: RegExp): Promise<void> } {
  const lines: Record<string, unknown>[] = [];
  const waiting = new Set<{ text: RegExp; resolve: () => void }>();
  const write = (line: string): void => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
    for (const one of waiting) if (one.text.test(line) && waiting.delete(one)) one.resolve();
  };
  return { log: createLog('premises', { destination: { write } }), lines, next: (text) => new Promise((resolve) => void waiting.add({ text, resolve })) };
}

/** Is not gathered, but written at once. */
const long = { ...entry, extra: { padding: 'x'.repeat(70_000) } };

/** Lines on the disk, of both forms. */
function written(folder: string): number {
  const count = (text: string): number => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  return readdirSync(folder).reduce((sum, name) => sum + count(readFileSync(join(folder, name), 'utf8')), 0);
}

test('a full disk costs lines, is reported once, and is over when it is over', { skip: !existsSync('/dev/full') }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync('/dev/full', join(folder, 'access.jsonl'));
  let now = Date.UTC(2026, 10, 21);
  const { log, lines, next } = listeningLog();
  const access = openAccessLog(folder, 'premises', { now: () => now }, log);
  const reported = next(/ENOSPC/);
  access.write(entry);
  await reported;
  for (let count = 0; count < 300; count += 1) access.write(entry);
  rmSync(join(folder, 'access.jsonl'));
  now += 10_000;
  const over = next(/written again/);
  access.write(long);
  await over;
  access.write(entry);
  await access.close();
  assert.deepEqual(lines.map(({ level, code }) => [level, code]), [[50, 'ENOSPC'], [40, undefined]]);
  const kept = readFileSync(join(folder, 'access.jsonl'), 'utf8').trim().split('\n').length;
  assert.ok(kept >= 2 && kept < 200, String(kept));
  assert.equal(Number(lines[1]?.['lost']) + kept, 303);
  assert.equal(written(folder), kept + 303, 'the other file missed nothing');
});

test('a folder that is taken away is made again for the next day’s file', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  let now = Date.UTC(2026, 10, 21);
  const { log, lines } = listeningLog();
  const access = openAccessLog(join(folder, 'logs'), 'premises', { now: () => now }, log);
  rmSync(join(folder, 'logs'), { recursive: true });
  access.write(entry);
  now += 86_400_000;
  access.write(entry);
  await access.close();
  assert.equal(written(join(folder, 'logs')), 4);
  assert.deepEqual(lines, []);
});

test('a folder that cannot be made, a file that cannot be opened: reported, and nothing throws', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-log-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { log, lines } = listeningLog();
  let now = Date.UTC(2026, 10, 21);
  const access = openAccessLog(join(folder, 'logs'), 'premises', { now: () => now }, log);
  rmSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(join(folder, 'logs'), 'a file');
  for (let count = 0; count < 3; count += 1) {
    access.write(long);
    now += 10_000;
  }
  await access.close();
  assert.deepEqual(lines.map(({ code }) => code), ['EEXIST', 'EEXIST']);

  lines.length = 0;
  rmSync(join(folder, 'logs'));
  const blocked = openAccessLog(join(folder, 'logs'), 'premises', systemClock, log);
  mkdirSync(join(folder, 'logs', 'access.jsonl'));
  blocked.write(entry);
  await blocked.close();
  assert.deepEqual(lines.map(({ code }) => code), ['EISDIR']);
});
