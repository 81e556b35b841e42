import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import type { LabAccount } from '../../../src/lab/index.ts';
import { startLabFixture } from '../lab-fixture.ts';
import type { LabFixture } from '../lab-fixture.ts';

/** Debian's: exchangelib, an EWS client for the real Exchange, and zeep, which makes a client of any WSDL document. */
const python = '/usr/bin/python3';
const missing = (module: string): string | false => (spawnSync(python, ['-c', `import ${module}`]).status === 0 ? false : `python3-${module.replace('_', '-')} is not installed (apt-get install python3-${module.replace('_', '-')})`);
const folder = import.meta.dirname;

let fixture: LabFixture;
before(async () => {
  fixture = await startLabFixture({ ntlm: true });
});
after(() => fixture.close());

interface Way {
  name: string;
  url: () => string;
  signIn: 'basic' | 'bearer' | 'ntlm';
}

const endpoint = (): string => fixture.info.parties.relay.urls['endpoint'] ?? '';

const ways: readonly Way[] = [
  { name: 'through relay and agent, with Basic', url: endpoint, signIn: 'basic' },
  { name: 'directly, with a bearer token', url: () => fixture.info.parties.onPremises.urls['ews'] ?? '', signIn: 'bearer' },
  { name: 'through relay and agent, with NTLM', url: endpoint, signIn: 'ntlm' },
];

for (const [index, way] of ways.entries()) {
  test(`exchangelib does its work ${way.name}`, { skip: missing('exchangelib'), timeout: 300_000 }, async () => {
    await run(python, [join(folder, 'exchangelib-work.py')], await factsOf(way, `p${index}`));
  });
  test(`a client that zeep makes from the WSDL document does its work ${way.name}`, { skip: missing('zeep') || (way.signIn === 'ntlm' && missing('requests_ntlm')), timeout: 300_000 }, async () => {
    await run(python, [join(folder, 'zeep-work.py')], await factsOf(way, `z${index}`));
  });
  test(`ews-javascript-api does its work ${way.name}`, { timeout: 300_000 }, async () => {
    await run(process.execPath, [join(folder, 'managed-client-work.ts')], await factsOf(way, `j${index}`));
  });
}

async function factsOf({ url, signIn }: Way, name: string): Promise<unknown> {
  const [me, other] = fixture.info.accounts.filter(({ side, kind }) => side === 'on-premises' && kind === 'user');
  assert.ok(me !== undefined && other !== undefined);
  const person = async (who: LabAccount): Promise<unknown> => ({ user: who.userName, password: who.password, address: who.address, ...(signIn === 'bearer' ? { token: await tokenOf(who) } : {}) });
  return { ca: fixture.info.caFile, url: url(), me: await person(me), other: await person(other), run: name, ntlm: signIn === 'ntlm' };
}

/** A token for the on-premises organisation, by the password grant, which the lab's tenant allows. */
async function tokenOf(who: LabAccount): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', resource: 'https://localhost', username: who.userName ?? '', password: who.password ?? '' });
  const response = await request(fixture.info.parties.sts.urls['token'] ?? '', { dispatcher: fixture.httpClient, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() });
  const answer = (await response.body.json()) as { access_token?: string; error_description?: string };
  assert.ok(answer.access_token !== undefined, answer.error_description);
  return answer.access_token;
}

/** Runs a client's program; it fails with what the program complained of. */
async function run(program: string, parameters: readonly string[], facts: unknown): Promise<void> {
  const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NODE_EXTRA_CA_CERTS: fixture.info.caFile } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(JSON.stringify(facts));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, output.slice(-4_000));
}
