import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createXmlWriter } from './xml-writer.ts';
import { documentLength, streamDocument } from './stream-document.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const piece of stream) found.push(piece);
  return Buffer.concat(found);
}

test('bytes from a source stand in the document as base64, whatever the pieces they come in', async () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 7) % 256));
  for (const length of [0, 1, 2, 3, 4, 999, 1000]) {
    for (const pieceSize of [1, 2, 3, 5, 64, 2000]) {
      const part = bytes.subarray(0, length);
      const writer = createXmlWriter();
      writer.open('a');
      writer.element('before', 'ä & b');
      writer.base64('data', { size: length, chunks: inPieces(part, pieceSize) }, { of: 'it' });
      writer.close();
      const pieces = writer.pieces();
      const written = await whole(streamDocument(pieces));
      assert.equal(written.toString(), `<?xml version="1.0" encoding="utf-8"?><a><before>ä &amp; b</before><data of="it">${part.toString('base64')}</data></a>`);
      assert.equal(documentLength(pieces), written.length);
    }
  }
});

test('a source that gives less than it promised ends in an error, and has no place in a text', async () => {
  const writer = createXmlWriter();
  writer.base64('data', { size: 10, chunks: inPieces(Buffer.alloc(9), 4) });
  await assert.rejects(whole(streamDocument(writer.pieces())), TypeError);
  assert.throws(() => writer.toString(), TypeError);
  const open = createXmlWriter();
  open.base64('data', { chunks: inPieces(Buffer.alloc(9), 4) });
  assert.equal(documentLength(open.pieces()), undefined);
});
