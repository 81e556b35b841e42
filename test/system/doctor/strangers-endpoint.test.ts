import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { createServer as createTlsServer, getCACertificates } from 'node:tls';
import { diagnosePath } from '../../../src/doctor/index.ts';
import type { Diagnosis } from '../../../src/doctor/index.ts';
import { createHttpClient, listen, systemClock, systemDial } from '../../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../../src/identity/index.ts';

// Of a stranger's address the doctor has nothing but what answers there: each way of answering badly is what it is.

let ca: string;
let served: { cert: string; key: string };
before(async () => {
  const authority = await createCertificateAuthority({ commonName: 'Root', clock: systemClock });
  const { certificate, privateKey } = await issueServerCertificate(authority, { hosts: ['localhost', '127.0.0.1'], days: 30, clock: systemClock });
  ca = authority.certificate;
  served = { cert: certificate, key: privateKey };
});

const open = new Set<Socket>();
const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
  for (const socket of open) socket.destroy();
});

async function ask(server: Server): Promise<Diagnosis> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
  });
  const { port } = await listen(server, { host: '127.0.0.1', port: 0 });
  const authorities = [...getCACertificates('default'), ca];
  const httpClient = createHttpClient({ dial: systemDial, ca: authorities });
  try {
    return await diagnosePath('agent', { sessions: {}, url: new URL(`https://localhost:${port}/EWS/Exchange.asmx`), dial: systemDial, ca: authorities, httpClient, clock: systemClock });
  } finally {
    await httpClient.close();
  }
}

/** TLS is made; what comes then is up to `answer`. */
function overTls(answer: (socket: Socket) => void): Server {
  return createTlsServer(served, (socket) => {
    socket.on('error', () => undefined);
    answer(socket);
  });
}

const cases: readonly (readonly [string, () => Server, string, RegExp])[] = [
  ['closes every connection at once', () => createServer((socket) => socket.end()), 'fb7-firewall', /ECONNRESET/],
  ['resets every connection', () => createServer((socket) => socket.resetAndDestroy()), 'fb7-firewall', /ECONNRESET/],
  ['closes the connection when TLS is made', () => overTls((socket) => socket.end()), 'fb7-firewall', /closed before anything is answered/],
  ['closes the connection when the request has come', () => overTls((socket) => socket.once('data', () => socket.end())), 'fb7-firewall', /closed before anything is answered/],
  ['speaks something else than HTTP', () => overTls((socket) => socket.write('220 mail.example ESMTP\r\n')), 'fb27-device-page', /no HTTP/],
];

for (const [title, serve, cause, proof] of cases) {
  test(`who ${title}: ${cause}`, async () => {
    const { causes } = await ask(serve());
    assert.deepEqual(causes.map((each) => each.cause), [cause]);
    assert.match(causes[0]?.proof ?? '', proof);
  });
}

test('who speaks no TLS: said so, and no cause is made up', async () => {
  const { causes, probes } = await ask(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  assert.deepEqual(causes, []);
  const failed = probes.filter(({ outcome }) => outcome.status === 'fail').map(({ id, outcome }) => [id, outcome.status === 'fail' ? outcome.detail : '']);
  assert.equal(failed.length, 1);
  assert.match(failed[0]?.join(' ') ?? '', /^tls-versions .*no TLS/);
});
