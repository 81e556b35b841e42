import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { enrollAgent, startAgent } from '../../../src/agent/index.ts';
import type { AgentStatus } from '../../../src/agent/index.ts';
import type { Clock, Dial } from '../../../src/foundation/index.ts';
import { createHttpClient, systemClock, systemDial } from '../../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../../src/identity/index.ts';
import { createRelayAdminClient, startRelay } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';

const dayMs = 24 * 3600_000;
const shifted = (milliseconds: number): Clock => ({ now: () => Date.now() + milliseconds });
const dial: Dial = (_, port, signal) => systemDial('127.0.0.1', port, signal);

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 5000;
  while (!condition()) {
    assert.ok(performance.now() < end, 'waited longer than five seconds');
    await setTimeout(5);
  }
}

const codes = ({ problems }: AgentStatus): string[] => problems.map(({ code }) => code);

test('a clock that differs from the relay is told, while requests are served', async () => {
  const world = await startTunnelWorld();
  const agent = await world.startAgent('contoso', { clock: shifted(-7 * 60_000) });
  await until(() => codes(agent.status()).includes('AGENT_CLOCK_WRONG'));
  assert.match(agent.status().problems.map(({ message }) => message).join(), /7 minutes behind the relay's/);
  const target = await world.startTarget((_, response) => response.end('ok'));
  assert.equal((await world.request(await world.publish(target.url), '/EWS/')).status, 200);
  await agent.close();
  const right = await world.startAgent();
  assert.deepEqual(right.status().problems, []);
  await world.close();
});

test('certificates that have expired are told apart: the relay’s and the agent’s own', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hybridge-clocks-'));
  const past = shifted(-100 * dayMs);
  const authority = await createCertificateAuthority({ commonName: 'test', clock: past });
  const hosts = ['relay.test', '127.0.0.1'];
  const relayOf = async (clock: Clock, certificateClock: Clock, port = 0) =>
    startRelay({ stateDirectory: join(directory, 'relay'), domains: ['relay.test'], certificates: [await issueServerCertificate(authority, { hosts, days: 2, clock: certificateClock })], admin: { key: 'admin-key' }, clock, listen: { port } });
  const trust = { ca: authority.certificate, dial };
  const linkError = async (stateDirectory: string): Promise<AgentStatus> => {
    const agent = await startAgent({ stateDirectory, ...trust });
    await until(() => agent.status().links.every((link) => link.lastError !== undefined));
    const status = agent.status();
    await agent.close();
    return status;
  };

  // Enrolled a hundred days ago, and never renewed since.
  const old = await relayOf(past, systemClock);
  const httpClient = createHttpClient(trust);
  const admin = createRelayAdminClient({ url: old.urls.admin, httpClient, key: 'admin-key' });
  await admin.createTenant({ name: 'Contoso', id: 'contoso' });
  const { token } = await admin.issueEnrolmentToken('contoso');
  const stateDirectory = join(directory, 'agent');
  await enrollAgent({ relayUrl: `https://relay.test:${old.port}`, token, stateDirectory, clock: past, ...trust });
  const { port } = old;
  await httpClient.close();
  await old.close();

  const own = await relayOf(systemClock, systemClock, port);
  const { links, problems, ready } = await linkError(stateDirectory);
  assert.equal(ready, false);
  assert.deepEqual([links[0]?.lastError?.code, problems.map(({ code }) => code)], ['RELAY_AGENT_CERTIFICATE', ['AGENT_CERTIFICATE_LIFE']]);
  assert.match(links[0]?.lastError?.remedy ?? '', /enrol it again/);
  assert.match(problems[0]?.remedy ?? '', /agent enroll --replace/);
  await own.close();

  const expired = await relayOf(systemClock, past, port);
  const theirs = await linkError(stateDirectory);
  assert.equal(theirs.links[0]?.lastError?.code, 'AGENT_RELAY_CERTIFICATE');
  assert.match(theirs.links[0]?.lastError?.message ?? '', /CERT_HAS_EXPIRED/);
  assert.match(theirs.links[0]?.lastError?.remedy ?? '', /clock of this machine first \(it says 20\d\d-/);
  await expired.close();
  rmSync(directory, { recursive: true });
});

test('names that cannot be resolved for a while: told, tried less and less often, and over at once when they can', async () => {
  const world = await startTunnelWorld();
  const outage = { names: new Set<string>(), asked: 0 };
  const resolving: Dial = (host, port, signal) => {
    outage.asked += outage.names.has(host) ? 1 : 0;
    return outage.names.has(host) ? Promise.reject(Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), { code: 'EAI_AGAIN' })) : world.dial(host, port, signal);
  };
  const target = await world.startTarget((_, response) => response.end('ok'));
  const application = await world.publish(target.url);
  const agent = await world.startAgent('contoso', { dial: resolving, warmConnections: 0, reconnectPauseMs: { minimum: 20, maximum: 2000 } });
  outage.names.add('target.test');
  const answer = await world.request(application, '/EWS/');
  assert.deepEqual([answer.status, answer.headers['x-hybridge-error'], agent.status().targets[0]?.lastError], [502, 'AGENT_TARGET_UNREACHABLE', 'EAI_AGAIN']);
  outage.names.clear();
  assert.equal((await world.request(application, '/EWS/')).status, 200);

  outage.names.add('relay.test');
  await world.relay.close();
  await until(() => agent.status().links.every(({ lastError }) => lastError?.message === 'The name of the relay cannot be resolved (EAI_AGAIN).'));
  outage.asked = 0;
  await setTimeout(1000);
  assert.ok(outage.asked > 0 && outage.asked < 20, `${outage.asked} attempts in a second`);
  await agent.close();
  await world.close();
});
