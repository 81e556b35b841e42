import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import type { Socket } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import tls from 'node:tls';
import { startAgent } from '../../../src/agent/index.ts';
import type { RunningAgent } from '../../../src/agent/index.ts';
import type { Dial } from '../../../src/foundation/index.ts';
import { createTestNtlmClient } from '../../../src/identity/ntlm/test-ntlm-client.ts';
import { startTunnelWorld } from '../tunnel/tunnel-world.ts';
import type { TunnelWorld } from '../tunnel/tunnel-world.ts';
import type { BoundAnswer, BoundClient } from './bound-client.ts';
import { createBoundClient } from './bound-client.ts';
import type { BoundOrigin, OriginConnection } from './bound-origin.ts';
import { createBoundOrigin } from './bound-origin.ts';

const passwordOf = (userName: string): string | undefined => (userName.startsWith('user') ? `secret of ${userName}` : undefined);

let world: TunnelWorld;
let origin: BoundOrigin;
let host: string;
const clients: BoundClient[] = [];
/** Connections of agents with the relay. */
const links = new Set<Socket>();
const agents: { stateDirectory: string; running: RunningAgent }[] = [];

const agentDial: Dial = async (name, port, signal) => {
  const socket = await world.dial(name, port, signal);
  if (port !== world.relay.port) return socket;
  links.add(socket);
  socket.once('close', () => links.delete(socket));
  return socket;
};

async function runAgent(stateDirectory: string): Promise<RunningAgent> {
  const running = await startAgent({ stateDirectory, ca: world.ca, targetCa: world.ca, dial: agentDial, pingIntervalMs: 200 });
  await running.ready();
  return running;
}

before(async () => {
  world = await startTunnelWorld();
  origin = createBoundOrigin(passwordOf);
  const target = await world.startTarget(origin.listener);
  host = new URL((await world.publish(target.url)).externalUrl).hostname;
  for (let count = 0; count < 3; count += 1) {
    const { stateDirectory } = await world.enrol();
    agents.push({ stateDirectory, running: await runAgent(stateDirectory) });
  }
});
afterEach(() => {
  for (const client of clients.splice(0)) client.hangUp();
});
after(async () => {
  for (const { running } of agents) await running.close();
  await world.close();
});

function newClient(name: string): BoundClient {
  const client = createBoundClient({ name, host, port: world.relay.port, ca: world.ca, password: passwordOf(name) ?? '' });
  clients.push(client);
  return client;
}

/** The origin's connection that carried a client's requests, the newest. */
function carrierOf(name: string): OriginConnection {
  const found = origin.connections.findLast(({ clients: seen }) => seen.has(name));
  assert.ok(found !== undefined, `nothing of ${name} has reached the origin`);
  return found;
}

/** No connection of the origin has ever carried two clients, or known two people. */
function assertNothingShared(): void {
  for (const { clients: seen, identities } of origin.connections) {
    assert.ok(seen.size === 1, `one connection carried ${[...seen].join(' and ')}`);
    assert.ok(identities.size <= 1 && [...identities].every((identity) => seen.has(identity)), `${[...seen].join()} was taken for ${[...identities].join()}`);
  }
}

test('a signed-in connection dies with its counterpart, in either direction', async () => {
  const one = newClient('user-one');
  const signedIn = await one.signIn('/EWS/');
  assert.equal(signedIn.body, 'user-one');
  const closed = once(signedIn.socket, 'close');
  carrierOf('user-one').socket.destroy();
  await closed;
  assert.equal((await one.send('/EWS/open')).body, 'nobody', 'a new connection knows nothing of the old one');

  const two = newClient('user-two');
  await two.signIn('/EWS/');
  const upstream = carrierOf('user-two').socket;
  const gone = once(upstream, 'close');
  two.hangUp();
  await gone;
  assertNothingShared();
});

test('credentials that come unasked bind their own connection only', async () => {
  const stranger = newClient('stranger');
  assert.equal((await stranger.send('/EWS/open')).body, 'nobody');
  const eager = Array.from({ length: 10 }, (_, index) => newClient(`user-eager-${index}`));
  const answers = await Promise.all(eager.map(async (client) => client.signIn('/EWS/open')));
  assert.deepEqual(answers.map(({ body }) => body), eager.map(({ name }) => name));
  const others = Array.from({ length: 30 }, (_, index) => newClient(`stranger-${index}`));
  assert.deepEqual(new Set((await Promise.all([stranger, ...others].map(async (client) => client.send('/EWS/open')))).map(({ body }) => body)), new Set(['nobody']));
  assert.deepEqual(await Promise.all(eager.map(async (client) => (await client.send('/EWS/open')).body)), eager.map(({ name }) => name));
  assertNothingShared();
});

test('an answer to a challenge is worth nothing on another connection', async () => {
  const victim = newClient('user-victim');
  const thief = newClient('thief');
  const { wwwAuthenticate = '' } = await victim.send('/EWS/', victim.begin);
  const answer = victim.answerTo(wwwAuthenticate);
  assert.deepEqual(await thief.send('/EWS/', answer).then(({ status, body }) => [status, body]), [401, 'nobody']);
  assert.equal((await victim.send('/EWS/', answer)).body, 'user-victim');
  assert.equal((await thief.send('/EWS/open')).body, 'nobody');
  assertNothingShared();
  assert.equal(origin.refusals.filter((code) => code === 'IDENTITY_NTLM_UNEXPECTED').length, 1, 'the thief’s');
});

test('a half-done handshake is never taken up elsewhere: its connection ends', async () => {
  const before = origin.refusals.length;
  for (const kill of ['upstream', 'links'] as const) {
    const client = newClient(`user-half-${kill}`);
    const { wwwAuthenticate = '', socket } = await client.send('/EWS/', client.begin);
    const closed = once(socket, 'close');
    if (kill === 'upstream') carrierOf(client.name).socket.destroy();
    else for (const link of links) link.destroy();
    // Perhaps the answer is on its way when the connection breaks; then it must be lost.
    const answer = await client.send('/EWS/', client.answerTo(wwwAuthenticate)).catch(() => undefined);
    await closed;
    assert.ok(answer === undefined || answer.status !== 200, `${kill}: ${answer?.status} ${answer?.body}`);
    await Promise.all(agents.map(async ({ running }) => running.ready()));
  }
  assertNothingShared();
  assert.deepEqual(origin.refusals.slice(before), []);
});

test('an answer that comes after its connection was ended signs nobody in', async () => {
  const ntlm = createTestNtlmClient({ userName: 'user-late', domain: 'CONTOSO', password: 'secret of user-late' });
  const socket = tls.connect({ host: '127.0.0.1', port: world.relay.port, servername: host, ca: world.ca, ALPNProtocols: ['http/1.1'], allowHalfOpen: true } as tls.ConnectionOptions);
  await once(socket, 'secureConnect');
  const request = (token: Buffer): string => `GET /EWS/ HTTP/1.1\r\nHost: ${host}\r\nX-Client: user-late\r\nAuthorization: NTLM ${token.toString('base64')}\r\n\r\n`;
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(received);
      if (match !== null) return match;
      await once(socket, 'data');
    }
  };
  socket.write(request(ntlm.negotiate));
  const [, challenge = ''] = await until(/www-authenticate: NTLM (\S+)[\s\S]*nobody/i);
  const ended = once(socket, 'end');
  const before = origin.connections.length;
  carrierOf('user-late').socket.destroy();
  await ended;
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.end(request(ntlm.authenticate(Buffer.from(challenge, 'base64'))));
  await closed;
  assert.equal(origin.connections.slice(before).filter(({ clients }) => clients.has('user-late')).length, 0, 'a sign-in that began on a lost connection goes on nowhere');
  assert.equal((await newClient('witness').send('/EWS/open')).body, 'nobody');
  assert.ok(!origin.connections.some(({ identities }) => identities.has('user-late')));
  assertNothingShared();
});

test('HTTP/2 clients are sent back to HTTP/1.1 to sign in, and are nobody meanwhile', async () => {
  const session = http2.connect(`https://${host}`, { host: '127.0.0.1', port: world.relay.port, servername: host, ca: world.ca } as http2.SecureClientSessionOptions);
  await once(session, 'connect');
  const ask = (path: string, headers: Record<string, string> = {}): Promise<{ body: string; code: number }> =>
    new Promise((resolve) => {
      const stream = session.request({ ':path': path, 'x-client': 'http2', ...headers });
      let body = '';
      stream.on('data', (chunk: Buffer) => (body += chunk.toString()));
      stream.on('error', () => undefined);
      stream.once('close', () => resolve({ body, code: stream.rstCode ?? 0 }));
    });
  const { begin } = newClient('user-http2');
  for (const authorization of [begin, begin.replace('NTLM', 'Negotiate'), begin.replace('NTLM', 'nTLm')]) {
    assert.deepEqual(await ask('/EWS/open', { authorization }), { body: '', code: http2.constants.NGHTTP2_HTTP_1_1_REQUIRED }, authorization.slice(0, 12));
  }
  assert.notEqual((await ask('/EWS/', {})).body, 'nobody', 'a 401 that offers NTLM is of no use over HTTP/2');
  const people = Array.from({ length: 10 }, (_, index) => newClient(`user-beside-${index}`));
  const mixed = await Promise.all([
    ...Array.from({ length: 200 }, async () => (await ask('/EWS/open')).body),
    ...people.map(async (client) => ((await client.signIn('/EWS/')).body === client.name ? 'nobody' : 'wrong')),
  ]);
  assert.deepEqual(new Set(mixed), new Set(['nobody']));
  session.destroy();
  assertNothingShared();
});

test('50 people and 30 strangers, thousands of requests, agents, links and connections dying: nobody is taken for another', { timeout: 60_000 }, async () => {
  const requestsEach = 30;
  const signedIn = new WeakSet<Socket>();
  const tally = { asSelf: 0, asNobody: 0, refused: 0, broken: 0, chaos: 0 };
  const wrong: string[] = [];
  const refusedBefore = origin.refusals.length;
  let answered = 0;
  let disturbAfter = { answers: Infinity, disturb: (): void => undefined };

  const judge = ({ body, status, refusedBy, socket }: BoundAnswer, name: string): void => {
    answered += 1;
    if (answered >= disturbAfter.answers) disturbAfter.disturb();
    if (refusedBy !== undefined) tally.refused += 1;
    else if (body === name) tally.asSelf += 1;
    else if (body === 'nobody' && !signedIn.has(socket)) tally.asNobody += 1;
    else wrong.push(`${name} got ${status} "${body}"${signedIn.has(socket) ? ' on a connection that had signed in' : ''}`);
    if (body === name && refusedBy === undefined) signedIn.add(socket);
  };
  const person = async (client: BoundClient, index: number): Promise<void> => {
    let known = false;
    for (let count = 0; count < requestsEach; count += 1) {
      try {
        const answer: BoundAnswer = known || count % 7 === 3 ? await client.send(count % 2 === 0 ? '/EWS/open' : '/EWS/') : await client.signIn('/EWS/');
        judge(answer, client.name);
        known = answer.body === client.name;
      } catch {
        known = false;
        tally.broken += 1;
      }
      if (count % 20 === index % 20) {
        client.hangUp();
        known = false;
      }
    }
  };
  const stranger = async (client: BoundClient): Promise<void> => {
    for (let count = 0; count < requestsEach; count += 1) {
      try {
        judge(await client.send(count % 3 === 0 ? '/EWS/' : '/EWS/open'), client.name);
      } catch {
        tally.broken += 1;
      }
    }
  };
  const done = new AbortController();
  const chaos = async (): Promise<void> => {
    for (let round = 0; round < 40 && !done.signal.aborted; round += 1) {
      await new Promise<void>((resolve) => {
        disturbAfter = { answers: answered + 60, disturb: resolve };
      });
      tally.chaos += 1;
      const agent = agents[round % agents.length];
      if (round % 4 === 0) for (const connection of origin.connections.slice(-3)) connection.socket.destroy();
      else if (round % 4 === 1) [...links][round % Math.max(links.size, 1)]?.destroy();
      else if (agent !== undefined) {
        await agent.running.close(round % 4 === 2 ? 0 : 1000);
        agent.running = await runAgent(agent.stateDirectory);
      }
    }
  };
  const disturbing = chaos();
  await Promise.all([
    ...Array.from({ length: 50 }, (_, index) => person(newClient(`user${index}`), index)),
    ...Array.from({ length: 30 }, (_, index) => stranger(newClient(`stranger${index}`))),
  ]);
  done.abort();
  disturbAfter.disturb();
  await disturbing;

  assert.deepEqual(wrong, []);
  assertNothingShared();
  // A client whose connection ended after the challenge answers on a new one: refused, for want of a challenge there.
  assert.deepEqual(origin.refusals.slice(refusedBefore).filter((code) => code !== 'IDENTITY_NTLM_UNEXPECTED'), []);
  assert.ok(tally.chaos >= 10, JSON.stringify(tally));
  assert.ok(tally.asSelf >= 700 && tally.asNobody >= 600, JSON.stringify(tally));
});
