import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { listen } from '../../src/foundation/index.ts';

/** Why tests with Debian's radicale cannot run here, or false. Its account `reader` has the password `secret`. */
export const withoutRadicale: string | false = spawnSync('radicale', ['--version']).status === 0 ? false : 'radicale is not installed';

const authorization = `Basic ${Buffer.from('reader:secret').toString('base64')}`;

/** An iCalendar object with one event. */
export const calendarEvent = (uid: string, ...lines: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', 'BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

/** Gives its address. */
export async function startRadicale(t: TestContext): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'hybridge-radicale-'));
  writeFileSync(join(directory, 'users'), 'reader:secret\n');
  // Radicale cannot tell which port the system chose for it: a free one is looked for.
  const probe = await listen(createServer());
  const { port } = probe;
  await probe.close();
  const settings = { 'server-hosts': `127.0.0.1:${port}`, 'auth-type': 'htpasswd', 'auth-htpasswd-filename': join(directory, 'users'), 'auth-htpasswd-encryption': 'plain', 'rights-type': 'from_file', 'rights-file': join(directory, 'rights'), 'storage-filesystem-folder': join(directory, 'data'), 'logging-level': 'warning' };
  writeFileSync(join(directory, 'rights'), '[all]\nuser: reader\ncollection: .*\npermissions: RrWw\n');
  const process: ChildProcess = spawn('radicale', Object.entries(settings).map(([name, value]) => `--${name}=${value}`), { stdio: 'ignore' });
  t.after(async () => {
    if (process.exitCode === null && process.kill()) await once(process, 'exit');
    rmSync(directory, { recursive: true, force: true });
  });
  for (let tries = 0; tries < 600; tries++) {
    if (process.exitCode !== null) assert.fail(`radicale ended with ${process.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const isUp = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
    socket.destroy();
    if (isUp) return `http://127.0.0.1:${port}`;
    await delay(50);
  }
  return assert.fail('radicale does not listen');
}

/** Changes what the server keeps. */
export async function put(url: string, method: 'PUT' | 'MKCOL' | 'MKCALENDAR' | 'DELETE', body?: string): Promise<void> {
  const answer = await fetch(url, { method, headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'text/calendar' }) }, ...(body === undefined ? {} : { body }) });
  assert.ok(answer.ok, `${method} ${url}: ${answer.status} ${await answer.text()}`);
}
