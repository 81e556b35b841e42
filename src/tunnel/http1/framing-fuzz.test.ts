import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { after, before, test } from 'node:test';
import * as fc from 'fast-check';
import { requestBody } from './body-reader.ts';
import { createHeadReader } from './head-reader.ts';
import { createRequestHeadParser } from './request-head.ts';

interface Seen {
  method: string;
  target: string;
  body: string;
}

/** What our framer makes of a connection's bytes, given in pieces; undefined when it refuses them. */
function frame(pieces: readonly Buffer[]): Seen[] | undefined {
  const heads = createHeadReader();
  const parse = createRequestHeadParser();
  const seen: Seen[] = [];
  let current: { head: ReturnType<typeof parse>; reader: ReturnType<typeof requestBody>; raw: Buffer[] } | undefined;
  try {
    for (const piece of pieces) {
      let at = 0;
      while (at < piece.length) {
        if (current === undefined) {
          const read = heads.read(piece, at);
          if (read === undefined) break;
          at = read.end;
          const head = parse(read.bytes);
          current = { head, reader: requestBody(head), raw: [] };
        } else {
          const end = current.reader.read(piece, at);
          current.raw.push(piece.subarray(at, end));
          at = end;
        }
        if (current.reader.done) {
          const raw = Buffer.concat(current.raw).toString('latin1');
          seen.push({ method: current.head.method, target: current.head.target, body: current.head.chunked ? unchunk(raw) : raw });
          current = undefined;
        }
      }
    }
    return current === undefined && !heads.started ? seen : undefined;
  } catch {
    return undefined;
  }
}

/** Joins a chunked body that the reader has already found well-formed. */
function unchunk(raw: string): string {
  let body = '';
  let rest = raw;
  for (;;) {
    const end = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.slice(0, end), 16);
    if (size === 0) return body;
    body += rest.slice(end + 2, end + 2 + size);
    rest = rest.slice(end + 2 + size + 2);
  }
}

let port: number;
let llhttpSeen: Seen[] = [];
const server = createServer({ requireHostHeader: false, keepAliveTimeout: 0 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    llhttpSeen.push({ method: request.method ?? '', target: request.url ?? '', body: Buffer.concat(chunks).toString('latin1') });
    response.end();
  });
  request.on('error', () => undefined);
});
server.on('clientError', (_, socket) => socket.destroy());

before(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** What Node's own parser (llhttp, strict) makes of the same bytes. */
async function parseWithNode(bytes: Buffer): Promise<Seen[]> {
  llhttpSeen = [];
  await new Promise<void>((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.resume();
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
  return llhttpSeen;
}

const piecesOfHeads = fc.constantFrom(
  'Content-Length: 3\r\n',
  'Content-Length: 5\r\n',
  'content-length:0\r\n',
  'Content-Length: 3, 3\r\n',
  'Content-Length: +3\r\n',
  'Content-Length: 3 \r\n',
  'Transfer-Encoding: chunked\r\n',
  'Transfer-Encoding: CHUNKED\r\n',
  'Transfer-Encoding : chunked\r\n',
  'Transfer-Encoding: chunked, identity\r\n',
  'Transfer-Encoding:\tchunked\r\n',
  'Transfer-Encoding: chunked\n',
  'X: y\r\n z\r\n',
  'X: y\rZ: q\r\n',
  'X:\r\n',
  'Connection: keep-alive\r\n',
);
const bodies = fc.constantFrom('', 'abc', 'abcde', '0\r\n\r\n', '3\r\nabc\r\n0\r\n\r\n', '3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n', '3\nabc\r\n0\r\n\r\n', 'A\r\n0123456789\r\n0\r\n\r\n', '03\r\nabc\r\n00\r\n\r\n', '3\r\nabcd\r\n0\r\n\r\n', '\r\n');
const wildRequests = fc
  .record({ method: fc.constantFrom('GET', 'POST', 'PUT'), target: fc.constantFrom('/a', '/b?c=d', '/e%20f'), version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0'), fields: fc.array(piecesOfHeads, { maxLength: 3 }), body: bodies })
  .map(({ method, target, version, fields, body }) => `${method} ${target} ${version}\r\nHost: a\r\n${fields.join('')}\r\n${body}`);

/** Well-formed ones, so that the wild ones have something to hide behind. */
const goodRequests = fc.constantFrom(
  'GET /1 HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc',
  'POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n00\r\nT: u\r\n\r\n',
  'PUT /4 HTTP/1.1\r\nhost:a\t\r\nX: \x80\r\nContent-Length: 0\r\n\r\n\r\n',
  'POST /5 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:CHUNKED\r\n\r\na\r\nGET / HTTP\r\n0\r\n\r\n',
);
const requests = fc.oneof({ weight: 3, arbitrary: goodRequests }, { weight: 1, arbitrary: wildRequests });

test('whatever our framer accepts, Node reads the same way', { timeout: 60_000 }, async () => {
  let accepted = 0;
  let compared = 0;
  const parameters = { numRuns: 1500, seed: 20_261_121 };
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 40 }), async (parts, step) => {
      const bytes = Buffer.from(parts.join(''), 'latin1');
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += step) pieces.push(bytes.subarray(at, at + step));
      const ours = frame(pieces);
      assert.deepEqual(ours, frame([bytes]), 'the framing depends on how the bytes arrive');
      if (ours === undefined) return;
      accepted += 1;
      const theirs = await parseWithNode(bytes);
      compared += theirs.length;
      // A server may stop reading where it closes (HTTP/1.0) and may drop a last request it cannot answer; it must never see another one.
      assert.deepEqual(theirs, ours.slice(0, theirs.length));
    }),
    parameters,
  );
  assert.ok(accepted > 150 && compared > accepted, `${accepted} inputs were accepted, ${compared} requests compared`);
});

test('random damage to good requests never makes the two disagree', { timeout: 60_000 }, async () => {
  const good = 'POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /c HTTP/1.1\r\nHost: a\r\n\r\n';
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: good.length - 1 }), fc.constantFrom('\r', '\n', '\0', ' ', ':', ';', ',', '0', 'f', '\t', 'x', '\x0b', '\x80'), fc.constantFrom('replace', 'insert', 'delete'), async (at, byte, how) => {
      const damaged = Buffer.from(good.slice(0, at) + (how === 'delete' ? '' : byte) + good.slice(how === 'insert' ? at : at + 1), 'latin1');
      const ours = frame([damaged]);
      if (ours === undefined) return;
      const theirs = await parseWithNode(damaged);
      assert.deepEqual(theirs, ours.slice(0, theirs.length));
    }),
    { numRuns: 1500, seed: 7 },
  );
});
