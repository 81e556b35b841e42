import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import type { RunningAgent } from '../../../src/agent/index.ts';
import type { ApplicationView } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;
let contoso: ApplicationView;
let fabrikam: ApplicationView;
let contosoAgent: RunningAgent;
/** What each tenant's target has seen. */
const seen = { contoso: [] as Record<string, unknown>[], fabrikam: [] as Record<string, unknown>[] };

before(async () => {
  world = await startTunnelWorld();
  for (const tenant of ['contoso', 'fabrikam'] as const) {
    const target = await world.startTarget((request, response) => {
      seen[tenant].push(request.headers);
      response.end(`target of ${tenant}`);
    });
    const application = await world.publish(target.url, tenant, { hostNames: [`mail.${tenant}.test`] });
    const agent = await world.startAgent(tenant);
    if (tenant === 'contoso') [contoso, contosoAgent] = [application, agent];
    else fabrikam = application;
  }
});
after(() => world.close());

const hostOf = (application: ApplicationView): string => new URL(application.externalUrl).hostname;

test('each tenant is reached under its own names', async () => {
  assert.equal((await world.request(contoso, '/EWS/')).body.toString(), 'target of contoso');
  assert.equal((await world.request(fabrikam, '/EWS/')).body.toString(), 'target of fabrikam');
  assert.match(await world.exchange('mail.fabrikam.test', 'GET /EWS/ HTTP/1.1\r\nHost: mail.fabrikam.test\r\nConnection: close\r\n\r\n'), /target of fabrikam/);
});

const tricks: Record<string, (own: string, other: string) => string> = {
  'another Host than the name of the connection': (_, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${other}\r\n`,
  'a Host of a custom domain': () => 'GET /EWS/ HTTP/1.1\r\nHost: mail.fabrikam.test\r\n',
  'the absolute form': (own, other) => `GET https://${other}/EWS/ HTTP/1.1\r\nHost: ${own}\r\n`,
  'the absolute form with its own Host': (_, other) => `GET https://${other}/EWS/ HTTP/1.1\r\nHost: ${other}\r\n`,
  'the absolute form with user information': (own, other) => `GET https://${own}@${other}/EWS/ HTTP/1.1\r\nHost: ${own}\r\n`,
  'two Hosts': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${own}\r\nHost: ${other}\r\n`,
  'a list of Hosts': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${own}, ${other}\r\n`,
  'user information in Host': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${own}@${other}\r\n`,
  'a Host behind a Host': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${other}.${own}\r\n`,
  'a final dot': (_, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${other}.\r\n`,
  'a folded Host': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${own}\r\n ${other}\r\n`,
  'a zero byte in Host': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${other}\0.${own}\r\n`,
  'a path that begins with a host': (own, other) => `GET //${other}/EWS/ HTTP/1.1\r\nHost: ${own}\r\n`,
  'a path that climbs': (own, other) => `GET /EWS/../../${other}/EWS/ HTTP/1.1\r\nHost: ${own}\r\n`,
  'CONNECT': (own, other) => `CONNECT ${other}:443 HTTP/1.1\r\nHost: ${own}\r\n`,
  'Forwarded': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${own}\r\nForwarded: host=${other}\r\nX-Forwarded-Host: ${other}\r\nX-Forwarded-Server: ${other}\r\n`,
  'fields that replace the Host': (own, other) => `GET /EWS/ HTTP/1.1\r\nHost: ${own}\r\nX-Original-Host: ${other}\r\nX-Rewrite-URL: https://${other}/EWS/\r\nX-Original-URL: /EWS/${other}\r\n`,
};

for (const [name, trick] of Object.entries(tricks)) {
  test(`another tenant is not reached by ${name}`, async () => {
    const [own, other] = [hostOf(contoso), hostOf(fabrikam)];
    const before = { contoso: seen.contoso.length, fabrikam: seen.fabrikam.length };
    const text = await world.exchange(contoso, `${trick(own, other)}Connection: close\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 (?:200|4\d\d) /);
    assert.equal(seen.fabrikam.length, before.fabrikam);
    assert.doesNotMatch(text, /fabrikam/);
    const headers = seen.contoso.slice(before.contoso).map((one) => ({ ...one, host: '' }));
    assert.doesNotMatch(JSON.stringify(headers), new RegExp(other));
  });
}

test('HTTP/2 reaches the tenant of the connection only, whatever its authority says', async () => {
  const [own, other] = [hostOf(contoso), hostOf(fabrikam)];
  const session = http2.connect(`https://${own}`, { createConnection: () => tls.connect({ host: '127.0.0.1', port: world.relay.port, servername: own, ca: [world.ca], ALPNProtocols: ['h2'] }) });
  const ask = (headers: http2.OutgoingHttpHeaders): Promise<string> =>
    new Promise((resolve) => {
      const stream = session.request({ ':method': 'GET', ':scheme': 'https', ...headers });
      let answer = '';
      stream.once('response', (fields) => (answer = `${fields[':status'] ?? ''} `));
      stream.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      stream.on('error', () => undefined);
      stream.once('close', () => resolve(stream.rstCode === 0 ? answer : `reset ${stream.rstCode}`));
    });
  const before = seen.fabrikam.length;
  assert.equal(await ask({ ':authority': own, ':path': '/EWS/' }), '200 target of contoso');
  assert.match(await ask({ ':authority': other, ':path': '/EWS/' }), /^421 .*RELAY_MISDIRECTED/);
  assert.equal(await ask({ ':authority': own, host: other, ':path': '/EWS/' }), `reset ${http2.constants.NGHTTP2_PROTOCOL_ERROR}`);
  assert.equal(await ask({ ':authority': own, ':path': `https://${other}/EWS/` }), `reset ${http2.constants.NGHTTP2_PROTOCOL_ERROR}`);
  assert.match(await ask({ ':authority': 'mail.fabrikam.test', ':path': '/EWS/' }), /^421 /);
  assert.equal(seen.fabrikam.length, before);
  session.close();
});

test('a connection without a name may turn to another tenant, and takes nothing of the first along', async () => {
  const socket = tls.connect({ host: '127.0.0.1', port: world.relay.port, ca: [world.ca] });
  await once(socket, 'secureConnect');
  const ask = async (application: ApplicationView, more: string): Promise<string> => {
    socket.write(`GET /EWS/ HTTP/1.1\r\nHost: ${hostOf(application)}\r\n${more}\r\n`);
    return String(((await once(socket, 'data')) as [Buffer])[0]);
  };
  assert.match(await ask(contoso, 'Authorization: NTLM TlRMTVNTUAABAAAA\r\n'), /target of contoso$/);
  assert.match(await ask(fabrikam, ''), /target of fabrikam$/);
  assert.equal(seen.fabrikam.at(-1)?.['authorization'], undefined);
  assert.match(await ask(contoso, ''), /target of contoso$/);
  socket.destroy();
});

test('no tenant takes a name, a GUID or an endpoint of another one', async () => {
  const targets = fabrikam.targets.map(({ url }) => ({ url }));
  for (const settings of [
    { hostNames: ['mail.contoso.test'] },
    { hostNames: ['MAIL.Contoso.test'] },
    { passThroughHosts: ['mail.contoso.test'] },
    { hostNames: [hostOf(contoso)] },
    { passThroughHosts: ['relay.test'] },
    { id: contoso.id },
  ]) {
    await assert.rejects(world.admin.createApplication('fabrikam', { targets, ...settings }), { code: 'RELAY_HOST_TAKEN' }, JSON.stringify(settings));
  }
  await assert.rejects(world.admin.updateApplication(fabrikam.id, { hostNames: ['mail.contoso.test'] }), { code: 'RELAY_HOST_TAKEN' });
  assert.equal((await world.request(contoso, '/EWS/')).body.toString(), 'target of contoso');
  assert.equal((await world.admin.getApplication(contoso.id)).tenantId, 'contoso');
});

test('the agents of one tenant never stand in for those of another', async () => {
  await contosoAgent.close();
  const answer = await world.request(contoso, '/EWS/');
  assert.deepEqual([answer.status, answer.headers['x-hybridge-error']], [503, 'RELAY_NO_AGENT']);
});
