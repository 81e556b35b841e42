import assert from 'node:assert/strict';
import type dns from 'node:dns';
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { systemDial } from '../../foundation/index.ts';
import { defaultForbiddenAddresses, forbidAddresses, isForbiddenAddresses } from './forbidden-addresses.ts';

async function listen(): Promise<{ port: number; connections: () => number; close: () => void }> {
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, connections: () => connections, close: () => server.close() };
}

/** A name server that gives these answers, one after the other. */
function answering(...answers: string[][]): typeof dns.lookup {
  let asked = 0;
  return ((_host: string, _options: dns.LookupAllOptions, callback: (error: null, addresses: dns.LookupAddress[]) => void) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(null, answer.map((address) => ({ address, family: net.isIP(address) })));
  }) as typeof dns.lookup;
}

const refused = { code: 'AGENT_TARGET_NOT_ALLOWED' };

test('addresses are refused in every spelling', async () => {
  const dial = forbidAddresses(['loopback', ...defaultForbiddenAddresses]);
  for (const url of ['https://127.0.0.1', 'https://127.1', 'https://2130706433', 'https://0x7f.1', 'https://0', 'https://[::1]', 'https://[::ffff:127.0.0.1]', 'https://[::]', 'https://169.254.169.254', 'https://[::ffff:a9fe:a9fe]', 'https://[fe80::1]', 'https://[fd00:ec2::254]', 'https://168.63.129.16', 'https://[64:ff9b::169.254.169.254]']) {
    await assert.rejects(dial(new URL(url).hostname.replace(/^\[|\]$/g, ''), 443), refused, url);
  }
  await assert.rejects(dial('localhost', 443), refused);
});

test('a name is judged by its addresses, and only these are connected to', async () => {
  const server = await listen();
  const forbidding = (networks: string[], ...answers: string[][]) => forbidAddresses(networks, undefined, answering(...answers))('mail.contoso.test', server.port);
  await assert.rejects(forbidding(['loopback'], ['127.0.0.1', '::1']), refused);
  await assert.rejects(forbidding(['127.0.0.0/8'], ['127.0.0.1']), refused);
  assert.equal(server.connections(), 0, 'not even a connection');
  (await forbidding(['link-local'], ['169.254.169.254', '127.0.0.1'])).destroy();
  // The second answer would be another one: nobody asks a second time.
  (await forbidding(['127.0.0.2/32'], ['127.0.0.1'], ['127.0.0.2'])).destroy();
  await assert.rejects(forbidAddresses(['loopback'], (_, port) => systemDial('127.0.0.1', port))('mail.contoso.test', server.port), refused);
  server.close();
});

test('only networks and known names are taken', () => {
  assert.deepEqual(['loopback', 'link-local', 'metadata', '10.0.0.0/8', 'fd00::/8', '10.0.0.1/32'].map(isForbiddenAddresses), Array(6).fill(true));
  assert.deepEqual(['', 'local', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/8/1', 'fd00::/129', 'constructor', '/8'].map(isForbiddenAddresses), Array(8).fill(false));
});
