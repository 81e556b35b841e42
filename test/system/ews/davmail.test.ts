import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { listen } from '../../../src/foundation/index.ts';
import { startLabFixture } from '../lab-fixture.ts';

// DavMail is an EWS client that asks for many MAPI properties, and makes IMAP, SMTP and CalDAV of them. It needs a Java
// runtime and is therefore not among the packages that the tests install themselves.

const jar = '/usr/share/davmail/davmail.jar';
const isThere = existsSync(jar) && spawnSync('keytool', ['-help']).status === 0;
const skip = isThere ? false : 'DavMail is not installed (apt-get install davmail-server default-jre-headless)';

/** Ports that are free now: DavMail cannot tell which ones the system chose. */
async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(Array.from({ length: count }, () => listen(createServer())));
  for (const probe of probes) await probe.close();
  return probes.map(({ port }) => port);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isUp = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
  socket.destroy();
  return isUp;
}

async function startDavMail(t: TestContext, url: string, caFile: string): Promise<{ imap: number; smtp: number; caldav: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-davmail-'));
  const [imap = 0, smtp = 0, caldav = 0] = await freePorts(3);
  const trust = join(folder, 'trust.p12');
  assert.equal(spawnSync('keytool', ['-importcert', '-noprompt', '-alias', 'ca', '-file', caFile, '-keystore', trust, '-storetype', 'PKCS12', '-storepass', 'changeit']).status, 0);
  const settings = { server: true, mode: 'EWS', url, imapPort: imap, smtpPort: smtp, caldavPort: caldav, popPort: '', ldapPort: '', bindAddress: '127.0.0.1', allowRemote: false, disableUpdateCheck: true, logFilePath: join(folder, 'davmail.log') };
  const file = join(folder, 'davmail.properties');
  writeFileSync(file, Object.entries(settings).map(([name, value]) => `davmail.${name}=${String(value)}\n`).join(''));
  // Java asks the system's resolver, which need not know names below localhost.
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost ${new URL(url).hostname}\n`);
  const java = spawn('java', ['-Xmx256m', `-Djdk.net.hosts.file=${hosts}`, `-Djavax.net.ssl.trustStore=${trust}`, '-Djavax.net.ssl.trustStorePassword=changeit', '-jar', jar, '-server', file], { stdio: 'ignore' });
  t.after(async () => {
    if (java.exitCode === null && java.kill()) await once(java, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  for (const port of [imap, smtp, caldav]) {
    for (let tries = 0; !(await isListening(port)); tries++) {
      assert.ok(java.exitCode === null && tries < 600, 'DavMail does not listen');
      await delay(100);
    }
  }
  return { imap, smtp, caldav };
}

test('DavMail does its work through relay and agent: IMAP, SMTP, CalDAV', { skip, timeout: 400_000 }, async (t) => {
  const fixture = await startLabFixture();
  t.after(() => fixture.close());
  const me = fixture.info.accounts.find(({ side, kind }) => side === 'on-premises' && kind === 'user');
  assert.ok(me !== undefined);
  const ports = await startDavMail(t, fixture.info.parties.relay.urls['endpoint'] ?? '', fixture.info.caFile);
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'davmail-work.py')], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(JSON.stringify({ ...ports, me: { user: me.userName, password: me.password, address: me.address }, run: 'one' }));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, output.slice(-4_000));
});
