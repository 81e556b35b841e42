import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillIn, withKnownNames } from './known-names.ts';
import { provenCause } from './run-probes.ts';

const names = new Map([['cloud user', 'anna@contoso.com'], ['cloud connector', 'HybridIOC - 4711'], ['server', 'EX1'], ['evil', 'a"; Remove-Mailbox b'], ['host', '$(x)'], ['endpoint guid', 'abc.relay.example']]);

test('placeholders are filled in so that the line can be typed', () => {
  assert.equal(fillIn('Test -Mailbox <cloud user> -Verbose', names), 'Test -Mailbox anna@contoso.com -Verbose');
  assert.equal(fillIn('Set "<cloud connector>" -Enabled $true', names), 'Set "HybridIOC - 4711" -Enabled $true');
  assert.equal(fillIn('Set <cloud connector>', names), 'Set "HybridIOC - 4711"');
  assert.equal(fillIn('Set "<server>\\EWS (Default Web Site)" @{remove="smtp:<cloud user>"}', names), 'Set "EX1\\EWS (Default Web Site)" @{remove="smtp:anna@contoso.com"}');
  assert.equal(fillIn('Test -RemoteServer <endpoint guid>.resource.mailboxmigration.his.msappproxy.net -Credentials', names), 'Test -RemoteServer abc.relay.example -Credentials');
});

test('what nobody knows, and names that a shell would read, stay placeholders', () => {
  for (const line of ['Set <thumbprint>', 'Set "<evil>"', 'curl https://<host>/', 'openssl x509 </dev/null']) assert.equal(fillIn(line, names), line);
});

test('where there are two connectors, none is meant', async () => {
  const sessionOf = (count: number) => ({ invoke: async () => Array.from({ length: count }, (_, at) => ({ Name: `Connector ${at}` })) }) as never;
  const cause = provenCause({ cause: 'fb9-disabled', proof: 'x', repair: [], undo: [] });
  assert.ok(cause !== undefined);
  const printed = async (count: number): Promise<string> => JSON.stringify((await withKnownNames([cause], { sessions: { Cloud: sessionOf(count) } }))[0]?.knowledge.repair);
  assert.match(await printed(1), /Connector 0/);
  assert.match(await printed(2), /<cloud connector>/);
});

test('a failure that is the same both ways is checked in the direction in which it was asked', async () => {
  const cause = provenCause({ cause: 'fb22-slow-path', proof: 'x', repair: [], undo: [] });
  assert.ok(cause !== undefined);
  const [filled] = await withKnownNames([cause], { sessions: {}, asker: 'anna@contoso.com', whom: 'bert@contoso.com' });
  assert.match(JSON.stringify(filled?.failure.check), /Look bert@contoso\.com up again as anna@contoso\.com/);
  assert.deepEqual((await withKnownNames([cause], { sessions: {} }))[0]?.failure.check, cause.failure.check);
});
