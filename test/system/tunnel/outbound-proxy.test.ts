import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, before, test } from 'node:test';
import { enrollAgent, startAgent } from '../../../src/agent/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;
let proxyPort: number;
const asked: string[] = [];
const sockets = new Set<Duplex>();
/** A forward proxy that wants a user name and a password. */
const proxy = createServer();
proxy.on('connect', (request: IncomingMessage, client: Duplex) => {
  client.on('error', () => undefined);
  sockets.add(client);
  if (request.headers['proxy-authorization'] !== `Basic ${Buffer.from('anna:p@ss:word').toString('base64')}`) {
    client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  asked.push(request.url ?? '');
  const port = Number(request.url?.split(':').at(-1));
  if (request.url?.startsWith('forbidden.test') === true) {
    client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const far = net.connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  sockets.add(far);
  far.on('error', () => client.destroy());
  client.on('close', () => far.destroy());
  far.pipe(client).pipe(far);
});

before(async () => {
  world = await startTunnelWorld();
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  proxyPort = (proxy.address() as AddressInfo).port;
});
after(async () => {
  await world.close();
  for (const socket of sockets) socket.destroy();
  proxy.close();
});

const proxyUrl = (credentials: string): string => `http://${credentials}proxy.test:${proxyPort}`;

test('enrolment and links go through the proxy, targets do not', async () => {
  const target = await world.startTarget((_, response) => response.end('ok'));
  const application = await world.publish(target.url);
  const { token } = await world.admin.issueEnrolmentToken('contoso');
  const { stateDirectory } = await world.enrol();
  const relayUrl = `https://relay.test:${world.relay.port}`;
  const url = proxyUrl('anna:p%40ss%3Aword@');
  await enrollAgent({ relayUrl, token, stateDirectory, replace: true, ca: world.ca, dial: world.dial, proxy: { url } });
  const agent = await startAgent({ stateDirectory, ca: world.ca, targetCa: world.ca, dial: world.dial, proxy: { url } });
  await agent.ready();
  assert.equal((await world.request(application, '/EWS/')).status, 200);
  assert.deepEqual(new Set(asked), new Set([`relay.test:${world.relay.port}`]));
  await agent.close();
});

test('says whether the proxy wants credentials, refuses, or is not there', async () => {
  const { stateDirectory } = await world.enrol();
  const enrol = (url: string, relayUrl = `https://relay.test:${world.relay.port}`, noProxy?: string): Promise<unknown> =>
    enrollAgent({ relayUrl, token: 'hbenrol_wrong', stateDirectory, replace: true, ca: world.ca, dial: world.dial, proxy: { url, ...(noProxy === undefined ? {} : { noProxy }) } });
  await assert.rejects(enrol(proxyUrl('')), { code: 'AGENT_PROXY_SIGN_IN' });
  await assert.rejects(enrol(proxyUrl('anna:wrong@')), { code: 'AGENT_PROXY_SIGN_IN' });
  await assert.rejects(enrol(proxyUrl('anna:p%40ss%3Aword@'), 'https://forbidden.test'), { code: 'AGENT_PROXY_REFUSED' });
  await assert.rejects(enrol('http://127.0.0.1:9'), { code: 'AGENT_PROXY_UNREACHABLE' });
  for (const noProxy of ['relay.test', 'test', '.test', '*.test', `relay.test:${world.relay.port}`, 'other, relay.test', '*']) {
    await assert.rejects(enrol('http://127.0.0.1:9', undefined, noProxy), { code: 'RELAY_ENROLMENT_TOKEN_UNKNOWN' }, noProxy);
  }
  for (const noProxy of ['lay.test', 'relay.test:1', '10.0.0.0/8', '']) await assert.rejects(enrol('http://127.0.0.1:9', undefined, noProxy), { code: 'AGENT_PROXY_UNREACHABLE' }, noProxy);
  await assert.rejects(enrol('http://127.0.0.1:9', `https://127.0.0.1:${world.relay.port}`, '127.0.0.0/8'), { code: 'RELAY_UNKNOWN_ENDPOINT' });
});
