import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import { enrollAgent, startAgent } from '../../../src/agent/index.ts';
import { systemDial } from '../../../src/foundation/index.ts';
import type { ApplicationView } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { Answer, TunnelWorld } from './tunnel-world.ts';

async function withWorld(run: (world: TunnelWorld) => Promise<void>): Promise<void> {
  const world = await startTunnelWorld();
  try {
    await run(world);
  } finally {
    await world.close();
  }
}

/** Waits for something that has no event to wait for, without a fixed time. */
async function until(condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, 'waited too long');
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

interface Load {
  /** Resolves when so many more requests have been answered. */
  more(count: number): Promise<void>;
  /** Ends the load; the different outcomes there were. */
  stop(): Promise<string[]>;
}

/** Sends requests one after the other, several at a time. */
function putLoad(width: number, send: () => Promise<Answer>): Load {
  const outcomes = new Set<string>();
  const state = { running: true, answered: 0 };
  const loops = Array.from({ length: width }, async () => {
    while (state.running) {
      const answer = await send();
      outcomes.add(`${answer.status} ${String(answer.headers['x-hybridge-error'])}`);
      state.answered += 1;
    }
  });
  return {
    more(count) {
      const wanted = state.answered + count;
      return until(() => state.answered >= wanted);
    },
    async stop() {
      state.running = false;
      await Promise.all(loops);
      return [...outcomes];
    },
  };
}

const ok = (_request: IncomingMessage, response: ServerResponse): void => void response.end('ok');

test('no agent: 503; a started one serves; a stopped one leaves 503', () =>
  withWorld(async (world) => {
    const target = await world.startTarget(ok);
    const application = await world.publish(target.url);
    const none = await world.request(application, '/EWS/');
    assert.equal(none.status, 503);
    assert.equal(none.headers['x-hybridge-error'], 'RELAY_NO_AGENT');
    const agent = await world.startAgent();
    assert.equal((await world.request(application, '/EWS/')).status, 200);
    const [listed] = await world.admin.listAgents('contoso');
    assert.equal(listed?.status, 'active');
    assert.equal(listed.id, agent.agentId);
    await agent.close();
    assert.equal((await world.request(application, '/EWS/')).headers['x-hybridge-error'], 'RELAY_NO_AGENT');
    assert.equal((await world.admin.listAgents('contoso'))[0]?.status, 'inactive');
  }));

test('a target that is down, silent, or has the wrong certificate is told apart', () =>
  withWorld(async (world) => {
    await world.startAgent('contoso', { connectTimeoutMs: 300 });
    const closed = net.createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const down = await world.request(await world.publish(`https://target.test:${port}`), '/EWS/');
    assert.deepEqual([down.status, down.headers['x-hybridge-error']], [502, 'AGENT_TARGET_UNREACHABLE']);

    const sockets: Socket[] = [];
    const silent = net.createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const quiet = await world.request(await world.publish(`https://target.test:${(silent.address() as AddressInfo).port}`), '/EWS/');
    assert.deepEqual([quiet.status, quiet.headers['x-hybridge-error']], [504, 'AGENT_TARGET_TIMEOUT']);
    for (const socket of sockets) socket.destroy();
    silent.close();

    const target = await world.startTarget(ok);
    const wrongName = await world.request(await world.publish(target.url.replace('target.test', 'mail.test')), '/EWS/');
    assert.deepEqual([wrongName.status, wrongName.headers['x-hybridge-error']], [502, 'AGENT_TARGET_CERTIFICATE']);

    const slow = await world.startTarget(() => undefined);
    const late = await world.request(await world.publish(slow.url, 'contoso', { responseTimeoutMs: 300 }), '/EWS/');
    assert.deepEqual([late.status, late.headers['x-hybridge-error']], [504, 'RELAY_TARGET_TIMEOUT']);

    const hangsUp = await world.startRawTarget((socket) => socket.once('data', () => socket.destroy()));
    const gone = await world.request(await world.publish(hangsUp), '/EWS/', { method: 'POST', body: 'x' });
    assert.deepEqual([gone.status, gone.headers['x-hybridge-error']], [502, 'AGENT_TARGET_CLOSED']);
  }));

test('an agent killed in the middle of a download: the client is told at once', () =>
  withWorld(async (world) => {
    const target = await world.startTarget((_, response) => {
      response.setHeader('content-length', 1e9);
      response.write('start');
    });
    const application = await world.publish(target.url);
    const { stateDirectory } = await world.enrol();
    const caFile = `${stateDirectory}/ca.pem`;
    writeFileSync(caFile, world.ca);
    const child = fork(new URL('agent-process.ts', import.meta.url), [stateDirectory, caFile]);
    await once(child, 'message');
    const host = new URL(application.externalUrl).hostname;
    const request = https.request({ host: '127.0.0.1', port: world.relay.port, servername: host, ca: [world.ca], path: '/EWS/', headers: { host } });
    request.on('error', () => undefined);
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await once(response, 'data');
    const killedAt = performance.now();
    child.kill('SIGKILL');
    await assert.rejects(once(response, 'end'), { code: 'ECONNRESET' });
    assert.ok(performance.now() - killedAt < 2000);
  }));

test('requests that never reached a target go to another agent, and keep-alive clients do not notice', () =>
  withWorld(async (world) => {
    const target = await world.startTarget(ok);
    const application = await world.publish(target.url);
    const first = await world.startAgent();
    const second = await world.startAgent();
    const keepAlive = new https.Agent({ keepAlive: true, maxSockets: 4 });
    const load = putLoad(8, () => world.request(application, '/EWS/', { agent: keepAlive, method: 'POST', body: 'x' }));
    await load.more(100);
    await first.close(5000);
    await load.more(100);
    const third = await world.startAgent();
    await second.close(5000);
    await load.more(100);
    assert.deepEqual(await load.stop(), ['200 undefined']);
    keepAlive.destroy();
    await third.close();
  }));

test('a closing agent lets requests in work finish', () =>
  withWorld(async (world) => {
    let release: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (reached = resolve));
    const target = await world.startTarget((_, response) => {
      release = () => response.end('finished');
      reached();
    });
    const application = await world.publish(target.url);
    const agent = await world.startAgent();
    const answer = world.request(application, '/EWS/');
    await arrived;
    const closed = agent.close(10_000);
    await until(async () => (await world.request(application, '/EWS/')).status === 503);
    release();
    assert.equal((await answer).body.toString(), 'finished');
    await closed;
  }));

test('a closing relay lets requests in work finish, and refuses new connections', async () => {
  const world = await startTunnelWorld();
  let release: () => void = () => undefined;
  let reached: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (reached = resolve));
  const target = await world.startTarget((_, response) => {
    release = () => response.end('finished');
    reached();
  });
  const application = await world.publish(target.url);
  await world.startAgent();
  const answer = world.request(application, '/EWS/');
  await arrived;
  const closed = world.relay.close(10_000);
  await assert.rejects(world.connect(application));
  release();
  assert.equal((await answer).body.toString(), 'finished');
  const before = performance.now();
  await closed;
  assert.ok(performance.now() - before < 5000, 'the relay did not wait for the whole grace');
  await world.close();
});

test('a half-open link is noticed within five seconds on both sides, and replaced', () =>
  withWorld(async (world) => {
    const target = await world.startTarget(ok);
    const application = await world.publish(target.url);
    const pairs: [Socket, Socket][] = [];
    let cut = false;
    // A middlebox that forgets connections without a word: bytes vanish, sockets stay open.
    const middle = net.createServer((near) => {
      const far = net.connect(world.relay.port, '127.0.0.1');
      pairs.push([near, far]);
      const dead = cut;
      near.on('data', (chunk) => void (!cut || dead ? far.write(chunk) : undefined));
      far.on('data', (chunk) => void (!cut || dead ? near.write(chunk) : undefined));
      for (const [one, other] of [[near, far], [far, near]] as const) {
        one.on('error', () => undefined);
        one.on('close', () => (cut && !dead ? undefined : other.destroy()));
      }
    });
    middle.listen(0, '127.0.0.1');
    await once(middle, 'listening');
    const { port } = middle.address() as AddressInfo;
    const agent = await world.startAgent('contoso', { dial: (_, wanted, signal) => systemDial('127.0.0.1', wanted === world.relay.port ? port : wanted, signal), targetDial: world.dial, pingIntervalMs: 1000 });
    assert.equal((await world.request(application, '/EWS/')).status, 200);
    const cutAt = performance.now();
    cut = true;
    await until(() => agent.status().links.every((link) => link.state !== 'up'), 6000);
    await until(() => agent.status().ready, 6000);
    assert.ok(performance.now() - cutAt < 6000);
    await until(async () => (await world.admin.getAgent(agent.agentId)).links === 2);
    assert.equal((await world.request(application, '/EWS/')).status, 200);
    await agent.close();
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
    middle.close();
  }));

test('the relay gives up an agent that has gone silent', () =>
  withWorld(async (world) => {
    const target = await world.startTarget(ok);
    const application = await world.publish(target.url);
    const { stateDirectory } = await world.enrol();
    const caFile = `${stateDirectory}/ca.pem`;
    writeFileSync(caFile, world.ca);
    const child = fork(new URL('agent-process.ts', import.meta.url), [stateDirectory, caFile]);
    await once(child, 'message');
    assert.equal((await world.request(application, '/EWS/')).status, 200);
    child.kill('SIGSTOP');
    const stoppedAt = performance.now();
    await until(async () => (await world.admin.listAgents())[0]?.status === 'inactive');
    assert.ok(performance.now() - stoppedAt < 5000);
    assert.equal((await world.request(application, '/EWS/')).status, 503);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }));

test('tenants never mix: an agent serves the applications of its own tenant only', () =>
  withWorld(async (world) => {
    const one = await world.startTarget((_, response) => response.end('contoso'));
    const two = await world.startTarget((_, response) => response.end('fabrikam'));
    const contoso = await world.publish(one.url, 'contoso');
    const fabrikam = await world.publish(two.url, 'fabrikam');
    await world.startAgent('contoso');
    assert.equal((await world.request(fabrikam, '/EWS/')).status, 503);
    await world.startAgent('fabrikam');
    const asked = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? contoso : fabrikam));
    const answers = await Promise.all(asked.map(async (application) => (await world.request(application, '/EWS/')).body.toString()));
    assert.deepEqual(answers, asked.map((application) => application.tenantId));
  }));

test('a revoked agent loses its links at once and does not come back', () =>
  withWorld(async (world) => {
    const target = await world.startTarget((_, response) => void response.write('x'));
    const application = await world.publish(target.url);
    const agent = await world.startAgent('contoso', { reconnectPauseMs: { minimum: 10, maximum: 50 } });
    const host = new URL(application.externalUrl).hostname;
    const request = https.request({ host: '127.0.0.1', port: world.relay.port, servername: host, ca: [world.ca], path: '/EWS/', headers: { host } });
    request.on('error', () => undefined);
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    const revokedAt = performance.now();
    await world.admin.revokeAgent(agent.agentId);
    await assert.rejects(once(response, 'end'), { code: 'ECONNRESET' });
    assert.ok(performance.now() - revokedAt < 1000);
    await until(() => agent.status().links.every((link) => link.lastError?.code === 'RELAY_AGENT_REVOKED'));
    assert.equal(agent.status().ready, false);
    assert.equal((await world.request(application, '/EWS/')).status, 503);
  }));

test('enrolment tells used, unknown and expired tokens and a wrong clock apart; the wrong clock spends no token', () =>
  withWorld(async (world) => {
    await world.admin.createTenant({ id: 'contoso', name: 'Contoso' });
    const { stateDirectory } = await world.enrol('fabrikam');
    const enrol = (token: string, more = {}): Promise<unknown> =>
      enrollAgent({ relayUrl: `https://relay.test:${world.relay.port}`, token, stateDirectory, replace: true, ca: world.ca, dial: world.dial, ...more });
    const { token } = await world.admin.issueEnrolmentToken('contoso');
    await assert.rejects(enrol(token, { replace: false }), { code: 'AGENT_ALREADY_ENROLLED' });
    await assert.rejects(enrol(token, { clock: { now: () => Date.now() + 600_000 } }), { code: 'RELAY_ENROLMENT_CLOCK' });
    await enrol(token);
    await assert.rejects(enrol(token), { code: 'RELAY_ENROLMENT_TOKEN_USED' });
    await assert.rejects(enrol('hbenrol_wrong'), { code: 'RELAY_ENROLMENT_TOKEN_UNKNOWN' });
    await assert.rejects(enrol(token, { ca: undefined, dial: world.dial }), { code: 'AGENT_RELAY_CERTIFICATE' });
    await assert.rejects(enrollAgent({ relayUrl: 'https://127.0.0.1:9', token, stateDirectory, replace: true, ca: world.ca }), { code: 'AGENT_RELAY_UNREACHABLE' });
  }));

test('an expired token is refused', async () => {
  let offset = 0;
  const clock = { now: () => Date.now() + offset };
  const world = await startTunnelWorld({ clock });
  await world.admin.createTenant({ id: 'contoso', name: 'Contoso' });
  const { token } = await world.admin.issueEnrolmentToken('contoso', { lifetimeMs: 60_000 });
  offset = 61_000;
  const { stateDirectory } = await world.enrol('fabrikam');
  await assert.rejects(enrollAgent({ relayUrl: `https://relay.test:${world.relay.port}`, token, stateDirectory, replace: true, ca: world.ca, dial: world.dial, clock }), { code: 'RELAY_ENROLMENT_TOKEN_EXPIRED' });
  await world.close();
});

test('a certificate is renewed with a new key and no request is lost', () =>
  withWorld(async (world) => {
    const target = await world.startTarget(ok);
    const application = await world.publish(target.url);
    let offset = 0;
    const agent = await world.startAgent('contoso', { clock: { now: () => Date.now() + offset } });
    const stored = (): string => readFileSync(`${agent.stateDirectory}/identity.json`, 'utf8');
    const before = stored();
    const load = putLoad(4, () => world.request(application, '/EWS/'));
    offset = 61 * 24 * 3600 * 1000;
    await until(() => stored() !== before, 15_000);
    await until(() => agent.status().links.every((link) => link.state === 'up'));
    await load.more(50);
    assert.deepEqual(await load.stop(), ['200 undefined']);
    await agent.close();
    const restarted = await startAgent({ stateDirectory: agent.stateDirectory, ca: world.ca, targetCa: world.ca, dial: world.dial });
    await restarted.ready();
    await restarted.close();
  }));

test('a thousand and more aborted connections leave the link alive', { timeout: 300_000 }, async () => {
  const world = await startTunnelWorld({ connectionLimits: { burst: 100_000, perSecond: 100_000 } });
  const target = await world.startTarget(() => undefined);
  const application: ApplicationView = await world.publish(target.url);
  const agent = await world.startAgent();
  const host = new URL(application.externalUrl).hostname;
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = await world.connect(application);
        socket.on('error', () => undefined);
        socket.write(`GET /EWS/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`, () => socket.destroy());
        await once(socket, 'close');
      }),
    );
  }
  assert.deepEqual(agent.status().links.map((link) => link.state), ['up', 'up']);
  await until(async () => (await world.admin.getAgent(agent.agentId)).activeConnections === 0);
  await world.close();
});

test('many clients that leave at once, their answers read, do not stop the agent', { timeout: 300_000 }, () =>
  withWorld(async (world) => {
    const target = await world.startTarget(ok);
    const application = await world.publish(target.url);
    const { stateDirectory } = await world.enrol();
    const caFile = `${stateDirectory}/ca.pem`;
    writeFileSync(caFile, world.ca);
    // In a process of its own: what this test is about would stop the test as well.
    const child = fork(new URL('agent-process.ts', import.meta.url), [stateDirectory, caFile]);
    await once(child, 'message');
    for (let round = 0; round < 25; round += 1) {
      const agent = new https.Agent({ keepAlive: true, maxSockets: 16 });
      const answers = await Promise.all(Array.from({ length: 64 }, () => world.request(application, '/EWS/', { agent, method: 'POST', body: 'x'.repeat(2048) })));
      agent.destroy();
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
  }));

test('one client address cannot open connections without end', async () => {
  const world = await startTunnelWorld({ connectionLimits: { burst: 20, perSecond: 0.001 } });
  const target = await world.startTarget(ok);
  const application = await world.publish(target.url);
  await assert.rejects(
    (async () => {
      for (let count = 0; count < 30; count += 1) await world.connect(application);
    })(),
    { code: 'ECONNRESET' },
  );
  await world.close();
});

test('targets: the healthy one is used when another is down', () =>
  withWorld(async (world) => {
    const good = await world.startTarget((_, response) => response.end('good'));
    const bad = await world.startTarget(ok);
    bad.server.closeAllConnections();
    bad.server.close();
    const application = await world.publish([bad.url, good.url]);
    const agent = await world.startAgent();
    for (let count = 0; count < 20; count += 1) assert.equal((await world.request(application, '/EWS/')).body.toString(), 'good');
    assert.deepEqual(agent.status().targets.map((status) => [status.url, status.healthy]), [[bad.url, false], [good.url, true]]);
  }));

test('targets: a health check takes one that answers 503 out, and in again; weight 0 stands by', () =>
  withWorld(async (world) => {
    const state = { sick: false };
    const checked = await world.startTarget((_, response) => {
      response.statusCode = state.sick ? 503 : 200;
      response.end('checked');
    });
    const standBy = await world.startTarget((_, response) => response.end('stand-by'));
    const { id } = await world.publish(checked.url);
    const application = await world.admin.updateApplication(id, {
      targets: [{ url: standBy.url, weight: 0 }, { url: checked.url, weight: 1 }],
      healthCheck: { path: '/EWS/healthcheck.htm', intervalMs: 100, timeoutMs: 1000 },
    });
    await world.startAgent();
    const ask = async (): Promise<string> => (await world.request(application, '/EWS/')).body.toString();
    for (let count = 0; count < 10; count += 1) assert.equal(await ask(), 'checked');
    state.sick = true;
    await until(async () => (await ask()) === 'stand-by');
    for (let count = 0; count < 10; count += 1) assert.equal(await ask(), 'stand-by');
    state.sick = false;
    await until(async () => (await ask()) === 'checked');
  }));

test('connection-bound sign-in: no client ever gets the identity of another', () =>
  withWorld(async (world) => {
    // Signs a connection in, as NTLM does: whoever comes over it later is taken for that user.
    const users = new WeakMap<object, string>();
    const target = await world.startTarget((request, response) => {
      const [, user] = /^NTLM (\w+)$/.exec(request.headers.authorization ?? '') ?? [];
      if (user !== undefined) users.set(request.socket, user);
      const known = users.get(request.socket);
      if (known === undefined) response.writeHead(401, { 'www-authenticate': 'NTLM' });
      response.end(known ?? 'nobody');
    });
    const application = await world.publish(target.url);
    await world.startAgent();
    await world.startAgent();
    const signIn = async (user: string): Promise<string[]> => {
      const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
      const seen: string[] = [];
      for (const headers of [{}, { authorization: `NTLM ${user}` }, {}, {}] as Record<string, string>[]) seen.push((await world.request(application, '/EWS/', { agent, headers })).body.toString());
      agent.destroy();
      return seen;
    };
    const people = Array.from({ length: 20 }, (_, index) => `user${index}`);
    assert.deepEqual(await Promise.all(people.map(signIn)), people.map((user) => ['nobody', user, user, user]));
    assert.deepEqual(new Set(await Promise.all(people.map(async () => (await world.request(application, '/EWS/')).body.toString()))), new Set(['nobody']));
  }));

test('targets that the agent may not reach are refused whatever the relay says', () =>
  withWorld(async (world) => {
    const target = await world.startTarget(ok);
    const application = await world.publish(target.url);
    for (const limit of [{ allowedTargets: ['mail.contoso.test'] }, { forbiddenAddresses: ['loopback'] }]) {
      const agent = await world.startAgent('contoso', limit);
      const answer = await world.request(application, '/EWS/');
      assert.deepEqual([answer.status, answer.headers['x-hybridge-error']], [403, 'AGENT_TARGET_NOT_ALLOWED']);
      await agent.close();
    }
  }));
