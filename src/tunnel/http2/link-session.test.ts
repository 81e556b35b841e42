import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { LinkSession } from './link-session.ts';
import type { LinkSessionOptions } from './link-session.ts';
import type { LinkStream } from './link-stream.ts';
import { errorCodes } from './protocol.ts';

const mebibyte = 1024 * 1024;
const options = { maximumStreams: 100, streamWindow: 256 * 1024, linkWindow: mebibyte, onClose: (): void => undefined };
const connectFields = [[':method', 'CONNECT'], [':authority', 'app']] as const;

/** Two ends of a connection on loopback. */
async function pair(t: TestContext, server: Partial<LinkSessionOptions>, client: Partial<LinkSessionOptions> = {}): Promise<{ client: LinkSession; server: LinkSession }> {
  const listener = net.createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const near = net.connect((listener.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(listener, 'connection')) as [net.Socket];
  t.after(() => {
    near.destroy();
    far.destroy();
    listener.close();
  });
  return { server: new LinkSession(far, { ...options, role: 'server', ...server }), client: new LinkSession(near, { ...options, role: 'client', ...client }) };
}

/** Everything a stream brings until it closes. */
function follow(stream: LinkStream): Promise<{ bytes: Buffer; ended: boolean; code: number; status: number | undefined }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let ended = false;
    let status: number | undefined;
    stream.onResponse = (value) => (status = value);
    stream.onData = (bytes) => void chunks.push(bytes);
    stream.onEnd = () => (ended = true);
    stream.resume();
    stream.onClose = (code) => resolve({ bytes: Buffer.concat(chunks), ended, code, status });
  });
}

/** Writes as the stream lets it. */
function pump(stream: LinkStream, bytes: Buffer, piece: number): void {
  let at = 0;
  const write = (): void => {
    while (at < bytes.length) {
      const end = Math.min(bytes.length, at + piece);
      const more = stream.write(bytes.subarray(at, end));
      at = end;
      if (!more && at < bytes.length) return;
    }
    stream.end();
  };
  stream.onDrain = write;
  write();
}

const pattern = (length: number): Buffer => Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 0xff));

test('bytes pass both ways, beyond every window, and the stream ends in good order', async (t) => {
  const large = pattern(5 * mebibyte);
  const served: ReturnType<typeof follow>[] = [];
  const { client } = await pair(t, {
    onStream(stream) {
      assert.equal(stream.headers.get(':authority'), 'app');
      stream.respond(200);
      served.push(follow(stream));
      pump(stream, large, 30_000);
    },
  });
  const streams = [1, 2, 3].map(() => client.open(connectFields));
  const results = streams.map(follow);
  for (const stream of streams) pump(stream, large, 100_001);
  for (const result of await Promise.all(results)) {
    assert.deepEqual([result.ended, result.code, result.status, result.bytes.equals(large)], [true, errorCodes.noError, 200, true]);
  }
  assert.equal(client.activeStreams, 0);
  for (const { bytes, code } of await Promise.all(served)) assert.deepEqual([bytes.equals(large), code], [true, errorCodes.noError]);
});

test('a reader that pauses holds its own stream only, and gets everything when it goes on', async (t) => {
  const large = pattern(2 * mebibyte);
  const { client } = await pair(t, {
    onStream(stream) {
      stream.respond(200);
      pump(stream, large, 65_536);
    },
  });
  const stalled = client.open(connectFields);
  stalled.end();
  const stalledResult = follow(stalled);
  stalled.pause();
  const quick = client.open(connectFields);
  quick.end();
  assert.equal((await follow(quick)).bytes.length, large.length);
  stalled.resume();
  assert.ok((await stalledResult).bytes.equals(large));
});

test('a reader that pauses at the very last bytes is told of the end when it goes on', async (t) => {
  const { client } = await pair(t, {
    onStream(stream) {
      stream.respond(200);
      stream.write(Buffer.from('last'));
      stream.end();
    },
  });
  const stream = client.open(connectFields);
  stream.end();
  const result = follow(stream);
  const { onData } = stream;
  stream.onData = (bytes) => {
    stream.pause();
    onData(bytes);
    setImmediate(() => stream.resume());
  };
  const { bytes, ended, code } = await result;
  assert.deepEqual([bytes.toString(), ended, code], ['last', true, 0]);
});

test('a reset has its code on both sides, and what was queued is dropped', async (t) => {
  let seen: Promise<{ code: number }> | undefined;
  const { client } = await pair(t, {
    onStream(stream) {
      seen = follow(stream);
      stream.reset(0x48420001);
    },
  });
  assert.equal((await follow(client.open(connectFields))).code, 0x48420001);
  assert.equal((await seen)?.code, 0x48420001);
});

test('close ends a stream in good order although the peer has not said its last', async (t) => {
  const { client } = await pair(t, {
    onStream(stream) {
      stream.respond(200);
      stream.write(Buffer.from('last words'));
      stream.close();
    },
  });
  const stream = client.open(connectFields);
  stream.write(Buffer.alloc(mebibyte));
  const { bytes, ended, code } = await follow(stream);
  assert.deepEqual([bytes.toString(), ended, code], ['last words', true, 0]);
});

test('close with a code sends what was written, then the reset', async (t) => {
  const { client } = await pair(t, {
    onStream(stream) {
      stream.respond(200);
      stream.write(Buffer.alloc(mebibyte));
      stream.close(0x48420004);
    },
  });
  const { bytes, ended, code } = await follow(client.open(connectFields));
  assert.deepEqual([bytes.length, ended, code], [mebibyte, false, 0x48420004]);
});

test('a session that is closed lets its streams finish; new ones are refused', async (t) => {
  const closed = Promise.withResolvers<Error | undefined>();
  const served: LinkStream[] = [];
  const { client, server } = await pair(t, { onStream: (stream) => void served.push(stream), onClose: closed.resolve });
  const stream = client.open(connectFields);
  const result = follow(stream);
  while (served.length === 0) await new Promise((resolve) => setImmediate(resolve));
  server.close();
  served[0]?.respond(200);
  served[0]?.write(Buffer.from('still'));
  served[0]?.close();
  const { bytes, code } = await result;
  assert.deepEqual([bytes.toString(), code], ['still', 0]);
  assert.equal(await closed.promise, undefined);
  assert.throws(() => client.open(connectFields), RangeError);
});

test('streams of a session that is destroyed do not end in good order', async (t) => {
  const { client, server } = await pair(t, {
    onStream(stream) {
      stream.respond(200);
      stream.write(Buffer.from('half'));
    },
  });
  const result = follow(client.open(connectFields));
  setImmediate(() => setImmediate(() => setImmediate(() => server.destroy())));
  const { ended, code } = await result;
  assert.deepEqual([ended, code], [false, errorCodes.cancel]);
});

test('windows may grow and shrink while bytes are under way', async (t) => {
  const large = pattern(6 * mebibyte);
  const { client } = await pair(t, {
    onStream(stream) {
      stream.respond(200);
      pump(stream, large, 65_536);
    },
  });
  const stream = client.open(connectFields);
  stream.end();
  const result = follow(stream);
  let seen = 0;
  const { onData } = stream;
  stream.onData = (bytes) => {
    seen += bytes.length;
    onData(bytes);
    if (seen > mebibyte && seen - bytes.length <= mebibyte) client.setWindows(2 * mebibyte, 8 * mebibyte);
    if (seen > 3 * mebibyte && seen - bytes.length <= 3 * mebibyte) client.setWindows(65_536, 8 * mebibyte);
  };
  assert.ok((await result).bytes.equals(large));
});

test('small messages overtake large ones of other streams', async (t) => {
  const order: string[] = [];
  const { client } = await pair(t, {
    onStream(stream) {
      stream.respond(200);
      if (stream.id === 1) pump(stream, Buffer.alloc(8 * mebibyte), 65_536);
      else stream.write(Buffer.from('small'));
    },
  });
  const bulk = client.open(connectFields);
  bulk.end();
  const done = follow(bulk).then(() => order.push('large'));
  const small = client.open(connectFields);
  small.onData = () => order.push('small');
  await done;
  assert.deepEqual(order, ['small', 'large']);
});

async function nodeServer(t: TestContext, settings: http2.Settings = {}): Promise<LinkSession> {
  const server = http2.createServer({ settings });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (headers[':authority'] === 'refused') return stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
    stream.respond({ ':status': 200, 'content-type': 'text/plain', 'x-long': 'Huffman codes are used here ~ '.repeat(20) });
    stream.pipe(stream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  t.after(() => {
    socket.destroy();
    server.close();
  });
  return new LinkSession(socket, { ...options, role: 'client' });
}

test("the runtime's own server understands this client, and the other way round", async (t) => {
  const client = await nodeServer(t);
  const large = pattern(3 * mebibyte);
  const stream = client.open(connectFields);
  const result = follow(stream);
  pump(stream, large, 50_000);
  const { bytes, ended, code, status } = await result;
  assert.deepEqual([bytes.equals(large), ended, code, status], [true, true, 0, 200]);
  assert.equal((await follow(client.open([[':method', 'CONNECT'], [':authority', 'refused']]))).code, errorCodes.refusedStream);
  assert.ok((await new Promise<number>((resolve) => client.ping(resolve))) >= 0);
});

test('a server that takes few streams at a time is respected', async (t) => {
  const client = await nodeServer(t, { maxConcurrentStreams: 1 });
  await new Promise<number>((resolve) => client.ping(resolve));
  client.open(connectFields);
  assert.throws(() => client.open(connectFields), RangeError);
});

test("the runtime's own client understands this server", async (t) => {
  const large = pattern(3 * mebibyte);
  const server = net.createServer((socket) => {
    void new LinkSession(socket, {
      ...options,
      role: 'server',
      onStream(stream) {
        if (stream.headers.get(':authority') === 'no') return stream.reset(0x48420004);
        stream.respond(200);
        stream.onData = (bytes) => {
          if (!stream.write(bytes)) stream.pause();
        };
        stream.onDrain = () => stream.resume();
        stream.onEnd = () => stream.end();
        stream.resume();
      },
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Nothing may be indexed before this side's settings have come.
  const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.after(() => {
    session.destroy();
    server.close();
  });
  await once(session, 'remoteSettings');
  for (let round = 0; round < 3; round += 1) {
    const stream = session.request({ ':method': 'CONNECT', ':authority': 'app.example', 'x-huffman': 'some words & "signs"' }, { endStream: false });
    const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    assert.equal(headers[':status'], 200);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
    stream.end(large);
    await once(stream, 'close');
    assert.ok(Buffer.concat(chunks).equals(large));
    assert.equal(stream.rstCode, 0);
  }
  const refused = session.request({ ':method': 'CONNECT', ':authority': 'no' }, { endStream: false });
  await new Promise((resolve) => refused.on('error', resolve));
  assert.equal(refused.rstCode, 0x48420004);
  assert.ok(await new Promise<boolean>((resolve) => session.ping((error) => resolve(error === null))));
});

test('a window that is made smaller while bytes are on their way does not stop them', async (t) => {
  const opened = Promise.withResolvers<LinkStream>();
  const { client, server } = await pair(t, { streamWindow: 16 * mebibyte, linkWindow: 16 * mebibyte, onStream: (stream) => (stream.respond(200), opened.resolve(stream)) });
  const stream = client.open(connectFields);
  const incoming = await opened.promise;
  let received = 0;
  const waiting: [bytes: number, resolve: () => void][] = [];
  const until = (bytes: number): Promise<void> => new Promise((resolve) => (received >= bytes ? resolve() : waiting.push([bytes, resolve])));
  incoming.onData = (bytes) => {
    received += bytes.length;
    for (const [wanted, resolve] of waiting) if (received >= wanted) resolve();
  };
  incoming.resume();
  // Less than a quarter of the window: not worth an update while it stays as it is.
  stream.write(Buffer.alloc(3 * mebibyte));
  await until(3 * mebibyte);
  server.setWindows(mebibyte, mebibyte);
  await new Promise<number>((resolve) => server.ping(resolve));
  stream.write(Buffer.alloc(5 * mebibyte));
  await until(8 * mebibyte);
});

test('when a stream ends because the peer went away before it began, the session takes no more and has said so', async (t) => {
  const { server, client } = await pair(t, {}, { onGoaway: () => void order.push('goaway') });
  const order: string[] = [];
  server.close();
  const stream = client.open(connectFields);
  stream.onClose = (code) => {
    order.push(`closed ${code}`, `takes more: ${!client.closed}`);
    over.resolve();
  };
  const over = Promise.withResolvers<void>();
  await over.promise;
  assert.deepEqual(order, ['goaway', `closed ${errorCodes.refusedStream}`, 'takes more: false']);
});
