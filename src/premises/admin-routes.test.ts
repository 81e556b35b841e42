import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer, TestPremises } from './test-premises.ts';
import { basicOf, password, startTestPremises, tenantId } from './test-premises.ts';

let premises: TestPremises;
const path = `/adminapi/beta/${tenantId}/InvokeCommand`;
const call = (cmdlet: string, parameters: Record<string, unknown> = {}): string => JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } });
const invoke = (who: string, cmdlet: string, parameters: Record<string, unknown> = {}, at = path): Promise<Answer> =>
  premises.askAdmin(at, { authorization: basicOf(`${who}@contoso.test`), headers: { 'content-type': 'application/json' }, body: call(cmdlet, parameters) });

before(async () => {
  premises = await startTestPremises();
  await premises.add('bert');
  const { directory } = premises.organization;
  await directory.setRoleGroups((await premises.add('admin')).guid, ['Organization Management']);
  await directory.setRoleGroups((await premises.add('viewer')).guid, ['View-Only Organization Management']);
});
after(() => premises.close());

test('who signs in may run what their role groups allow, as they are now', async () => {
  const { directory, configuration } = premises.organization;
  const enable = { EwsEnabled: true };
  assert.equal((await invoke('admin', 'Get-OrganizationConfig')).status, 200);
  assert.equal((await invoke('viewer', 'Get-OrganizationConfig')).status, 200);
  assert.equal((await invoke('viewer', 'Set-OrganizationConfig', enable)).status, 400, 'to whoever lacks the role the cmdlet does not exist');
  for (const cmdlet of ['Get-OrganizationConfig', 'Set-OrganizationConfig', 'Get-Mailbox']) assert.equal((await invoke('bert', cmdlet)).status, 403, cmdlet);
  assert.equal((await configuration.singleton('OrganizationConfig')).properties.EwsEnabled, null);
  assert.equal((await invoke('admin', 'Set-OrganizationConfig', enable)).status, 200);
  assert.equal((await configuration.singleton('OrganizationConfig')).properties.EwsEnabled, true);
  const admin = await directory.resolve('admin@contoso.test');
  await directory.setRoleGroups(admin?.guid ?? '', []);
  assert.equal((await invoke('admin', 'Get-OrganizationConfig')).status, 403, 'a remembered sign-in remembers no roles');
});

test('who does not sign in is asked to, before anything else is looked at', async () => {
  for (const authorization of [undefined, 'Bearer x', basicOf('viewer@contoso.test', 'wrong'), basicOf('nobody@contoso.test')]) {
    for (const at of [path, '/adminapi/beta/another/InvokeCommand']) {
      const answer = await premises.askAdmin(at, { ...(authorization === undefined ? {} : { authorization }), body: 'no json' });
      assert.deepEqual([answer.status, answer.challenges], [401, ['Basic realm="Hybridge admin API"']]);
    }
  }
});

test('another tenant is not this organisation', async () => {
  const answer = await invoke('viewer', 'Get-OrganizationConfig', {}, '/adminapi/beta/99999999-2222-3333-4444-555555555555/InvokeCommand');
  assert.equal(answer.status, 404);
  assert.match(answer.body, /MANAGEMENT_UNKNOWN_TENANT/);
});

test('EWS is not on the operators’ side, nor the admin API on the public one', async () => {
  assert.equal((await premises.askAdmin('/EWS/Exchange.asmx', { authorization: basicOf('viewer@contoso.test') })).status, 404);
  assert.equal((await premises.ask({ path, authorization: basicOf('viewer@contoso.test') })).status, 404);
  assert.equal((await premises.ask({ path: '/metrics', method: 'GET' })).status, 404);
});

test('health, and metrics that count what was answered', async () => {
  for (const health of ['/livez', '/readyz']) assert.equal((await premises.askAdmin(health, { method: 'GET' })).status, 200);
  await premises.ask();
  await premises.ask({ authorization: basicOf('viewer@contoso.test') });
  await premises.ask({ path: '/x' });
  const { body, headers } = await premises.askAdmin('/metrics', { method: 'GET' });
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
  assert.match(body, /^hybridge_http_requests_total\{vdir="EWS",status="401"\} 1$/m);
  assert.match(body, /^hybridge_http_requests_total\{vdir="EWS",status="200"\} 1$/m);
  assert.match(body, /^hybridge_http_request_duration_seconds_count\{vdir="EWS"\} 2$/m);
  assert.match(body, /^process_resident_memory_bytes \d{7,}/m);
  assert.doesNotMatch(body, /contoso|viewer/);
});

test('a password given to a cmdlet is in no log and no audit entry', async () => {
  const { directory, audit } = premises.organization;
  const admin = await directory.resolve('admin@contoso.test');
  await directory.setRoleGroups(admin?.guid ?? '', ['Organization Management']);
  const secret = 'S3cret-of-Carl!';
  const made = await invoke('admin', 'New-Mailbox', { Name: 'Carl', UserPrincipalName: 'carl@contoso.test', Password: secret });
  assert.equal(made.status, 200, made.body);
  await invoke('admin', 'New-Mailbox', { Name: 'Carl', UserPrincipalName: 'carl@contoso.test', Password: secret });
  const entries = await audit.search();
  assert.ok(entries.length >= 2);
  const text = premises.logged.join('') + JSON.stringify(premises.entries) + JSON.stringify(entries) + made.body;
  for (const word of [secret, password, basicOf('admin@contoso.test').slice(6)]) assert.ok(!text.includes(word), word);
});
