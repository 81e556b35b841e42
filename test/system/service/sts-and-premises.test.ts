import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import { startServiceWorld } from './service-world.ts';
import type { ServiceWorld } from './service-world.ts';

let world: ServiceWorld;
before(async () => {
  world = await startServiceWorld();
});
after(() => world.close());

const listener = 'port: 0, certificate: relay.pem, privateKey: relay.key';

test('a token service and an organisation run from their files, and drain when asked to stop', async () => {
  world.file('sts.key', 'an-admin-key-of-the-test');
  world.file('password', 'A-long-passw0rd-of-the-test');
  world.file('sts.yaml', `stateDirectory: sts\nhostName: localhost\npublic: { ${listener} }\nadmin: { port: 0, key: { file: sts.key } }\n`);
  world.file(
    'premises.yaml',
    `stateDirectory: premises\ntenantId: contoso\npublic: { ${listener} }\nadmin: { port: 0 }\ninitial:\n  organizationName: Contoso\n  serverName: EX1\n  serverFqdn: localhost\n  acceptedDomains: [contoso.test]\n  administrator: administrator@contoso.test\n  administratorPassword: { file: password }\n`,
  );
  const sts = world.start(['sts', '--config', 'sts.yaml']);
  const premises = world.start(['premises', '--config', 'premises.yaml']);
  const httpClient = createHttpClient({ dial: systemDial, ca: readFileSync(world.caFile, 'utf8') });
  try {
    const stsUrl = String((await sts.logged('token service started'))['public']);
    const unknown = await request(`${stsUrl}/nobody/.well-known/openid-configuration`, { dispatcher: httpClient });
    assert.ok(unknown.statusCode >= 400 && unknown.statusCode < 500, String(unknown.statusCode));
    await unknown.body.dump();
    const adminUrl = String((await premises.logged('organisation started'))['admin']);
    const authorization = `Basic ${Buffer.from('administrator@contoso.test:A-long-passw0rd-of-the-test').toString('base64')}`;
    const answer = await request(adminUrl, { method: 'POST', dispatcher: httpClient, headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ CmdletInput: { CmdletName: 'Get-ExchangeServer', Parameters: {} } }) });
    assert.equal(answer.statusCode, 200);
    assert.match(await answer.body.text(), /"EX1"/);
  } finally {
    await httpClient.close();
  }
  for (const party of [sts, premises]) {
    party.child.kill('SIGTERM');
    const { code, stdout, stderr } = await party.finished;
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"msg":"stopped"/);
    assert.doesNotMatch(stdout + stderr, /passw0rd|an-admin-key/);
  }
});

test('the examples have no mistake but that their files are not here', async () => {
  const folder = fileURLToPath(new URL('../../../deploy/examples', import.meta.url));
  const examples = globSync('*.yaml', { cwd: folder });
  assert.equal(examples.length, 4);
  for (const example of examples) {
    const { code, stdout } = await world.run(['config', 'check', join(folder, example), '--json']);
    const { problems } = JSON.parse(stdout) as { problems: { message: string }[] };
    assert.equal(code, 78, example);
    assert.deepEqual(problems.filter(({ message }) => !message.includes('cannot be read (ENOENT)')), [], example);
  }
});
