import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import { createStsAdminClient, exchangeApplicationId } from '../../../src/identity/index.ts';
import type { StsAdminClient } from '../../../src/identity/index.ts';
import { connectExchange } from '../../../src/management/index.ts';
import type { CmdletSession } from '../../../src/management/index.ts';
import { startServiceWorld } from './service-world.ts';
import type { ServiceWorld, StartedProcess } from './service-world.ts';

/*
 * What premises.yaml says about sign-in, with both parties as processes of their own. The world's target is the load
 * balancer: it takes TLS off and sends requests to the plain listener, as row H6 (34 of the free/busy table) has it.
 */

const tenant = '11111111-2222-3333-4444-555555555555';
const password = 'A-long-passw0rd-of-the-test';
const userName = 'administrator@contoso.test';

let world: ServiceWorld;
let httpClient: Dispatcher & { close(): Promise<void> };
let premises: StartedProcess;
let sts: StartedProcess;
let session: CmdletSession;
let ews = '';
let plainPort = 0;
let directory: StsAdminClient;
let askForToken: () => Promise<Record<string, unknown>>;
let accessToken = '';

before(async () => {
  world = await startServiceWorld();
  httpClient = createHttpClient({ dial: systemDial, ca: readFileSync(world.caFile, 'utf8') });
  world.file('sts.key', 'an-admin-key-of-the-test');
  world.file('password', password);
  const listener = 'port: 0, certificate: relay.pem, privateKey: relay.key';
  world.file('sts.yaml', `stateDirectory: sts\nhostName: localhost\npublic: { ${listener} }\nadmin: { port: 0, key: { file: sts.key } }\npassThrough: { ca: ca.pem }\n`);
  const initial = `initial:\n  organizationName: Contoso\n  serverName: EX1\n  serverFqdn: localhost\n  acceptedDomains: [contoso.test]\n  administrator: ${userName}\n  administratorPassword: { file: password }\n`;
  world.file('premises.yaml', `stateDirectory: premises\ntenantId: contoso\nca: ca.pem\npublic: { ${listener} }\nadmin: { port: 0 }\nplain: { port: 0 }\nsettingsCacheMs: 600000\nmetadataRefreshMs: 0\nntlm: { keyFile: ntlm.key }\n${initial}`);
  sts = world.start(['sts', '--config', 'sts.yaml']);
  premises = world.start(['premises', '--config', 'premises.yaml']);
  const stsUrls = await sts.logged('token service started');
  const urls = (await premises.logged('organisation started')) as { ews: string; admin: string; ports: { plain: number } };
  ews = urls.ews.replace('127.0.0.1', 'localhost');
  plainPort = urls.ports.plain;
  directory = createStsAdminClient({ url: String(stsUrls['admin']), httpClient, key: 'an-admin-key-of-the-test' });
  await directory.createTenant({ id: tenant, displayName: 'Contoso', domains: ['contoso.test'], passwordGrantEnabled: true });
  await directory.createServicePrincipal(tenant, { appId: exchangeApplicationId, displayName: 'Exchange', servicePrincipalNames: ['https://localhost'] });
  await directory.createUser(tenant, { userPrincipalName: userName, displayName: 'Administrator', password });
  const authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;
  session = connectExchange({ url: new URL(urls.admin).origin, httpClient, authorization: () => authorization, tenant: 'contoso' });
  const stsUrl = String(stsUrls['public']);
  await session.invoke('New-AuthServer', { Name: 'EvoSts', Type: 'AzureAD', AuthMetadataUrl: `${stsUrl}/${tenant}/federationmetadata/2007-06/federationmetadata.xml` });
  await session.invoke('Restart-Service', { Name: 'W3SVC' });
  const form = { grant_type: 'password', client_id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', resource: 'https://localhost', username: userName, password };
  askForToken = async () => {
    const answer = await request(`${stsUrl}/${tenant}/oauth2/token`, { method: 'POST', dispatcher: httpClient, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form).toString() });
    return (await answer.body.json()) as Record<string, unknown>;
  };
  accessToken = String((await askForToken())['access_token']);
});
after(async () => {
  for (const party of [sts, premises]) party.child.kill('SIGTERM');
  await Promise.all([sts.finished, premises.finished]);
  await httpClient.close();
  await world.close();
});

async function ask(url: string, authorization: string): Promise<{ status: number; diagnostics: unknown; challenges: string[] }> {
  const answer = await request(url, { method: 'POST', dispatcher: httpClient, headers: { authorization, 'content-type': 'text/xml', host: 'localhost' }, body: '<x/>' });
  await answer.body.dump();
  return { status: answer.statusCode, diagnostics: answer.headers['x-ms-diagnostics'], challenges: [answer.headers['www-authenticate'] ?? []].flat() };
}

test('rows H6 and 34: a balancer that takes TLS off makes tokens fail, with both schemes named', async () => {
  const direct = await ask(ews, `Bearer ${accessToken}`);
  assert.ok(direct.status !== 401, `the token is good (${String(direct.diagnostics)})`);
  const balancer: RequestListener = (incoming, response) => {
    const onward = plainRequest({ port: plainPort, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: { ...incoming.headers, 'x-forwarded-proto': 'https' } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    incoming.pipe(onward);
  };
  world.target.listener.handle = balancer;
  const path = new URL(ews).pathname;
  const offloaded = await ask(`${world.target.url}${path}`, `Bearer ${accessToken}`);
  assert.deepEqual([offloaded.status, offloaded.diagnostics], [401, `2000003;reason="The hostname component of the audience claim value is invalid. Expected 'https://localhost'. Actual 'http://localhost'.";error_category="invalid_resource"`]);
  assert.equal(offloaded.challenges.some((challenge) => challenge.startsWith('Basic')), false);
});

test('a setting counts once the cache has ended, or the web server was restarted', async () => {
  const offersBearer = async (): Promise<boolean> => (await ask(ews, 'Bearer')).challenges.some((challenge) => challenge.startsWith('Bearer '));
  assert.equal(await offersBearer(), true);
  await session.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', OAuthAuthentication: false });
  assert.equal(await offersBearer(), true, 'it is kept for ten minutes');
  await session.invoke('Restart-Service', { Name: 'W3SVC' });
  assert.equal(await offersBearer(), false);
  await session.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', OAuthAuthentication: true });
  await session.invoke('Restart-Service', { Name: 'W3SVC' });
  assert.equal(await offersBearer(), true);
});

test('NTLM is offered where the file names a key, which is its owner’s alone', async () => {
  assert.ok((await ask(ews, 'Bearer')).challenges.includes('NTLM'));
  assert.equal(statSync(join(world.folder, 'ntlm.key')).mode & 0o777, 0o600);
});

test('the token service asks the organisation about passwords, whose certificate is of an authority of its own', async () => {
  await directory.setDomainAuthentication(tenant, 'contoso.test', { authentication: 'PassThrough', endpoint: ews });
  await session.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', BasicAuthentication: false });
  await session.invoke('Restart-Service', { Name: 'W3SVC' });
  assert.deepEqual((await askForToken())['error_codes'], [80005], 'Basic is off');
  await session.invoke('Set-WebServicesVirtualDirectory', { Identity: 'EX1\\EWS (Default Web Site)', BasicAuthentication: true });
  await session.invoke('Restart-Service', { Name: 'W3SVC' });
  assert.equal(typeof (await askForToken())['access_token'], 'string');
});

test('what the file says is checked', async () => {
  const file = world.file('wrong-premises.yaml', 'stateDirectory: premises\ntenantId: contoso\npublic: { port: 0, certificate: relay.pem, privateKey: relay.key }\nplain: { port: 70000 }\nsettingsCacheMs: -1\nmetadataRefreshMs: 10\nntlm: {}\n');
  const { code, stdout } = await world.run(['config', 'check', file, '--party', 'premises', '--json']);
  const { problems } = JSON.parse(stdout) as { problems: { key?: string; line?: number; message: string }[] };
  assert.equal(code, 78);
  assert.deepEqual(problems.map(({ key, line }) => [key, line]), [['plain.port', 4], ['settingsCacheMs', 5], ['metadataRefreshMs', 6], ['ntlm.keyFile', 7]], stdout);
});
