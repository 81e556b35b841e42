import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkStream } from './link-stream.ts';
import { connectionPreface, errorCodes, flags, frameTypes } from './protocol.ts';
import { acceptedBlock, clientGreeting, connectBlock, data, goawayCode, openStream, resetCodes, scriptPeer, settings, uint32, wireFrame } from './wire-fixture.ts';

const { protocolError, flowControlError, streamClosed, frameSizeError, refusedStream, compressionError, enhanceYourCalm, noError } = errorCodes;
const { headers, continuation, rstStream, ping, goaway, windowUpdate, priority, pushPromise } = frameTypes;
const headersOf = (id: number, block: readonly number[] | Buffer, frameFlags: number = flags.endHeaders): Buffer => wireFrame(headers, frameFlags, id, block);
const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
const repeated = (count: number, bytes: Buffer): Buffer => Buffer.concat(Array.from({ length: count }, () => bytes));

/** What ends the connection of an agent, after the greeting, and with which code. */
const connectionErrors: readonly (readonly [what: string, bytes: readonly Buffer[], code: number])[] = [
  ['a frame larger than announced', [wireFrame(frameTypes.data, 0, 1, [], 65_537)], frameSizeError],
  ['data on the connection itself', [data(0, [1])], protocolError],
  ['data for a stream that was never opened', [data(1, [1])], protocolError],
  ['a reset of a stream that was never opened', [wireFrame(rstStream, 0, 1, uint32(8))], protocolError],
  ['a credit for a stream that was never opened', [wireFrame(windowUpdate, 0, 3, uint32(2000))], protocolError],
  ['padding longer than its frame', [openStream(1), data(1, [5, 0, 0], flags.padded)], protocolError],
  ['a padded frame without a length of padding', [openStream(1), data(1, [], flags.padded)], frameSizeError],
  ['padding of fields longer than their frame', [headersOf(1, [200, ...connectBlock], flags.endHeaders | flags.padded)], protocolError],
  ['fields cut off within a priority', [headersOf(1, [0, 0, 0], flags.endHeaders | flags.priority)], protocolError],
  ['a stream of the server opened by the client', [openStream(2)], protocolError],
  ['a continuation of nothing', [wireFrame(continuation, flags.endHeaders, 1, [])], protocolError],
  ['a header block interrupted by another frame', [headersOf(1, connectBlock, 0), wireFrame(ping, 0, 0, Buffer.alloc(8))], protocolError],
  ['a header block in too many pieces', [headersOf(1, connectBlock, 0), repeated(17, wireFrame(continuation, 0, 1, []))], enhanceYourCalm],
  ['a header block without end', [headersOf(1, connectBlock, 0), wireFrame(continuation, 0, 1, Buffer.alloc(16 * 1024))], enhanceYourCalm],
  ['a ping of another size', [wireFrame(ping, 0, 0, Buffer.alloc(7))], frameSizeError],
  ['a ping on a stream', [wireFrame(ping, 0, 1, Buffer.alloc(8))], protocolError],
  ['settings of another size', [wireFrame(frameTypes.settings, 0, 0, Buffer.alloc(5))], frameSizeError],
  ['settings on a stream', [wireFrame(frameTypes.settings, 0, 1, [])], protocolError],
  ['an acknowledgement with content', [wireFrame(frameTypes.settings, flags.ack, 0, Buffer.alloc(6))], frameSizeError],
  ['an acknowledgement of nothing', [repeated(2, wireFrame(frameTypes.settings, flags.ack, 0))], protocolError],
  ['far too many settings at once', [settings(Array.from({ length: 33 }, () => [4, 1] as const))], enhanceYourCalm],
  ['a window beyond 2³¹−1 by a setting', [settings([[4, 2 ** 31]])], flowControlError],
  ['a window beyond 2³¹−1 by a setting, where a credit came before', [openStream(1), wireFrame(windowUpdate, 0, 1, uint32(0x7fff0000)), settings([[4, 0x7fffffff]])], flowControlError],
  ['a frame size below the least', [settings([[5, 16_383]])], protocolError],
  ['a frame size above the most', [settings([[5, 2 ** 24]])], protocolError],
  ['push that is neither on nor off', [settings([[2, 2]])], protocolError],
  ['a push', [wireFrame(pushPromise, flags.endHeaders, 1, Buffer.alloc(8))], protocolError],
  ['a credit of nothing for the connection', [wireFrame(windowUpdate, 0, 0, uint32(0))], protocolError],
  ['a credit beyond 2³¹−1 for the connection', [wireFrame(windowUpdate, 0, 0, uint32(0x7fffffff))], flowControlError],
  ['a credit of another size', [wireFrame(windowUpdate, 0, 0, [0, 0, 1])], frameSizeError],
  ['a reset of another size', [openStream(1), wireFrame(rstStream, 0, 1, [0, 0, 8])], frameSizeError],
  ['a reset of the connection', [wireFrame(rstStream, 0, 0, uint32(8))], protocolError],
  ['a priority of another size', [wireFrame(priority, 0, 1, [0])], frameSizeError],
  ['a parting word of another size', [wireFrame(goaway, 0, 0, [0, 0, 0, 0])], frameSizeError],
  ['a field of the dynamic table', [headersOf(1, [0x80 | 62])], compressionError],
  ['a field named by the dynamic table', [headersOf(1, [0x40 | 62, 1, 0x61])], compressionError],
  ['a field with index 0', [headersOf(1, [0x80])], compressionError],
  ['a number without end', [headersOf(1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])], compressionError],
  ['a string longer than its block', [headersOf(1, [0x00, 0x7f, 0xff, 0x7f])], compressionError],
  ['a block cut off within a field', [headersOf(1, connectBlock.subarray(0, -2))], compressionError],
  ['a table size after a field', [headersOf(1, [...connectBlock, 0x20])], compressionError],
  ['a table of megabytes', [headersOf(1, [0x3f, 0xe1, 0xff, 0x7f])], compressionError],
  ['padding of a Huffman code longer than a byte', [headersOf(1, [0x02, 0x82, 0xff, 0xff])], compressionError],
  ['padding of a Huffman code that is not of ones', [headersOf(1, [0x02, 0x81, 0x18])], compressionError],
  ['hundreds of fields out of a few bytes', [headersOf(1, Buffer.alloc(400, 0x87))], enhanceYourCalm],
];

for (const [what, bytes, code] of connectionErrors) {
  test(`a link ends with the right code: ${what}`, async () => {
    const peer = scriptPeer('server');
    await peer.say(clientGreeting);
    await peer.say(Buffer.concat(bytes));
    assert.equal(goawayCode(peer.answers()), code);
    assert.ok((await peer.closed) instanceof Error);
    assert.equal(peer.session.activeStreams, 0);
  });
}

test('a link whose other end does not begin as HTTP/2 does ends at once', async () => {
  for (const bytes of [Buffer.from('GET / HTTP/1.1\r\n'), Buffer.concat([connectionPreface, openStream(1)]), Buffer.concat([connectionPreface, wireFrame(frameTypes.settings, flags.ack, 0)])]) {
    const peer = scriptPeer('server');
    await peer.say(bytes);
    assert.equal(goawayCode(peer.answers()), protocolError);
  }
});

/** What ends one stream only; another one, opened afterwards, works. */
const streamErrors: readonly (readonly [what: string, bytes: readonly Buffer[], code: number])[] = [
  ['data after the end', [openStream(1), data(1, [1], flags.endStream), data(1, [2])], streamClosed],
  ['fields after the end', [openStream(1), data(1, [], flags.endStream), headersOf(1, connectBlock)], streamClosed],
  ['fields in the middle that are no trailers', [openStream(1), headersOf(1, connectBlock)], protocolError],
  ['more data than its window', [openStream(1), data(1, Buffer.alloc(64 * 1024)), data(1, [1])], flowControlError],
  ['more padding than its window', [openStream(1), data(1, Buffer.alloc(64 * 1024)), data(1, [1, 0], flags.padded)], flowControlError],
  ['a credit of nothing', [openStream(1), wireFrame(windowUpdate, 0, 1, uint32(0))], protocolError],
  ['a credit beyond 2³¹−1', [openStream(1), wireFrame(windowUpdate, 0, 1, uint32(0x7fffffff))], flowControlError],
  ['a request without a method', [headersOf(1, [0x01, 3, 0x61, 0x61, 0x61])], protocolError],
  ['CONNECT with a path', [headersOf(1, Buffer.concat([connectBlock, Buffer.from([0x84])]))], protocolError],
  ['a pseudo-header twice', [headersOf(1, Buffer.concat([connectBlock, connectBlock]))], protocolError],
  ['a pseudo-header after a field', [headersOf(1, Buffer.concat([Buffer.from([0]), text('a'), text('b'), connectBlock]))], protocolError],
  ['a field of the connection', [headersOf(1, Buffer.concat([connectBlock, Buffer.from([0]), text('transfer-encoding'), text('chunked')]))], protocolError],
  ['a field name in capitals', [headersOf(1, Buffer.concat([connectBlock, Buffer.from([0]), text('Name'), text('b')]))], protocolError],
  ['a line break within a field', [headersOf(1, Buffer.concat([connectBlock, Buffer.from([0]), text('a'), text('b\r\nc: d')]))], protocolError],
];

for (const [what, bytes, code] of streamErrors) {
  test(`a stream ends with the right code, and the link stays: ${what}`, async () => {
    const opened: LinkStream[] = [];
    const peer = scriptPeer('server', { onStream: (stream) => void opened.push(stream) });
    await peer.say(clientGreeting);
    await peer.say(Buffer.concat([...bytes, openStream(3), data(3, Buffer.from('still here'))]));
    const answers = peer.answers();
    assert.equal(goawayCode(answers), undefined);
    assert.deepEqual(resetCodes(answers), { 1: code });
    assert.deepEqual([peer.session.activeStreams, opened.at(-1)?.id], [1, 3]);
    const seen = Promise.withResolvers<string>();
    const last = opened.at(-1) as LinkStream;
    last.onData = (received) => seen.resolve(received.toString());
    last.resume();
    assert.equal(await seen.promise, 'still here');
  });
}

test('an answer that an agent must not give ends its stream only', async () => {
  const answered = [
    [[data(1, [1])], protocolError],
    [[headersOf(1, [0x08, 3, 0x31, 0x30, 0x31])], protocolError],
    [[headersOf(1, [0x08, 3, 0x30, 0x30, 0x30])], protocolError],
    [[headersOf(1, acceptedBlock), headersOf(1, acceptedBlock)], protocolError],
  ] as const;
  for (const [bytes, code] of answered) {
    const peer = scriptPeer('client');
    const ends = Promise.withResolvers<number>();
    const stream = peer.session.open([[':method', 'CONNECT'], [':authority', 'app']]);
    stream.onClose = ends.resolve;
    await peer.say(Buffer.concat([settings(), ...bytes]));
    assert.equal(await ends.promise, code);
    assert.deepEqual(resetCodes(peer.answers()), { 1: code });
    assert.equal(peer.session.closed, false);
  }
});

test('more streams than announced are refused, each by itself', async () => {
  const peer = scriptPeer('server', { maximumStreams: 2 });
  await peer.say(Buffer.concat([clientGreeting, openStream(1), openStream(3), openStream(5), openStream(7), wireFrame(rstStream, 0, 1, uint32(8)), openStream(9)]));
  assert.deepEqual(resetCodes(peer.answers()), { 5: refusedStream, 7: refusedStream });
  assert.equal(peer.session.activeStreams, 2);
});

const floods: readonly (readonly [what: string, one: Buffer])[] = [
  ['pings', wireFrame(ping, 0, 0, Buffer.alloc(8))],
  ['answers to no ping', wireFrame(ping, flags.ack, 0, Buffer.alloc(8))],
  ['settings', settings()],
  ['empty data', data(1, [])],
  ['data that is only padding', data(1, [0], flags.padded)],
  ['credits of a byte', wireFrame(windowUpdate, 0, 0, uint32(1))],
  ['priorities', wireFrame(priority, 0, 1, [0, 0, 0, 0, 1])],
  ['frames of no known type', wireFrame(0xee, 0, 0, Buffer.alloc(100))],
  ['parting words', wireFrame(goaway, 0, 0, [0, 0, 0, 1, 0, 0, 0, 0])],
];

for (const [what, one] of floods) {
  test(`a flood ends the link: ${what}`, async () => {
    const peer = scriptPeer('server', { now: () => 0, onStream: (stream) => stream.resume() });
    await peer.say(Buffer.concat([clientGreeting, openStream(1)]));
    await peer.say(repeated(1900, one));
    assert.equal(goawayCode(peer.answers()), undefined);
    await peer.say(repeated(200, one));
    assert.equal(goawayCode(peer.answers()), enhanceYourCalm);
    await peer.closed;
  });
}

test('streams that are opened and reset at once leave nothing behind, and the link stays', async () => {
  let opened = 0;
  const ended: number[] = [];
  const peer = scriptPeer('server', {
    onStream(stream) {
      opened += 1;
      stream.onClose = (code) => void ended.push(code);
    },
  });
  await peer.say(clientGreeting);
  for (let batch = 0; batch < 20; batch += 1) {
    const frames: Buffer[] = [];
    for (let index = 0; index < 1000; index += 1) {
      const id = (batch * 1000 + index) * 2 + 1;
      frames.push(openStream(id), wireFrame(rstStream, 0, id, uint32(8)));
    }
    await peer.say(Buffer.concat(frames));
  }
  assert.deepEqual([opened, ended.length, new Set(ended).size, peer.session.activeStreams], [20_000, 20_000, 1, 0]);
  assert.equal(goawayCode(peer.answers()), undefined);
  assert.equal(peer.session.closed, false);
});

test('a peer that asks and does not listen is given up before its answers fill memory', async () => {
  // Each request is malformed and asks for a reset; no frame of them counts as empty.
  const peer = scriptPeer('server', { deaf: true });
  await peer.say(clientGreeting);
  let sent = 0;
  for (; sent < 200_000 && !peer.session.closed; sent += 1000) {
    await peer.say(Buffer.concat(Array.from({ length: 1000 }, (_, index) => headersOf((sent + index) * 2 + 1, [0x84]))));
  }
  assert.ok(sent < 50_000, `${sent} answers`);
  assert.equal((await peer.closed)?.message, 'too many answers wait for a peer that does not read');
});

test('the window of the link holds for all streams together', async () => {
  const peer = scriptPeer('server', { streamWindow: 64 * 1024, linkWindow: 65_535 });
  await peer.say(clientGreeting);
  // Nothing is taken, so that each stream may hold its window; the connection's is given back as data comes.
  const full = data(1, Buffer.alloc(60_000));
  await peer.say(Buffer.concat([openStream(1), openStream(3), full]));
  assert.equal(goawayCode(peer.answers()), undefined);
  // More than the whole window of the connection in one frame, before it can have been given back.
  const small = scriptPeer('server', { streamWindow: 128 * 1024, linkWindow: 32 * 1024 });
  await small.say(Buffer.concat([clientGreeting, openStream(1), data(1, Buffer.alloc(65_536))]));
  assert.equal(goawayCode(small.answers()), flowControlError);
});

test('a window of the link that is made smaller comes about as data arrives, and is given back in parts from then on', async () => {
  const peer = scriptPeer('server', { streamWindow: 1024 * 1024, linkWindow: 512 * 1024, onStream: (stream) => stream.resume() });
  await peer.say(Buffer.concat([clientGreeting, openStream(1)]));
  peer.session.setWindows(1024 * 1024, 128 * 1024);
  const granted = (): number => peer.answers().filter((answer) => answer.type === frameTypes.windowUpdate && answer.streamId === 0).reduce((sum, answer) => sum + answer.payload.readUInt32BE(0), 65_535);
  let sent = 0;
  const send = async (bytes: number): Promise<number> => {
    for (const end = sent + bytes; sent < end; sent += 16 * 1024) await peer.say(data(1, Buffer.alloc(16 * 1024)));
    return granted() - sent;
  };
  // What had been granted is used up first.
  assert.equal(await send(384 * 1024), 128 * 1024);
  // Then no more than the new window may be on its way, and no less than three quarters of it.
  for (let step = 0; step < 20; step += 1) {
    const open = await send(16 * 1024);
    assert.ok(open <= 128 * 1024 && open > 96 * 1024, `${open} bytes`);
  }
  peer.session.setWindows(1024 * 1024, 512 * 1024);
  assert.equal(await send(16 * 1024), 512 * 1024 - 16 * 1024);
  assert.equal(goawayCode(peer.answers()), undefined);
});

test('what comes after the end of a link is not looked at', async () => {
  let opened = 0;
  const peer = scriptPeer('server', { onStream: () => void (opened += 1) });
  await peer.say(Buffer.concat([clientGreeting, openStream(1), data(0, [1]), openStream(3), Buffer.alloc(100_000, 0xff)]));
  await peer.say(openStream(5));
  assert.deepEqual([opened, goawayCode(peer.answers())], [1, protocolError]);
  assert.notEqual(goawayCode(peer.answers()), noError);
});
