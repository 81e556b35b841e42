import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeHeaders, encodeHeaders } from './hpack.ts';
import type { HeaderPair } from './hpack.ts';
import { HeldBytes } from './held-bytes.ts';
import { decodeHuffman } from './huffman.ts';
import type { LinkStream } from './link-stream.ts';
import { errorCodes, flags, frameTypes, ProtocolViolation } from './protocol.ts';
import { clientGreeting, connectBlock, data, openStream, scriptPeer, settings, uint32, wireFrame } from './wire-fixture.ts';

const seed = 20261121;
const parameters = { seed, numRuns: 400 };
const codes = new Set<number>(Object.values(errorCodes));

const id = fc.constantFrom(0, 1, 1, 3, 3, 5, 7, 2, 9);
const frame: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 4, arbitrary: id.map((stream) => openStream(stream)) },
  { weight: 6, arbitrary: fc.tuple(id, fc.uint8Array({ maxLength: 300 }), fc.constantFrom(0, 0, 0, flags.endStream, flags.padded)).map(([stream, bytes, flag]) => data(stream, Buffer.from(bytes), flag)) },
  { weight: 2, arbitrary: fc.tuple(id, fc.integer({ min: 0, max: 0xffff })).map(([stream, code]) => wireFrame(frameTypes.rstStream, 0, stream, uint32(code))) },
  { weight: 2, arbitrary: fc.tuple(id, fc.constantFrom(1, 2000, 65_536, 0x7fffffff)).map(([stream, increment]) => wireFrame(frameTypes.windowUpdate, 0, stream, uint32(increment))) },
  { weight: 2, arbitrary: fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom(0, 1, 16_384, 65_535, 1_000_000)), { maxLength: 6 }).map((entries) => settings(entries)) },
  { weight: 2, arbitrary: fc.tuple(id, fc.nat({ max: connectBlock.length })).map(([stream, cut]) => Buffer.concat([wireFrame(frameTypes.headers, 0, stream, connectBlock.subarray(0, cut)), wireFrame(frameTypes.continuation, flags.endHeaders, stream, connectBlock.subarray(cut))])) },
  { weight: 1, arbitrary: fc.tuple(id, fc.uint8Array({ maxLength: 60 })).map(([stream, block]) => wireFrame(frameTypes.headers, flags.endHeaders, stream, Buffer.from(block))) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 0, max: 12 }), fc.nat({ max: 255 }), id, fc.uint8Array({ maxLength: 40 })).map(([type, flag, stream, bytes]) => wireFrame(type, flag, stream, Buffer.from(bytes))) },
);

/** What an agent's end makes of a connection's bytes: its events in order, and whether the connection survives them. */
async function serve(pieces: readonly Buffer[]): Promise<string[]> {
  const events: string[] = [];
  const received = new Map<number, string>();
  const open = new Set<LinkStream>();
  const peer = scriptPeer('server', {
    now: () => 0,
    onStream(stream) {
      open.add(stream);
      stream.onData = (bytes) => void received.set(stream.id, (received.get(stream.id) ?? '') + bytes.toString('hex'));
      stream.onEnd = () => events.push(`end ${stream.id}`);
      stream.onClose = (code) => {
        assert.ok(open.delete(stream), 'a stream is closed once');
        events.push(`close ${stream.id} ${code}`);
      };
      stream.respond(200);
      stream.write(Buffer.from('answer'));
      stream.resume();
    },
  });
  await peer.say(clientGreeting);
  for (const piece of pieces) await peer.say(piece);
  const alive = !peer.session.closed;
  if (!alive) {
    const error = await peer.closed;
    events.push(`over: ${error?.message ?? 'in good order'}`);
    assert.equal(open.size, 0, 'no stream outlives its link');
  }
  assert.equal(peer.session.activeStreams, open.size);
  for (const answer of peer.answers()) if (answer.type === frameTypes.goaway) assert.ok(codes.has(answer.payload.readUInt32BE(4)));
  return [...events.filter((event) => !event.startsWith('close')), ...events.filter((event) => event.startsWith('close')).toSorted(), ...[...received].map(([stream, hex]) => `${stream} ${hex}`)];
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
}

test('whatever frames a peer sends, in whatever pieces: the same comes out, or the link ends by the rules', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 20 }), fc.array(fc.nat(), { maxLength: 6 }), async (frames, places) => {
      const bytes = Buffer.concat(frames);
      assert.deepEqual(await serve(cut(bytes, places)), await serve([bytes]));
    }),
    parameters,
  );
});

test('bytes that were changed on the way end in a violation or are taken; nothing else is thrown', async () => {
  const sound = Buffer.concat([openStream(1), data(1, Buffer.alloc(200)), openStream(3), settings([[4, 70_000]]), data(3, [1, 2], flags.endStream), wireFrame(frameTypes.windowUpdate, 0, 1, uint32(5000)), data(1, [9], flags.endStream)]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: sound.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 }), async (changes) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      await serve([bytes]);
    }),
    parameters,
  );
});

test('a header block of random bytes is read within its limits or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        const fields = decodeHeaders(Buffer.from(bytes));
        assert.ok(fields.length <= 64);
        assert.ok(fields.reduce((weight, [name, value]) => weight + name.length + value.length, 0) <= 16 * 1024);
      } catch (error) {
        assert.ok(error instanceof ProtocolViolation);
      }
    }),
    { seed, numRuns: 20_000 },
  );
});

test('every list of fields comes back as it was written', () => {
  const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 200 });
  const pair = fc.oneof(fc.tuple(latin1, latin1), fc.constantFrom<HeaderPair>([':method', 'POST'], [':status', '200'], ['cookie', 'a'], [':path', '/']));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 20 }), fc.boolean(), (fields, first) => {
      assert.deepEqual(decodeHeaders(encodeHeaders(fields, first)), fields);
    }),
    { seed, numRuns: 2000 },
  );
});

test('Huffman codes are read as RFC 7541 has them', () => {
  // Appendix C.4 and C.6.
  const examples = [
    ['f1e3c2e5f23a6ba0ab90f4ff', 'www.example.com'],
    ['a8eb10649cbf', 'no-cache'],
    ['25a849e95ba97d7f', 'custom-key'],
    ['25a849e95bb8e8b4bf', 'custom-value'],
    ['6402', '302'],
    ['aec3771a4b', 'private'],
    ['d07abe941054d444a8200595040b8166e082a62d1bff', 'Mon, 21 Oct 2013 20:13:21 GMT'],
    ['9d29ad171863c78f0b97c8e9ae82ae43d3', 'https://www.example.com'],
    ['94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
  ] as const;
  for (const [hex, text] of examples) assert.equal(decodeHuffman(Buffer.from(hex, 'hex')), text);
});

test('what waits for a reader comes back in order, and costs about what it weighs however finely it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(1, 3, 100, 4000, 5000, 16_384), { minLength: 1, maxLength: 300 }), (lengths) => {
      const held = new HeldBytes();
      let value = 0;
      const weight = lengths.reduce((sum, length) => sum + length, 0);
      for (const length of lengths) {
        // As a socket brings it: a slice of something larger.
        held.add(Buffer.alloc(65_536).subarray(0, length).fill((value += 1)), length + 1);
      }
      const blocks = new Map<ArrayBufferLike, number>();
      const bytes: Buffer[] = [];
      let windowBytes = 0;
      for (let piece = held.take(); piece !== undefined; piece = held.take()) {
        bytes.push(piece.bytes);
        windowBytes += piece.windowBytes;
        blocks.set(piece.bytes.buffer, piece.bytes.buffer.byteLength);
      }
      const whole = Buffer.concat(bytes);
      let at = 0;
      for (const [index, length] of lengths.entries()) {
        assert.ok(whole.subarray(at, at + length).every((byte) => byte === (index + 1) % 256));
        at += length;
      }
      assert.deepEqual([whole.length, windowBytes, held.empty], [weight, weight + lengths.length, true]);
      const pinned = [...blocks.values()].reduce((sum, size) => sum + size, 0);
      assert.ok(pinned <= 17 * weight + 2 * 65_536, `${pinned} bytes for ${weight}`);
    }),
    { seed, numRuns: 100 },
  );
});
