import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { enrollAgent, startAgent } from '../../../src/agent/index.ts';
import type { AgentStatus, RunningAgent } from '../../../src/agent/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

const dayMs = 24 * 3600_000;
const directory = mkdtempSync(join(tmpdir(), 'hybridge-authority-'));
const worlds: TunnelWorld[] = [];
after(async () => {
  for (const world of worlds) await world.close();
  rmSync(directory, { recursive: true });
});

/** A relay whose state lies in a folder of the test's, with a clock that is off by so many days. */
async function startWorld(state: string, days = 0): Promise<TunnelWorld> {
  const world = await startTunnelWorld({ stateDirectory: join(directory, state), clock: { now: () => Date.now() + days * dayMs } });
  worlds.push(world);
  return world;
}

async function stopped(world: TunnelWorld): Promise<void> {
  worlds.splice(worlds.indexOf(world), 1);
  await world.close();
}

/** Waits until an agent's status says something. */
async function until(agent: RunningAgent, found: (status: AgentStatus) => boolean): Promise<AgentStatus> {
  for (const patience = AbortSignal.timeout(15_000); ; ) {
    const status = agent.status();
    if (found(status)) return status;
    if (patience.aborted) assert.fail(`the agent's status stays ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('an authority near its end is followed by another one; agents of both are let in, and renew with the new one', async () => {
  // A relay that was set up almost ten years ago: 100 days are left to its authority.
  const before = await startWorld('old', -3550);
  const old = await before.admin.getAuthority();
  await stopped(before);

  const world = await startWorld('old');
  const [issuing, accepted, ...more] = await world.admin.listAuthorities();
  assert.deepEqual([issuing?.issues, accepted?.issues, accepted?.thumbprint, more.length], [true, false, old.thumbprint, 0]);
  assert.ok((issuing?.notAfter ?? 0) - Date.now() > 3600 * dayMs);
});

let world: TunnelWorld;
before(async () => {
  world = await startWorld('now');
});

test('roll-over by hand: who was certified before stays, and is put out when the old authority is removed', async () => {
  const target = await world.startTarget((_, response) => response.end('ok'));
  const application = await world.publish(target.url);
  const agent = await world.startAgent('contoso', { links: 1 });
  const before = await world.admin.getAuthority();
  const renewed = await world.admin.renewAuthority();
  await assert.rejects(world.admin.removeAuthority(renewed.thumbprint), { code: 'RELAY_AUTHORITY_IN_USE' });
  await assert.rejects(world.admin.removeAuthority('00'), { code: 'RELAY_AUTHORITY_UNKNOWN' });
  assert.equal((await world.request(application, '/EWS/')).status, 200);
  const newcomer = await world.startAgent('contoso', { links: 1 });
  assert.equal((await world.admin.listAgents()).filter(({ status }) => status === 'active').length, 2);

  await world.admin.removeAuthority(before.thumbprint.toLowerCase());
  const status = await until(agent, ({ links }) => links.every((link) => link.state !== 'up' && link.lastError !== undefined));
  assert.match(JSON.stringify(status.links), /no authority of this relay issued it|its authority was removed/);
  assert.equal((await world.request(application, '/EWS/')).status, 200, 'the agent of the new authority serves');
  assert.deepEqual((await world.admin.listAgents()).filter(({ status: one }) => one === 'active').map(({ id }) => id), [newcomer.agentId]);
  await agent.close();
  await newcomer.close();
});

test('an expired authority: its agents are told to enrol again, and then come in', async () => {
  const before = await startWorld('expired', -3651);
  await before.admin.createTenant({ name: 'contoso', id: 'contoso' });
  const { token } = await before.admin.issueEnrolmentToken('contoso');
  const stateDirectory = mkdtempSync(join(directory, 'agent-'));
  const past = { now: () => Date.now() - 3651 * dayMs };
  await enrollAgent({ relayUrl: `https://relay.test:${before.relay.port}`, token, stateDirectory, ca: before.ca, dial: before.dial, clock: past });
  await stopped(before);

  const world = await startWorld('expired');
  assert.equal((await world.admin.listAuthorities()).length, 2);
  const dial = world.dial;
  const redirect: typeof dial = (host, _port, signal) => dial(host, world.relay.port, signal);
  const agent = await startAgent({ stateDirectory, ca: world.ca, targetCa: world.ca, dial: redirect, links: 1 });
  try {
    const { links } = await until(agent, (status) => status.links.some(({ lastError }) => lastError?.code === 'RELAY_AGENT_CERTIFICATE'));
    assert.match(JSON.stringify(links), /has expired; it was good until .*hybridge agent enroll --replace/);
  } finally {
    await agent.close();
  }
  const { token: another } = await world.admin.issueEnrolmentToken('contoso');
  await enrollAgent({ relayUrl: `https://relay.test:${world.relay.port}`, token: another, stateDirectory, ca: world.ca, dial, replace: true });
  const again = await startAgent({ stateDirectory, ca: world.ca, targetCa: world.ca, dial, links: 1 });
  await again.ready();
  await again.close();
});
