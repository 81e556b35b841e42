import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { enrollAgent, signInByDeviceCode } from '../../../src/agent/index.ts';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import { createStsAdminClient, startSts } from '../../../src/identity/index.ts';
import type { RunningSts } from '../../../src/identity/index.ts';
import { createRelayAdminClient, startRelay } from '../../../src/relay/index.ts';
import type { RunningRelay } from '../../../src/relay/index.ts';
import { startServiceWorld } from './service-world.ts';
import type { ServiceWorld } from './service-world.ts';

const directory = '11111111-2222-4333-8444-555555555555';
const otherDirectory = '22222222-2222-4333-8444-555555555555';
const agentClient = 'aaaaaaaa-0000-4000-8000-000000000001';
const relayApplication = 'aaaaaaaa-0000-4000-8000-000000000002';
const password = 'correct horse battery';
const role = 'HybridAgent.Enroll';

let world: ServiceWorld;
let sts: RunningSts;
let relay: RunningRelay;
let httpClient: Dispatcher;
let ca = '';
let relayOffset = 0;
let folders = 0;

before(async () => {
  world = await startServiceWorld();
  ca = readFileSync(world.caFile, 'utf8');
  httpClient = createHttpClient({ dial: systemDial, ca });
  const server = { certificate: readFileSync(world.certificateFile, 'utf8'), privateKey: readFileSync(world.keyFile, 'utf8') };
  const stsPort = await freePort();
  const key = 'an-admin-key-of-the-test';
  const listener = { cert: server.certificate, key: server.privateKey };
  sts = await startSts({ stateDirectory: join(world.folder, 'sts'), hostName: 'localhost', publicUrl: `https://localhost:${stsPort}`, public: { ...listener, port: stsPort }, admin: listener, adminKey: key, passwordHashCost: 1024 });
  const admin = createStsAdminClient({ url: sts.urls.admin, httpClient, key });
  for (const [id, domain] of [[directory, 'contoso.test'], [otherDirectory, 'fabrikam.test']] as const) {
    await admin.createTenant({ id, displayName: domain, domains: [domain] });
    await admin.createServicePrincipal(id, { appId: agentClient, displayName: 'Hybrid Agent', publicClient: true, consentedResources: ['*'] });
    await admin.createServicePrincipal(id, { appId: relayApplication, displayName: 'Relay', servicePrincipalNames: ['https://localhost'], appRoles: [role] });
    const { objectId } = await admin.createUser(id, { userPrincipalName: `admin@${domain}`, displayName: 'Admin', password });
    await admin.assignRole(id, relayApplication, { role, principalId: objectId });
    await admin.createUser(id, { userPrincipalName: `anna@${domain}`, displayName: 'Anna', password });
  }
  relay = await startRelay({
    stateDirectory: join(world.folder, 'relay'),
    domains: ['localhost'],
    certificates: [server],
    admin: { key },
    clock: { now: () => Date.now() + relayOffset },
    signIn: { authority: `https://localhost:${stsPort}`, clientId: agentClient, tenants: [{ directory, tenant: 'contoso' }], ca },
  });
  const relayAdmin = createRelayAdminClient({ url: relay.urls.admin, httpClient, key });
  await relayAdmin.createTenant({ name: 'Contoso', id: 'contoso' });
  await relayAdmin.createApplication('contoso', { id: world.applicationId, targets: [{ url: world.target.url }] });
});
after(async () => {
  await relay.close();
  await sts.close();
  await httpClient.close();
  await world.close();
});

/** The token service names its port in its metadata, so it must be known before. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Goes through the pages of the token service as a browser does, and decides. */
async function decide(address: string, code: string, user: string, decision: 'continue' | 'cancel'): Promise<void> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(address);
  const send = async (url: string, form?: Record<string, string>): Promise<{ text: string }> => {
    const answer = await request(new URL(url, origin), {
      dispatcher: httpClient,
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), origin, ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    });
    for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const text = await answer.body.text();
    return typeof answer.headers.location === 'string' ? send(answer.headers.location) : { text };
  };
  const submit = ({ text }: { text: string }, fields: Record<string, string>): Promise<{ text: string }> => {
    const plain = (value: string): string => value.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
    const [, action = ''] = /<form method="post" action="([^"]*)"/.exec(text) ?? [];
    assert.notEqual(action, '', `no form: ${text.slice(0, 500)}`);
    const inputs = Array.from(text.matchAll(/<input [^>]*>/g), ([tag]) => [/ name="([^"]*)"/.exec(tag)?.[1] ?? '', plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')] as const);
    return send(plain(action), { ...Object.fromEntries(inputs), ...fields });
  };
  const question = await submit(await send(`${address}?user_code=${encodeURIComponent(code)}`), { username: user, password });
  await submit(question, { decision });
}

/** Signs in and enrols in this process; what the person does comes between the first poll and the second. */
async function enrol(user: string, { decision = 'continue', pauses = [] }: { decision?: 'continue' | 'cancel' | 'nothing'; pauses?: number[] } = {}): Promise<{ agentId: string; tenantId: string }> {
  const relayUrl = `https://localhost:${relay.port}`;
  let shown = { address: '', code: '' };
  const accessToken = await signInByDeviceCode({
    relayUrl,
    ca,
    onPrompt: (prompt) => (shown = prompt),
    async pause(milliseconds) {
      pauses.push(milliseconds);
      if (pauses.length === 2 && decision !== 'nothing') await decide(shown.address, shown.code, user, decision);
    },
  });
  folders += 1;
  return enrollAgent({ relayUrl, ca, accessToken, stateDirectory: join(world.folder, `enrolled-${folders}`), clock: { now: () => Date.now() + relayOffset } });
}

test('an administrator enrols an agent by signing in; who polls too early slows down', async () => {
  const pauses: number[] = [];
  assert.equal((await enrol('admin@contoso.test', { pauses })).tenantId, 'contoso');
  assert.deepEqual(pauses, [5000, 5000]);
  const hasty: number[] = [];
  await assert.rejects(enrol('admin@contoso.test', { decision: 'nothing', pauses: hasty }), { code: 'AGENT_SIGN_IN_EXPIRED' });
  assert.deepEqual(hasty.slice(0, 4), [5000, 5000, 10_000, 15_000], 'the second poll came too early, and all after it');
});

test('everybody else is refused, with a reason of its own', async () => {
  await assert.rejects(enrol('admin@contoso.test', { decision: 'cancel' }), { code: 'AGENT_SIGN_IN_DECLINED' });
  await assert.rejects(enrol('anna@contoso.test'), { code: 'RELAY_SIGN_IN_ROLE' });
  await assert.rejects(enrol('admin@fabrikam.test'), { code: 'RELAY_SIGN_IN_TENANT' });
  for (relayOffset of [-3600_000, 2 * 3600_000]) await assert.rejects(enrol('admin@contoso.test'), { code: 'RELAY_SIGN_IN_CLOCK' });
  relayOffset = 0;
  const place = { relayUrl: `https://localhost:${relay.port}`, ca, stateDirectory: join(world.folder, 'never') };
  for (const accessToken of ['nonsense', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`]) await assert.rejects(enrollAgent({ ...place, accessToken }), { code: 'RELAY_SIGN_IN_TOKEN' });
  assert.equal(existsSync(place.stateDirectory), false);
});

test('a relay without sign-in says so, and one whose token service is gone as well', async () => {
  const options = { domains: ['localhost'] as [string], certificates: [{ certificate: readFileSync(world.certificateFile, 'utf8'), privateKey: readFileSync(world.keyFile, 'utf8') }] as const, admin: { key: 'an-admin-key-of-the-test' } };
  const without = await startRelay({ ...options, stateDirectory: join(world.folder, 'without') });
  const at = { relayUrl: `https://localhost:${without.port}`, ca, onPrompt: () => undefined };
  await assert.rejects(signInByDeviceCode(at), { code: 'RELAY_SIGN_IN_OFF' });
  await assert.rejects(enrollAgent({ ...at, accessToken: 'x.y.z', stateDirectory: join(world.folder, 'never') }), { code: 'RELAY_SIGN_IN_OFF' });
  await without.close();
  const gone = await startRelay({ ...options, stateDirectory: join(world.folder, 'gone'), signIn: { authority: `https://localhost:${await freePort()}`, clientId: agentClient, tenants: [{ directory, tenant: 'contoso' }], ca } });
  const there = { relayUrl: `https://localhost:${gone.port}`, ca, onPrompt: () => undefined };
  await assert.rejects(signInByDeviceCode(there), { code: 'AGENT_SIGN_IN_UNREACHABLE' });
  await assert.rejects(enrollAgent({ ...there, accessToken: 'x.y.z', stateDirectory: join(world.folder, 'never') }), { code: 'RELAY_SIGN_IN_UNAVAILABLE' });
  await gone.close();
});

test('the agent of one file signs in, enrols and proves its way through an outbound proxy', async () => {
  const folder = join(world.folder, 'alone');
  mkdirSync(folder);
  const script = join(folder, 'hybridge-agent.mjs');
  const build = spawn(process.execPath, [fileURLToPath(new URL('../../../tools/build-agent.ts', import.meta.url)), script], { stdio: 'ignore' });
  assert.deepEqual(await once(build, 'exit'), [0, null]);
  const asked = new Set<string>();
  const proxy = createServer().listen(0, '127.0.0.1');
  proxy.on('connect', ({ url = '' }, client: net.Socket) => {
    asked.add(url);
    const far = net.connect(Number(url.split(':').at(-1)), '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const [one, other] of [[far, client], [client, far]] as const) one.on('error', () => other.destroy()).pipe(other);
  });
  await once(proxy, 'listening');
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const enrolling = world.start(['enroll', '--device-code', '--relay', `https://localhost:${relay.port}`, '--state', 'state', '--ca', world.caFile, '--target-ca', world.caFile], {
    script,
    folder,
    environment: { HYBRIDGE_AGENT_PROXY_URL: proxyUrl },
  });
  const [, address = '', code = ''] = /Open (\S+) in a browser, .* the code (\S+)$/.exec(await enrolling.line((line) => line.includes('the code'))) ?? [];
  await decide(address, code, 'admin@contoso.test', 'continue');
  const { code: exitCode, stdout, stderr } = await enrolling.finished;
  assert.equal(exitCode, 0, stderr + stdout);
  assert.match(stdout, /register +done .* of tenant contoso\nvalidate +done .* answered 200 through this agent/);
  const stsPort = new URL(address).port;
  assert.deepEqual([...asked].toSorted(), [`localhost:${relay.port}`, `localhost:${stsPort}`].toSorted());

  const own = { script, folder, environment: { HYBRIDGE_AGENT_PROXY_URL: proxyUrl } };
  const place = ['--state', 'state', '--ca', world.caFile, '--target-ca', world.caFile];
  asked.clear();
  const tested = await world.run(['test', '--sts', `localhost:${stsPort}`, ...place], own);
  assert.equal(tested.code, 0, tested.stderr + tested.stdout);
  assert.match(tested.stdout, new RegExp(`^Testing connection to localhost on port ${relay.port}\nTesting connection to localhost on port ${stsPort}\nvalidate +done .* answered 200 through this agent`));
  assert.deepEqual([...asked].toSorted(), [`localhost:${relay.port}`, `localhost:${stsPort}`].toSorted());
  proxy.closeAllConnections();
  proxy.close();
  const blocked = await world.run(['test', '--cloud', 'https://localhost:1', '--test-o365-endpoints', ...place], own);
  assert.equal(blocked.code, 1, blocked.stdout);
  assert.match(blocked.stderr, new RegExp(`WARNING: Unable to connect to localhost on port ${relay.port} \\(AGENT_PROXY_UNREACHABLE\\)\\.\\n +The outbound proxy .* cannot be reached \\(ECONNREFUSED\\)\\.\\n +Check the address of the proxy[\\s\\S]*on port 1 `));
});
