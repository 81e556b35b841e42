import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ApplicationView } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;
let application: ApplicationView;
let host: string;
let reached = 0;

before(async () => {
  world = await startTunnelWorld();
  const target = await world.startTarget((request, response) => {
    reached += 1;
    request.resume();
    response.end('reached');
  });
  application = await world.publish(target.url);
  host = new URL(application.externalUrl).hostname;
  await world.startAgent();
});
after(() => world.close());

/** What must never reach a target. `H` stands for the right Host line. */
const corpus: readonly (readonly [name: string, request: string, status: number])[] = [
  ['Content-Length and Transfer-Encoding', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ['two different lengths', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd', 400],
  ['two equal lengths', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd', 400],
  ['a list of lengths', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4, 4\r\n\r\nabcd', 400],
  ['a signed length', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: +4\r\n\r\nabcd', 400],
  ['a negative length', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: -4\r\n\r\nabcd', 400],
  ['a hexadecimal length', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 0x4\r\n\r\nabcd', 400],
  ['a length beyond all numbers', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 99999999999999999999\r\n\r\nabcd', 400],
  ['an empty length', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length:\r\n\r\nabcd', 400],
  ['a blank before the colon', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n', 400],
  ['an encoding of identity', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: identity\r\n\r\n', 400],
  ['gzip before chunked', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n', 400],
  ['chunked twice', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ['chunked spelt oddly', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', 400],
  ['a vertical tab in the encoding', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n', 400],
  ['an encoding in HTTP/1.0', 'POST /EWS/ HTTP/1.0\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ['a folded header', 'POST /EWS/ HTTP/1.1\r\nH\r\nX: a\r\n b\r\n\r\n', 400],
  ['a bare line feed', 'GET /EWS/ HTTP/1.1\nH\n\n', 400],
  ['a bare line feed among good lines', 'GET /EWS/ HTTP/1.1\r\nH\r\nX: a\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ['a bare carriage return', 'GET /EWS/ HTTP/1.1\r\nH\r\nX: a\rY: b\r\n\r\n', 400],
  ['a zero byte', 'GET /EWS/ HTTP/1.1\r\nH\r\nX: a\0b\r\n\r\n', 400],
  ['a control character in a name', 'GET /EWS/ HTTP/1.1\r\nH\r\nX\x01: a\r\n\r\n', 400],
  ['an empty name', 'GET /EWS/ HTTP/1.1\r\nH\r\n: a\r\n\r\n', 400],
  ['no Host', 'GET /EWS/ HTTP/1.1\r\nX: y\r\n\r\n', 400],
  ['two Hosts', 'GET /EWS/ HTTP/1.1\r\nH\r\nHost: evil.test\r\n\r\n', 400],
  ['a Host that is none', 'GET /EWS/ HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
  ['a Host with user', 'GET /EWS/ HTTP/1.1\r\nHost: me@evil.test\r\n\r\n', 400],
  ['a URL for another host', 'GET https://evil.test/EWS/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a blank in the target', 'GET /EWS/ x HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a fragment in the target', 'GET /EWS/#x HTTP/1.1\r\nH\r\n\r\n', 400],
  ['HTTP/1.2', 'GET /EWS/ HTTP/1.2\r\nH\r\n\r\n', 505],
  ['HTTP/2.0 in disguise', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
  ['HTTP/0.9', 'GET /EWS/\r\n\r\n', 400],
  ['Connection takes Host away', 'GET /EWS/ HTTP/1.1\r\nH\r\nConnection: host\r\n\r\n', 400],
  ['Connection takes the length away', 'POST /EWS/ HTTP/1.1\r\nH\r\nConnection: content-length\r\nContent-Length: 0\r\n\r\n', 400],
  ['a chunk size that is no number', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400],
  ['a chunk size with 0x', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk size with a sign', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk size that overflows', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n', 400],
  ['a blank behind the chunk size', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk size line with a bare line feed', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n', 400],
  ['a line feed hidden in a chunk extension', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5;\nx\r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk longer than its size', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n', 400],
  ['a length as trailer', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 4\r\n\r\n', 400],
  ['a chunk extension without end', `POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5;${'x'.repeat(9000)}\r\nhello\r\n0\r\n\r\n`, 400],
  ['chunked in quotes', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n', 400],
  ['chunked with a parameter', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n', 400],
  ['chunked before identity', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n', 400],
  ['chunked behind a comma', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n', 400],
  ['chunked twice in one line', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n', 400],
  ['an encoding and another one that is not', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\nTransfer-encoding: cow\r\n\r\n0\r\n\r\n', 400],
  ['an empty encoding', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding:\r\n\r\n0\r\n\r\n', 400],
  ['a no-break space before chunked', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: \xa0chunked\r\n\r\n0\r\n\r\n', 400],
  ['a form feed behind chunked', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\x0c\r\n\r\n0\r\n\r\n', 400],
  ['a zero byte behind chunked', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\0\r\n\r\n0\r\n\r\n', 400],
  ['chunked on a line of its own', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n', 400],
  ['an encoding behind a bare carriage return', 'POST /EWS/ HTTP/1.1\r\nH\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ['an encoding spelt with an underscore', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer_Encoding: chunked\r\nConnection: close\r\n\r\n', 400],
  ['a length spelt with an underscore', 'GET /EWS/ HTTP/1.1\r\nH\r\nContent_Length: 30\r\nConnection: close\r\n\r\n', 400],
  ['a zero byte in the name of the encoding', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding\0: chunked\r\n\r\n0\r\n\r\n', 400],
  ['a tab before the colon', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length\t: 4\r\n\r\nabcd', 400],
  ['a blank before the first name', 'GET /EWS/ HTTP/1.1\r\n X: y\r\nH\r\n\r\n', 400],
  ['a line without a colon', 'GET /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding\r\n\r\n', 400],
  ['two lengths, one of them masked by a blank', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4\r\nContent-Length : 5\r\n\r\nabcd', 400],
  ['a length with a fraction', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4.0\r\n\r\nabcd', 400],
  ['a length with an exponent', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4e0\r\n\r\nabcd', 400],
  ['a length with a separator', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 0_4\r\n\r\nabcd', 400],
  ['a length of two words', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: 4 4\r\n\r\nabcd', 400],
  ['a length in quotes', 'POST /EWS/ HTTP/1.1\r\nH\r\nContent-Length: "4"\r\n\r\nabcd', 400],
  ['an expectation of something else', 'POST /EWS/ HTTP/1.1\r\nH\r\nExpect: y 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n', 400],
  ['two expectations', 'POST /EWS/ HTTP/1.1\r\nH\r\nExpect: 100-continue\r\nExpect: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\n', 400],
  ['HTTP/2 behind another upgrade', 'GET /EWS/ HTTP/1.1\r\nH\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: websocket, h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAA\r\n\r\n', 400],
  ['a tab in the request line', 'GET\t/EWS/\tHTTP/1.1\r\nH\r\n\r\n', 400],
  ['a blank behind the version', 'GET /EWS/ HTTP/1.1 \r\nH\r\n\r\n', 400],
  ['two blanks behind the method', 'GET  /EWS/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a blank before the method', ' GET /EWS/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a method that is none', 'G@T{} /EWS/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a version with another digit', 'GET /EWS/ HTTP/1.10\r\nH\r\n\r\n', 400],
  ['a version in small letters', 'GET /EWS/ http/1.1\r\nH\r\n\r\n', 400],
  ['another protocol', 'GET /EWS/ ICAP/1.1\r\nH\r\n\r\n', 400],
  ['raw bytes in the target', 'GET /EWS/\xc3\xa9 HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a target without a slash', 'GET EWS/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a target that is a query only', 'GET ?x HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a URL of another scheme', 'GET ftp://h/EWS/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['an encoded line break in the path', 'GET /EWS/%0d%0aX:y HTTP/1.1\r\nH\r\nConnection: close\r\n\r\n', 400],
  ['an encoded zero byte in the path', 'GET /EWS/%00 HTTP/1.1\r\nH\r\nConnection: close\r\n\r\n', 400],
  ['an empty Host', 'GET /EWS/ HTTP/1.1\r\nHost:\r\n\r\n', 400],
  ['a Host with a path', 'GET /EWS/ HTTP/1.1\r\nHost: a.test/EWS\r\n\r\n', 400],
  ['a Host with a port that is none', 'GET /EWS/ HTTP/1.1\r\nHost: a.test:44x\r\n\r\n', 400],
  ['a Host with a comma', 'GET /EWS/ HTTP/1.1\r\nHost: a.test,b.test\r\n\r\n', 400],
  ['Host in two spellings', 'GET /EWS/ HTTP/1.1\r\nH\r\nhOST: a.test\r\n\r\n', 400],
  ['Connection takes the credentials away', 'GET /EWS/ HTTP/1.1\r\nH\r\nConnection: authorization\r\nAuthorization: Basic eDp5\r\n\r\n', 400],
  ['a chunk that ends in a line feed only', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\n0\r\n\r\n', 400],
  ['a chunk that ends in a carriage return only', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r0\r\n\r\n', 400],
  ['a chunk that ends in two other bytes', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n', 400],
  ['a carriage return in a chunk extension', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n5;a\rX\r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk size with a plus', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk size with a blank in front', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n 5\r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk size with a separator', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0_5\r\nhello\r\n0\r\n\r\n', 400],
  ['a chunk size of many zeros', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n00000000000000005\r\nhello\r\n0\r\n\r\n', 400],
  ['an empty chunk size', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n', 400],
  ['an end of chunks with line feeds only', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\n\n', 400],
  ['a trailer with a bare line feed', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\n\r\n', 400],
  ['a Host as trailer', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nHost: evil.test\r\n\r\n', 400],
  ['an encoding as trailer', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ['an address of the client as trailer', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n', 400],
  ['the same with underscores', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX_Forwarded_For: 10.0.0.1\r\n\r\n', 400],
  ['Forwarded as trailer', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nForwarded: for=10.0.0.1\r\n\r\n', 400],
  ['credentials as trailer', 'POST /EWS/ HTTP/1.1\r\nH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: Basic eDp5\r\n\r\n', 400],
  ['too many fields', `GET /EWS/ HTTP/1.1\r\nH\r\n${'X: y\r\n'.repeat(300)}\r\n`, 431],
  ['too large a field', `GET /EWS/ HTTP/1.1\r\nH\r\nX: ${'y'.repeat(200_000)}\r\n\r\n`, 431],
  ['CONNECT', 'CONNECT /EWS/ HTTP/1.1\r\nH\r\n\r\n', 405],
  ['TRACE', 'TRACE /EWS/ HTTP/1.1\r\nH\r\n\r\n', 405],
  ['dot segments', 'GET /EWS/../owa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['encoded dot segments', 'GET /EWS/%2e%2e/owa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['an encoded slash', 'GET /EWS/..%2fowa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a doubly encoded slash', 'GET /EWS/%252e%252e/owa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['a backslash', 'GET /EWS/..\\owa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['an encoded backslash', 'GET /EWS/..%5cowa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['dots with a parameter', 'GET /EWS/..;x/owa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['an overlong slash', 'GET /EWS/..%c0%afowa/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['the %u form of a slash', 'GET /EWS/%u002e%u002e/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['two slashes in front', 'GET //EWS/ HTTP/1.1\r\nH\r\n\r\n', 400],
  ['another virtual directory', 'GET /owa/ HTTP/1.1\r\nH\r\n\r\n', 403],
  ['one that only begins alike', 'GET /EWSX/ HTTP/1.1\r\nH\r\n\r\n', 403],
  ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nH\r\n\r\n', 403],
];

for (const [name, request, status] of corpus) {
  test(`refuses ${name}`, async () => {
    const before = reached;
    const withClose = status === 403 || status === 405 ? request.replace('\r\nH\r\n', '\r\nH\r\nConnection: close\r\n') : request;
    const answer = await world.exchange(application, Buffer.from(withClose.replace('\r\nH\r\n', `\r\nHost: ${host}\r\n`).replace('\nH\n', `\nHost: ${host}\n`), 'latin1'));
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} .*x-hybridge-error: RELAY_`, 's'));
    assert.equal(reached, before);
  });
}

test('bytes behind a refused request are not taken for another request', async () => {
  const answer = await world.exchange(application, `POST /EWS/ HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /EWS/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1);
});

/** Answers that must not reach a client as they are. */
const answers: readonly (readonly [name: string, answer: string])[] = [
  ['both framings', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
  ['a folded field', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n'],
  ['a bare line feed', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
  ['an upgrade that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ['an upgrade to something that was not offered', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'],
  ['a blank before a colon', 'HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\nabcd'],
  ['an encoding that nobody knows', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n'],
  ['a bare carriage return', 'HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b\r\nContent-Length: 0\r\n\r\n'],
  ['a zero byte', 'HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n'],
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
  ['interim answers without end', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(40)],
];

for (const [name, bytes] of answers) {
  test(`answers 502 for a target's answer with ${name}`, async () => {
    const url = await world.startRawTarget((socket) => socket.once('data', () => socket.write(bytes)));
    const other = await world.publish(url);
    const otherHost = new URL(other.externalUrl).hostname;
    const answer = await world.exchange(other, `GET /EWS/ HTTP/1.1\r\nHost: ${otherHost}\r\n${name.includes('not offered') ? 'Connection: Upgrade, close\r\nUpgrade: websocket' : 'Connection: close'}\r\n\r\n`);
    assert.match(answer, /HTTP\/1\.1 502 .*x-hybridge-error: RELAY_TARGET_RESPONSE_INVALID/s);
  });
}

test('bytes that a target sends unasked are never given to the next request', async () => {
  const url = await world.startRawTarget((socket) =>
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngoodHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil')),
  );
  const other = await world.publish(url);
  const otherHost = new URL(other.externalUrl).hostname;
  const answer = await world.exchange(other, `GET /EWS/1 HTTP/1.1\r\nHost: ${otherHost}\r\n\r\nGET /EWS/2 HTTP/1.1\r\nHost: ${otherHost}\r\nConnection: close\r\n\r\n`);
  assert.equal(answer.match(/good/g)?.length, 2);
  assert.doesNotMatch(answer, /evil/);
});

test('a target that takes a body for a request (CL.0) can only confuse the client that sent it', async () => {
  // It answers heads and never looks at lengths: each body is its next "request".
  const url = await world.startRawTarget((socket) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
        const path = /^\S+ (\S+)/.exec(text)?.[1] ?? '';
        text = text.slice(end + 4);
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`);
      }
    });
  });
  const other = await world.publish(url);
  const otherHost = new URL(other.externalUrl).hostname;
  const smuggled = 'GET /EWS/smuggled HTTP/1.1\r\nX: y\r\n\r\n';
  const attack = world.exchange(other, `POST /EWS/attack HTTP/1.1\r\nHost: ${otherHost}\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}GET /EWS/after HTTP/1.1\r\nHost: ${otherHost}\r\nConnection: close\r\n\r\n`);
  const victims = await Promise.all(Array.from({ length: 20 }, (_, number) => world.request(other, `/EWS/victim/${number}`)));
  assert.deepEqual(victims.map(({ body }) => String(body)), Array.from({ length: 20 }, (_, number) => `/EWS/victim/${number}`));
  assert.match(await attack, /\/EWS\/attack/);
  assert.equal(String((await world.request(other, '/EWS/victim/last')).body), '/EWS/victim/last');
});

test('a Connection field takes nothing away that relay or agent add, and no forged address passes', async () => {
  const url = await world.startRawTarget((socket) => socket.on('data', (chunk: Buffer) => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${chunk.length}\r\n\r\n${chunk.toString('latin1')}`)));
  const other = await world.publish(url);
  const otherHost = new URL(other.externalUrl).hostname;
  const seen = await world.exchange(other, `GET /EWS/ HTTP/1.1\r\nHost: ${otherHost}\r\nConnection: close, X-Forwarded-For, Forwarded, X-Forwarded-Host\r\nX_Forwarded_For: 6.6.6.6\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n`);
  assert.match(seen, /X-Forwarded-For: 127\.0\.0\.1\r\n/);
  assert.doesNotMatch(seen, /6\.6\.6\.6/);
});
