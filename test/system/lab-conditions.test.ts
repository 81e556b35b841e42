import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import { createRequestId } from '../../src/foundation/index.ts';
import { openLabBreaker } from '../../src/lab/index.ts';
import type { ConditionInput } from '../../src/lab/index.ts';
import { startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

// What is wrong in the lab's world outside of the products: each is brought about by the lab's own door, as from another
// process, and seen in what a lookup says, letter by letter as published.

let fixture: LabFixture;
let endpoint: string;
before(async () => {
  fixture = await startLabFixture({ freeBusy: 'both', lookUpTimeouts: { connectMs: 2_000, deadlineMs: 8_000 } });
  endpoint = new URL(fixture.info.parties.relay.namedUrls['endpoint'] ?? '').host;
});
after(() => fixture.close());

async function lookUp(): Promise<string> {
  const start = Date.parse(fixture.info.startedAt);
  const answer = await fixture.client.lookUpFreeBusy({
    asker: fixture.account('anna'),
    requestId: createRequestId(),
    authentication: 'Basic',
    request: {
      mailboxes: [{ email: { address: 'bert@contoso.test' }, attendeeType: 'Required', excludeConflicts: false }],
      freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
    },
  });
  const [outcome] = answer.freeBusy ?? [];
  return outcome?.ok === true ? 'ok' : (outcome?.failure.messageText ?? 'no answer');
}

async function door(method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown, key = readFileSync(fixture.info.conditions.keyFile, 'utf8').trim()): Promise<{ status: number; text: string }> {
  const response = await request(`${fixture.info.conditions.url}${path}`, { dispatcher: fixture.httpClient, method, headers: { authorization: `Bearer ${key}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.statusCode, text: await response.body.text() };
}

const mail = 'mail.contoso.test';
const published = (inner: string): string => `Proxy web request failed. , inner exception: ${inner}`;
const tls = published('System.Net.WebException: The request was aborted: Could not create SSL/TLS secure channel.');
const cut = (on: string): string => `The underlying connection was closed: An unexpected error occurred on a ${on}`;

const seen: Readonly<Record<string, readonly [condition: () => ConditionInput, text: string]>> = {
  'a firewall that drops what comes from the cloud': [() => ({ kind: 'firewall', to: endpoint, action: 'drop', from: ['cloud'] }), 'Unable to connect to the remote server ; System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly respond'],
  'a firewall that refuses': [() => ({ kind: 'firewall', to: endpoint, action: 'refuse' }), 'Unable to connect to the remote server ; System.Net.Sockets.SocketException: No connection could be made because the target machine actively refused it'],
  'a name without a record': [() => ({ kind: 'record', name: endpoint }), 'The remote name could not be resolved'],
  'a name that leads elsewhere': [() => ({ kind: 'record', name: endpoint, leadsTo: 'outlook.cloud.test' }), 'The remote certificate is invalid'],
  'a reset of the handshake': [() => ({ kind: 'cut', hosts: [endpoint], at: 'handshake' }), cut('send')],
  'a reset after the request': [() => ({ kind: 'cut', hosts: [endpoint], at: 'request' }), cut('receive')],
  'a device that passes on what it gets': [() => ({ kind: 'device', hosts: [endpoint] }), 'ok'],
  'a device that speaks TLS 1.0': [() => ({ kind: 'device', hosts: [endpoint], tls: { maxVersion: 'TLSv1' } }), tls],
  'a device with other cipher suites': [() => ({ kind: 'device', hosts: [endpoint], tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256' } }), tls],
  'a device of an unknown authority': [() => ({ kind: 'device', hosts: [endpoint], certificate: 'unknownAuthority' }), tls],
  'a device whose certificate has expired': [() => ({ kind: 'device', hosts: [endpoint], certificate: 'expired' }), tls],
  'a device with the certificate of another name': [() => ({ kind: 'device', hosts: [endpoint], certificate: 'otherName' }), tls],
  'a device that takes TLS off': [() => ({ kind: 'device', hosts: [mail], onward: 'plain' }), '2000003;reason="The hostname component of the audience claim value'],
  'a device that changes the host': [() => ({ kind: 'device', hosts: [mail], host: mail }), '2000003;reason="The hostname component of the audience claim value'],
  'a device that takes the token away': [() => ({ kind: 'device', hosts: [mail], stripAuthorization: true }), '401: Unauthorized'],
  'a device that answers itself': [() => ({ kind: 'device', hosts: [mail], answers: [{ path: '^/ews', token: true, status: 403, reason: 'Forbidden ( not here )' }] }), '403: Forbidden ( not here )'],
  'a device that takes its time': [() => ({ kind: 'device', hosts: [mail], delayMs: 15_000 }), "Timeout occurred during 'Waiting-For-Request-Completion'"],
  'an agent that is off': [() => ({ kind: 'stopped', party: 'agent' }), '503: Service Unavailable'],
  'a relay that is off': [() => ({ kind: 'stopped', party: 'relay' }), 'actively refused it'],
};

for (const [what, [condition, text]] of Object.entries(seen)) {
  test(what, async () => {
    assert.equal((await door('PUT', '/conditions/it', condition())).status, 200);
    try {
      const said = await lookUp();
      assert.ok(said.includes(text), said);
    } finally {
      assert.equal((await door('DELETE', '/conditions/it')).status, 200);
    }
    assert.equal(await lookUp(), 'ok');
  });
}

test('two devices in one way: the later one stands further out', async () => {
  await fixture.lab.conditions.set('inner', { kind: 'device', hosts: [mail], certificate: 'ours', tls: {}, onward: 'tls', delayMs: 0, stripAuthorization: false, answers: [{ path: '^/ews', status: 404, headers: {}, body: '' }] });
  await door('PUT', '/conditions/outer', { kind: 'device', hosts: [mail] });
  assert.match(await lookUp(), /404: Not Found/);
  await door('DELETE', '/conditions/inner');
  assert.equal(await lookUp(), 'ok');
  await door('DELETE', '/conditions/outer');
  assert.deepEqual(fixture.lab.conditions.list(), []);
  assert.equal(await lookUp(), 'ok');
});

test('the door takes its owner’s key only, and conditions that are ones', async () => {
  assert.equal((await door('GET', '/conditions', undefined, 'wrong')).status, 401);
  assert.equal((await door('PUT', '/conditions/it', { kind: 'clock', party: 'nobody', offsetMs: 1 })).status, 400);
  assert.equal((await door('PUT', '/conditions/it', { kind: 'clock', party: 'agent', offsetMs: 1 })).status, 200);
  assert.equal((await door('PUT', '/conditions/it', { kind: 'clock', party: 'agent', offsetMs: 1 })).status, 409);
  assert.deepEqual(JSON.parse((await door('GET', '/conditions')).text), [{ id: 'it', condition: { kind: 'clock', party: 'agent', offsetMs: 1 } }]);
  assert.equal((await door('DELETE', '/conditions/it')).status, 200);
  assert.equal((await door('DELETE', '/conditions/it')).status, 200);
});

test('a damaged list of faults is said to be that', async () => {
  const breaker = openLabBreaker(fixture.info);
  const file = join(fixture.directory, 'faults.json');
  writeFileSync(file, '[{"id": 1}]');
  assert.throws(() => breaker.injected(), { code: 'LAB_STATE_UNREADABLE' });
  writeFileSync(file, '[]');
  assert.deepEqual(breaker.injected(), []);
  await breaker.close();
});
