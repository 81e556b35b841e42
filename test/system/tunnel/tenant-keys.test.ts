import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createHttpClient } from '../../../src/foundation/index.ts';
import { createRelayAdminClient, readTail } from '../../../src/relay/index.ts';
import type { ApplicationView, RelayAdminClient, TailLine } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;
/** Milliseconds that the relay's clock is ahead. */
let ahead = 0;
const logged: Record<string, unknown>[] = [];
let httpClient: ReturnType<typeof createHttpClient>;
let contoso: ApplicationView;
let fabrikam: ApplicationView;
let foreignAgent: string;
let foreignToken: string;
let foreignKey: string;
let key: { id: string; key: string };

before(async () => {
  const note = (facts: unknown): void => void logged.push(facts as Record<string, unknown>);
  const silent = (): void => undefined;
  world = await startTunnelWorld({ tenantApi: true, clock: { now: () => Date.now() + ahead }, log: { trace: silent, debug: silent, info: note, warn: note, error: note, fatal: note } as never });
  httpClient = createHttpClient({ dial: world.dial, ca: world.ca });
  const target = await world.startTarget((_, response) => response.end('ok'));
  contoso = await world.publish(target.url, 'contoso');
  fabrikam = await world.publish(target.url, 'fabrikam');
  await world.startAgent('contoso');
  foreignAgent = (await world.startAgent('fabrikam')).agentId;
  foreignToken = (await world.admin.issueEnrolmentToken('fabrikam')).id;
  foreignKey = (await world.admin.issueKey('fabrikam', { name: 'theirs' })).id;
  key = await world.admin.issueKey('contoso', { name: 'Anna' });
});
after(async () => {
  await httpClient.close();
  await world.close();
});

const clientOf = (secret: string, url = world.relay.urls.admin): RelayAdminClient => createRelayAdminClient({ url, httpClient, key: secret });
const ours = (): RelayAdminClient => clientOf(key.key);

async function stateOfFabrikam(): Promise<unknown> {
  const { admin } = world;
  const agents = await admin.listAgents('fabrikam');
  return [await admin.getTenant('fabrikam'), await admin.listApplications('fabrikam'), agents.map(({ id, revokedAt }) => [id, revokedAt]), await admin.listEnrolmentTokens('fabrikam'), await admin.listKeys('fabrikam')];
}

test('an administrator of a tenant manages what the tenant has', async () => {
  const client = ours();
  assert.deepEqual((await client.listTenants()).map(({ id }) => id), ['contoso']);
  const made = await client.createApplication('contoso', { name: 'Moves', targets: [{ url: 'https://mrs.test' }] });
  assert.equal((await client.updateApplication(made.id, { name: 'Mailbox moves' })).name, 'Mailbox moves');
  assert.deepEqual((await client.listApplications()).map(({ id }) => id).sort(), [contoso.id, made.id].sort());
  await client.removeApplication(made.id);
  const token = await client.issueEnrolmentToken('contoso');
  assert.equal((await client.listEnrolmentTokens('contoso')).some(({ id }) => id === token.id), true);
  await client.removeEnrolmentToken(token.id);
  const { agentId } = await world.enrol('contoso');
  assert.deepEqual(new Set((await client.listAgents()).map(({ tenantId }) => tenantId)), new Set(['contoso']));
  await client.revokeAgent(agentId);
  assert.ok((await client.getAgent(agentId)).revokedAt !== undefined);
  // The operator's mistyped tenant is no empty list.
  for (const list of [() => world.admin.listAgents('contosso'), () => world.admin.listApplications('contosso')]) await assert.rejects(list, { code: 'RELAY_TENANT_UNKNOWN' });
});

test('what belongs to another tenant does not exist for it, whatever is tried', async () => {
  const before = await stateOfFabrikam();
  const client = ours();
  const settings = { targets: [{ url: 'https://evil.test' }] };
  const attempts: [string, () => Promise<unknown>][] = [
    ['RELAY_TENANT_UNKNOWN', () => client.getTenant('fabrikam')],
    ['RELAY_TENANT_UNKNOWN', () => client.updateTenant('fabrikam', { name: 'mine' })],
    ['RELAY_TENANT_UNKNOWN', () => client.removeTenant('fabrikam')],
    ['RELAY_TENANT_UNKNOWN', () => client.listApplications('fabrikam')],
    ['RELAY_TENANT_UNKNOWN', () => client.createApplication('fabrikam', settings)],
    ['RELAY_APPLICATION_UNKNOWN', () => client.getApplication(fabrikam.id)],
    ['RELAY_APPLICATION_UNKNOWN', () => client.getApplication(fabrikam.id.toUpperCase())],
    ['RELAY_APPLICATION_UNKNOWN', () => client.updateApplication(fabrikam.id, settings)],
    ['RELAY_APPLICATION_UNKNOWN', () => client.removeApplication(fabrikam.id)],
    ['RELAY_HOST_TAKEN', () => client.createApplication('contoso', { ...settings, id: fabrikam.id })],
    ['RELAY_TENANT_UNKNOWN', () => client.issueEnrolmentToken('fabrikam')],
    ['RELAY_TENANT_UNKNOWN', () => client.listEnrolmentTokens('fabrikam')],
    ['RELAY_ENROLMENT_TOKEN_UNKNOWN', () => client.removeEnrolmentToken(foreignToken)],
    ['RELAY_TENANT_UNKNOWN', () => client.listAgents('fabrikam')],
    ['RELAY_AGENT_UNKNOWN', () => client.getAgent(foreignAgent)],
    ['RELAY_AGENT_UNKNOWN', () => client.revokeAgent(foreignAgent)],
    ['RELAY_TENANT_UNKNOWN', () => client.issueKey('fabrikam', { name: 'mine' })],
    ['RELAY_TENANT_UNKNOWN', () => client.listKeys('fabrikam')],
    ['RELAY_KEY_UNKNOWN', () => client.rotateKey(foreignKey)],
    ['RELAY_KEY_UNKNOWN', () => client.revokeKey(foreignKey)],
    ['RELAY_TENANT_UNKNOWN', () => client.listAudit({ tenantId: 'fabrikam' })],
  ];
  for (const [code, attempt] of attempts) await assert.rejects(attempt, { code }, String(attempt));
  assert.deepEqual(await stateOfFabrikam(), before);
  // An update that names another tenant or id in its body stays where it is.
  await client.updateApplication(contoso.id, { tenantId: 'fabrikam', id: fabrikam.id } as never);
  assert.deepEqual([(await world.admin.getApplication(contoso.id)).tenantId, await stateOfFabrikam()], ['contoso', before]);
});

test('what is the operator’s stays his: tenants, limits, permissions, authorities', async () => {
  const client = ours();
  const [authority] = await client.listAuthorities();
  for (const attempt of [
    () => client.createTenant({ name: 'another' }),
    () => client.updateTenant('contoso', { limits: { requestsPerSecond: null } }),
    () => client.updateTenant('contoso', { permissions: { domains: ['fabrikam.test'] } }),
    () => client.removeTenant('contoso'),
    () => client.renewAuthority(),
    () => client.removeAuthority(authority?.thumbprint ?? ''),
  ]) {
    await assert.rejects(attempt, { code: 'RELAY_ADMIN_ROLE' }, String(attempt));
  }
});

test('host names and token issuers: only those that the operator allows the tenant, or has set himself', async () => {
  const client = ours();
  const targets = [{ url: 'https://mail.test' }];
  await assert.rejects(client.createApplication('contoso', { targets, hostNames: ['mail.contoso.test'] }), { code: 'RELAY_HOST_NOT_ALLOWED' });
  await assert.rejects(client.updateApplication(contoso.id, { passThroughHosts: ['mail.fabrikam.test'] }), { code: 'RELAY_HOST_NOT_ALLOWED' });
  const accessTokens = { issuers: ['https://login.test/contoso/metadata/json/1'] };
  await assert.rejects(client.updateApplication(contoso.id, { accessTokens }), { code: 'RELAY_ISSUER_NOT_ALLOWED' });
  await world.admin.updateTenant('contoso', { permissions: { domains: ['contoso.test'] } });
  await world.admin.updateTenant('contoso', { permissions: { tokenIssuers: ['https://login.test/contoso/'] } });
  const made = await client.createApplication('contoso', { targets, hostNames: ['MAIL.contoso.test'], accessTokens });
  await assert.rejects(client.updateApplication(made.id, { hostNames: ['mail.contoso.test', 'mail.fabrikam.test'] }), { code: 'RELAY_HOST_NOT_ALLOWED' });
  await world.admin.updateApplication(made.id, { hostNames: ['mail.contoso.test', 'shared.partner.test'] });
  assert.equal((await client.updateApplication(made.id, { name: 'kept', hostNames: ['shared.partner.test'] })).name, 'kept');
  await client.removeApplication(made.id);
});

test('an endpoint GUID that was a tenant’s never becomes another one’s', async () => {
  const targets = [{ url: 'https://mail.test' }];
  const gone = await world.admin.createApplication('fabrikam', { targets });
  await world.admin.removeApplication(gone.id);
  await assert.rejects(ours().createApplication('contoso', { targets, id: gone.id }), { code: 'RELAY_HOST_TAKEN' });
  assert.equal((await world.admin.createApplication('fabrikam', { targets, id: gone.id })).id, gone.id);
  await world.admin.removeApplication(gone.id);
});

test('a reader looks and changes nothing', async () => {
  const reader = clientOf((await ours().issueKey('contoso', { name: 'monitoring', role: 'reader' })).key);
  assert.equal((await reader.listAgents()).length > 0, true);
  for (const attempt of [() => reader.issueEnrolmentToken('contoso'), () => reader.updateApplication(contoso.id, { name: 'x' }), () => reader.issueKey('contoso', { name: 'more' }), () => reader.rotateKey(key.id)]) {
    await assert.rejects(attempt, { code: 'RELAY_ADMIN_ROLE' }, String(attempt));
  }
});

test('keys are rotated with an overlap, expire, and are revoked at once', async () => {
  const client = ours();
  const first = await client.issueKey('contoso', { name: 'script', lifetimeMs: 24 * 3600_000 });
  const second = await client.rotateKey(first.id);
  assert.equal(second.id, first.id);
  for (const secret of [first.key, second.key]) assert.equal((await clientOf(secret).listTenants()).length, 1);
  ahead += 3600_000 + 1;
  await assert.rejects(clientOf(first.key).listTenants(), { code: 'RELAY_ADMIN_KEY' });
  assert.equal((await clientOf(second.key).listTenants()).length, 1);
  const third = await client.rotateKey(first.id, { overlapMs: 0 });
  await assert.rejects(clientOf(second.key).listTenants(), { code: 'RELAY_ADMIN_KEY' });
  ahead += 24 * 3600_000;
  await assert.rejects(clientOf(third.key).listTenants(), { code: 'RELAY_ADMIN_KEY' });
  ahead = 0;
  assert.equal((await clientOf(third.key).listTenants()).length, 1);
  await client.revokeKey(first.id);
  await assert.rejects(clientOf(third.key).listTenants(), { code: 'RELAY_ADMIN_KEY' });
  assert.equal((await client.listKeys('contoso')).some(({ id }) => id === first.id), false);
  for (const secret of ['', 'hbadmin_', `${key.key}x`, key.id]) await assert.rejects(clientOf(secret).listTenants(), { code: 'RELAY_ADMIN_KEY' });
});

test('the tail shows the tenant’s own requests only, and ends with the key', async () => {
  const watching = await world.admin.issueKey('contoso', { name: 'watcher' });
  const means = { url: world.relay.urls.admin, httpClient, key: watching.key, signal: new AbortController().signal };
  await assert.rejects(readTail({ ...means, tenantId: 'fabrikam' }).next(), { code: 'RELAY_TENANT_UNKNOWN' });
  await assert.rejects(readTail({ ...means, applicationId: fabrikam.id }).next(), { code: 'RELAY_APPLICATION_UNKNOWN' });
  const seen: TailLine[] = [];
  for await (const line of readTail({ ...means, key: watching.key, signal: AbortSignal.timeout(20_000) })) {
    if (line.type === 'alive') {
      assert.equal((await world.request(fabrikam, '/EWS/theirs')).status, 200);
      assert.equal((await world.request(fabrikam, '/refused-theirs')).status, 403);
      assert.equal((await world.request(contoso, '/refused-ours')).status, 403);
      assert.equal((await world.request(contoso, '/EWS/ours')).status, 200);
    }
    seen.push(line);
    if (line.type === 'request' && line.path === '/EWS/ours') break;
  }
  assert.deepEqual(seen.map((line) => (line.type === 'request' ? line.path : line.type)), ['alive', '/refused-ours', '/EWS/ours']);
  const tail = readTail(means);
  assert.equal((await tail.next()).value?.type, 'alive');
  const end = assert.rejects(tail.next(), { code: 'RELAY_ADMIN_UNREACHABLE' });
  await world.admin.revokeKey(watching.id);
  await end;
});

test('every change is in the audit with who made it, and no secret is', async () => {
  const client = ours();
  const token = await client.issueEnrolmentToken('contoso');
  const entries = await client.listAudit();
  assert.deepEqual([entries[0]?.action, entries[0]?.actor, entries[0]?.actorName, entries[0]?.object, entries[0]?.address], ['token.issue', key.id, 'Anna', token.id, '127.0.0.1']);
  assert.deepEqual(new Set(entries.map(({ tenantId }) => tenantId)), new Set(['contoso']));
  for (const action of ['application.create', 'application.update', 'application.remove', 'agent.revoke', 'key.issue', 'key.rotate', 'key.revoke', 'token.remove']) assert.ok(entries.some((entry) => entry.action === action), action);
  const all = await world.admin.listAudit({ limit: 1000 });
  assert.ok(all.some(({ actor, tenantId }) => actor === 'operator' && tenantId === 'fabrikam'));
  assert.doesNotMatch(JSON.stringify(all) + JSON.stringify(logged), /hbadmin_|hbenrol_|admin-key/);
  assert.ok(logged.some((facts) => facts['audit'] === 'token.issue' && facts['actor'] === key.id));
});

test('at the relay’s own name, keys of tenants are good and the operator’s is not', async () => {
  const there = `https://relay.test:${world.relay.port}`;
  assert.deepEqual((await clientOf(key.key, there).listApplications()).map(({ id }) => id), [contoso.id]);
  await assert.rejects(clientOf('admin-key', there).listTenants(), { code: 'RELAY_ADMIN_KEY' });
  await assert.rejects(clientOf(key.key, there).getApplication(fabrikam.id), { code: 'RELAY_APPLICATION_UNKNOWN' });
  const off = await startTunnelWorld();
  try {
    await assert.rejects(clientOf('admin-key', `https://relay.test:${off.relay.port}`).listTenants());
    const client = createHttpClient({ dial: off.dial, ca: off.ca });
    await assert.rejects(createRelayAdminClient({ url: `https://relay.test:${off.relay.port}`, httpClient: client, key: 'admin-key' }).listTenants(), { code: 'RELAY_NOT_FOUND' });
    await client.close();
  } finally {
    await off.close();
  }
});

test('a removed tenant takes its keys along', async () => {
  await world.admin.createTenant({ name: 'Short', id: 'short' });
  const short = await world.admin.issueKey('short', { name: 'x' });
  await world.admin.removeTenant('short');
  await assert.rejects(clientOf(short.key).listTenants(), { code: 'RELAY_ADMIN_KEY' });
});
