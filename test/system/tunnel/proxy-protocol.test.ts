import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { enrollAgent, startAgent } from '../../../src/agent/index.ts';
import type { Dial } from '../../../src/foundation/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;
let stateDirectory: string;

/** Agents come through the load balancer as well. */
const dial: Dial = async (host, port, signal) => {
  const socket = await world.dial(host, port, signal);
  if (port === world.relay.port) socket.write(agentHeader);
  return socket;
};
let agentHeader = 'PROXY UNKNOWN\r\n';

before(async () => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'hybridge-proxied-'));
  world = await startTunnelWorld({
    proxies: ['127.0.0.0/8'],
    connectionLimits: { perSecond: 0.001, burst: 20, concurrent: 20 },
  });
});
after(async () => {
  await world.close();
  rmSync(stateDirectory, { recursive: true });
});

const line = (client: string): string => `PROXY TCP4 ${client} 127.0.0.1 50000 443\r\n`;

async function connect(servername: string, header: string | Buffer): Promise<tls.TLSSocket> {
  const transport = net.connect(world.relay.port, '127.0.0.1');
  await once(transport, 'connect');
  transport.write(header);
  const socket = tls.connect({ socket: transport, servername, ca: [world.ca], ALPNProtocols: ['http/1.1'] });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  return socket;
}

test('the client that a load balancer names is the one that counts: in logs, for the target, for limits', async () => {
  const target = await world.startTarget((request, response) => response.end(`from ${String(request.headers['x-forwarded-for'])}`));
  const application = await world.publish(target.url);
  const { token } = await world.admin.issueEnrolmentToken('contoso');
  await enrollAgent({ relayUrl: `https://relay.test:${world.relay.port}`, token, stateDirectory, ca: world.ca, dial });
  const agent = await startAgent({ stateDirectory, ca: world.ca, targetCa: world.ca, dial, pingIntervalMs: 200 });
  await agent.ready();
  const host = new URL(application.externalUrl).hostname;
  const ask = async (header: string | Buffer): Promise<string> => {
    const socket = await connect(host, header);
    socket.write(`GET /EWS/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    return Buffer.concat(await socket.toArray()).toString();
  };
  assert.match(await ask(line('192.0.2.7')), /from 192\.0\.2\.7$/);
  assert.equal(world.relayLog.at(-1)?.clientAddress, '192.0.2.7');
  // Version 2, TCP over IPv6, with an extension.
  const six = Buffer.from(`0d0a0d0a000d0a515549540a21210028${'20010db8000000000000000000000001'.repeat(2)}c35001bb03000100`, 'hex');
  assert.match(await ask(six), /from 2001:db8::1$/);
  // Twenty connections of one address, then no more; others still come in.
  for (let count = 0; count < 20; count += 1) (await connect(host, line('192.0.2.9'))).destroy();
  await assert.rejects(connect(host, line('192.0.2.9')));
  assert.match(await ask(line('192.0.2.10')), /from 192\.0\.2\.10$/);
  await agent.close();
});

test('agents behind a load balancer are shown with their own address: when they enrol, and when they come back from another', async () => {
  await world.publish('https://target.test', 'fabrikam');
  const { token } = await world.admin.issueEnrolmentToken('fabrikam');
  const directory = mkdtempSync(join(tmpdir(), 'hybridge-proxied-'));
  agentHeader = line('198.51.100.23');
  try {
    const { agentId } = await enrollAgent({ relayUrl: `https://relay.test:${world.relay.port}`, token, stateDirectory: directory, ca: world.ca, dial });
    assert.equal((await world.admin.getAgent(agentId)).externalIp, '198.51.100.23');
    agentHeader = 'PROXY TCP6 2001:db8::23 2001:db8::1 50001 443\r\n';
    const agent = await startAgent({ stateDirectory: directory, ca: world.ca, targetCa: world.ca, dial, pingIntervalMs: 200 });
    await agent.ready();
    const { externalIp, status } = await world.admin.getAgent(agentId);
    assert.deepEqual([externalIp, status], ['2001:db8::23', 'active']);
    await agent.close();
  } finally {
    agentHeader = 'PROXY UNKNOWN\r\n';
    rmSync(directory, { recursive: true });
  }
});

for (const [name, header] of [
  ['without a header', ''],
  ['with a malformed header', 'PROXY TCP4 nobody 127.0.0.1 1 2\r\n'],
] as const) {
  test(`a connection of a load balancer ${name} is closed`, async () => {
    const socket = net.connect(world.relay.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(Buffer.concat([Buffer.from(header), Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 0])]));
    await once(socket, 'close');
  });
}

test('a target of pass-through connections gets the address of the client ahead of the ClientHello', async () => {
  const plain = await startTunnelWorld();
  try {
    await plain.startAgent();
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    await plain.publish(`https://target.test:${(server.address() as AddressInfo).port}`, 'contoso', { passThroughHosts: ['mail.contoso.test'], proxyProtocol: true });
    const client = tls.connect({ host: '127.0.0.1', port: plain.relay.port, servername: 'mail.contoso.test' });
    client.on('error', () => undefined);
    const [upstream] = (await once(server, 'connection')) as [Socket];
    let received = Buffer.alloc(0);
    for await (const chunk of upstream as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, chunk]);
      if (received.length > 28) break;
    }
    assert.equal(received.subarray(0, 16).toString('hex'), '0d0a0d0a000d0a515549540a2111000c');
    assert.deepEqual([...received.subarray(16, 24)], [127, 0, 0, 1, 127, 0, 0, 1]);
    assert.deepEqual([received.readUInt16BE(24), received.readUInt16BE(26)], [client.localPort, plain.relay.port]);
    assert.equal(received[28], 22, 'the ClientHello follows');
    client.destroy();
    server.close();
  } finally {
    await plain.close();
  }
});
