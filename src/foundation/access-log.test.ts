import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAccessLog } from './access-log.ts';
import type { AccessLogEntry } from './access-log.ts';

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
