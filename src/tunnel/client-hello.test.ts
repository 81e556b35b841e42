import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import tls from 'node:tls';
import * as fc from 'fast-check';
import { readClientHello } from './client-hello.ts';

async function captureHello(options: tls.ConnectionOptions): Promise<Buffer> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = tls.connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, ...options });
  client.on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [net.Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  client.destroy();
  server.close();
  return bytes;
}

test('reads name and protocols, however the bytes arrive', async () => {
  const hello = await captureHello({ servername: 'Mail.Contoso.test', ALPNProtocols: ['hybridge-link/1', 'http/1.1'] });
  const expected = { serverName: 'mail.contoso.test', protocols: ['hybridge-link/1', 'http/1.1'] };
  assert.deepEqual(readClientHello(hello), expected);
  for (let length = 0; length < hello.length; length += 1) assert.equal(readClientHello(hello.subarray(0, length)), undefined);
  assert.deepEqual(readClientHello(Buffer.concat([hello, Buffer.from('more')])), expected);
});

test('reads a hello that is split over records, as the protocol allows', async () => {
  const hello = await captureHello({ servername: 'a.test' });
  const record = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([22, 3, 1, bytes.length >> 8, bytes.length & 255]), bytes]);
  const message = hello.subarray(5);
  const split = Buffer.concat([record(message.subarray(0, 2)), record(message.subarray(2, 60)), record(message.subarray(60))]);
  assert.equal(readClientHello(split)?.serverName, 'a.test');
});

test('a client may send neither', async () => {
  assert.deepEqual(readClientHello(await captureHello({ servername: '' })), { protocols: [] });
});

test('refuses what is no ClientHello', () => {
  for (const text of ['GET / HTTP/1.1\r\n\r\n', 'SSH-2.0-x\r\n', '\x16\x02\x00\x00\x05hello', '\x16\x03\x01\xff\xff', '\x16\x03\x01\x00\x04\x02\x00\x00\x00']) {
    assert.throws(() => readClientHello(Buffer.from(text, 'latin1')), { code: 'TUNNEL_CLIENT_HELLO' }, text);
  }
});

test('damaged hellos are refused or read, never worse', async () => {
  const hello = await captureHello({ servername: 'a.test', ALPNProtocols: ['h2'] });
  fc.assert(
    fc.property(fc.nat(hello.length - 1), fc.nat(255), (at, value) => {
      const damaged = Buffer.from(hello);
      damaged[at] = value;
      try {
        readClientHello(damaged);
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'TUNNEL_CLIENT_HELLO');
      }
    }),
    { numRuns: 2000 },
  );
});
