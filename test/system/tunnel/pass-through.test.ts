import assert from 'node:assert/strict';
import { once } from 'node:events';
import https from 'node:https';
import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;

before(async () => {
  world = await startTunnelWorld();
  await world.startAgent();
});
after(() => world.close());

const connect = (servername: string): TLSSocket => tls.connect({ host: '127.0.0.1', port: world.relay.port, servername, ca: [world.ca] });

test('TLS ends at the target: the client sees its certificate, and both ends agree on the channel', async () => {
  let targetBinding: Buffer | undefined;
  const target = await world.startTarget((request, response) => {
    targetBinding = (request.socket as TLSSocket).exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0));
    response.end(`path ${request.url}`);
  });
  await world.publish(target.url, 'contoso', { passThroughHosts: ['target.test'] });
  const agent = new https.Agent({ keepAlive: true });
  const request = https.request({ host: '127.0.0.1', port: world.relay.port, servername: 'target.test', ca: [world.ca], path: '/anything', headers: { host: 'target.test' }, agent });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const socket = response.socket as TLSSocket;
  assert.match(socket.getPeerX509Certificate()?.subjectAltName ?? '', /target\.test/);
  assert.equal(Buffer.concat(await response.toArray()).toString(), 'path /anything');
  assert.deepEqual(socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)), targetBinding);
  assert.equal(response.headers.via, undefined);
  agent.destroy();
});

test('a name that nobody passes through is an ordinary client of the relay', async () => {
  const socket = connect('nobody.relay.test');
  await once(socket, 'secureConnect');
  assert.match(socket.getPeerX509Certificate()?.subjectAltName ?? '', /relay\.test/);
  socket.destroy();
});

test('who names nobody is an ordinary client too, in HTTP/2 as well, and asks for no name of the pass-through', async () => {
  await world.publish('https://target.test', 'contoso', { passThroughHosts: ['named.test'] });
  for (const protocol of ['h2', 'http/1.1']) {
    const session = tls.connect({ host: '127.0.0.1', port: world.relay.port, servername: '', rejectUnauthorized: false, ALPNProtocols: [protocol] });
    await once(session, 'secureConnect');
    assert.deepEqual([session.alpnProtocol, session.getPeerX509Certificate()?.subjectAltName?.includes('relay.test')], [protocol, true]);
    if (protocol === 'http/1.1') {
      session.write('GET / HTTP/1.1\r\nHost: named.test\r\n\r\n');
      assert.match(String(((await once(session, 'data')) as [Buffer])[0]), /^HTTP\/1\.1 404 [^]*RELAY_UNKNOWN_ENDPOINT/);
    }
    session.destroy();
  }
});

test('a target that is down shows as a TLS alert', async () => {
  const free = net.createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  await once(free, 'close');
  await world.publish(`https://target.test:${port}`, 'contoso', { passThroughHosts: ['down.test'] });
  await assert.rejects(once(connect('down.test'), 'secureConnect'), { code: 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR' });
  assert.equal(world.relayLog.find((entry) => entry.host === 'down.test')?.errorCode, 'AGENT_TARGET_UNREACHABLE');
});

test('half-close reaches the target and a reset stays a reset', async () => {
  const received: Buffer[] = [];
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('end', () => socket.end('answer after the end'));
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await world.publish(`https://target.test:${(server.address() as AddressInfo).port}`, 'contoso', { passThroughHosts: ['raw.test'] });
  const hello = await helloFor('raw.test');

  const socket = net.connect({ port: world.relay.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(hello);
  socket.end('more');
  assert.equal(Buffer.concat(await socket.toArray()).toString(), 'answer after the end');
  assert.deepEqual(Buffer.concat(received), Buffer.concat([hello, Buffer.from('more')]));

  const second = net.connect(world.relay.port, '127.0.0.1');
  const connected = once(server, 'connection') as Promise<[Socket]>;
  second.write(hello);
  const [far] = await connected;
  await once(far, 'data');
  far.resetAndDestroy();
  await assert.rejects(once(second, 'end'), { code: 'ECONNRESET' });
  server.close();
});

test('no application may take a name of the relay, or one that is taken', async () => {
  for (const host of ['relay.test', 'x.relay.test', 'x.other.test', 'target.test']) {
    await assert.rejects(world.publish('https://target.test', 'contoso', { passThroughHosts: [host] }), { code: 'RELAY_HOST_TAKEN' }, host);
  }
});

async function helloFor(servername: string): Promise<Buffer> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = tls.connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, servername });
  client.on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  socket.destroy();
  server.close();
  return bytes;
}
