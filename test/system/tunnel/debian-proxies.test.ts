import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enrollAgent, startAgent } from '../../../src/agent/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

const ncsa = '/usr/lib/squid/basic_ncsa_auth';
const user = 'agent';
const password = 'proxy-pass-1';

interface Proxy {
  name: string;
  skip: string | false;
  /** Writes the configuration for a port and gives the command. */
  command: (folder: string, port: number) => readonly [string, ...string[]];
}

const proxies: readonly Proxy[] = [
  {
    name: 'tinyproxy',
    skip: spawnSync('tinyproxy', ['-v']).status === 0 ? false : 'tinyproxy is not installed (apt-get install tinyproxy)',
    command(folder, port) {
      const file = join(folder, 'tinyproxy.conf');
      writeFileSync(file, `Port ${port}\nListen 127.0.0.1\nTimeout 600\nMaxClients 50\nBasicAuth ${user} ${password}\nLogLevel Error\nLogFile "${join(folder, 'log')}"\n`);
      return ['tinyproxy', '-d', '-c', file];
    },
  },
  {
    name: 'squid',
    skip: spawnSync('squid', ['-v']).status === 0 && existsSync(ncsa) ? false : 'squid is not installed (apt-get install squid)',
    command(folder, port) {
      const hash = spawnSync('openssl', ['passwd', '-apr1', password]).stdout.toString().trim();
      writeFileSync(join(folder, 'passwd'), `${user}:${hash}\n`);
      const file = join(folder, 'squid.conf');
      const lines = [
        `http_port 127.0.0.1:${port}`,
        `pid_filename ${join(folder, 'squid.pid')}`,
        `cache_log ${join(folder, 'cache.log')}`,
        `coredump_dir ${folder}`,
        'access_log none',
        'cache deny all',
        'netdb_filename none',
        'shutdown_lifetime 0 seconds',
        `auth_param basic program ${ncsa} ${join(folder, 'passwd')}`,
        'auth_param basic children 1',
        'acl signed_in proxy_auth REQUIRED',
        'http_access allow signed_in',
        'http_access deny all',
      ];
      writeFileSync(file, `${lines.join('\n')}\n`);
      return ['squid', '-N', '-f', file];
    },
  },
];

let world: TunnelWorld;
const running: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'hybridge-proxies-'));
before(async () => {
  // Squid gives up root for an account of its own, which must be able to write here.
  chmodSync(folder, 0o777);
  world = await startTunnelWorld();
});
after(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await world.close();
  rmSync(folder, { recursive: true });
});

for (const proxy of proxies) {
  test(`${proxy.name}: enrolment, links and requests; a wrong password is named`, { skip: proxy.skip }, async () => {
    const port = await freePort();
    const [program, ...parameters] = proxy.command(folder, port);
    const child = spawn(program, parameters, { stdio: 'ignore' });
    running.push(child);
    await listening(port, child);

    // The proxy resolves names itself, so the relay is called by one that every machine knows.
    const relayUrl = `https://localhost:${world.relay.port}`;
    const through = (secret: string): string => `http://${user}:${secret}@127.0.0.1:${port}`;
    const { stateDirectory } = await world.enrol();
    const { token } = await world.admin.issueEnrolmentToken('contoso');
    const options = { relayUrl, token, stateDirectory, replace: true, ca: world.ca };
    await assert.rejects(enrollAgent({ ...options, proxy: { url: through('wrong') } }), { code: 'AGENT_PROXY_SIGN_IN' });
    await enrollAgent({ ...options, proxy: { url: through(password) } });

    const target = await world.startTarget((request, response) => void request.pipe(response));
    const application = await world.publish(target.url);
    const agent = await startAgent({ stateDirectory, ca: world.ca, targetCa: world.ca, targetDial: world.dial, proxy: { url: through(password) } });
    try {
      await agent.ready();
      const body = Buffer.alloc(2_000_000, 'x');
      const answer = await world.request(application, '/EWS/Exchange.asmx', { method: 'POST', body });
      assert.equal(answer.status, 200);
      assert.equal(answer.body.length, body.length);
    } finally {
      await agent.close();
    }
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when something listens on the port; rejects when the program has ended. */
async function listening(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The proxy ended with code ${child.exitCode}.`);
    const socket = net.connect(port, '127.0.0.1');
    const connected = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
    socket.destroy();
    if (connected) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The proxy does not listen.');
}
