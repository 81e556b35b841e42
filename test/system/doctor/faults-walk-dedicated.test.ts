import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Diagnosis } from '../../../src/doctor/index.ts';
import { faults, findFault } from '../../../src/lab/index.ts';
import { startFaultWalk } from './fault-walk.ts';
import type { FaultWalk } from './fault-walk.ts';

// The walk in a lab whose servers call the cloud as an application of their own; and faults in pairs, both of which are named.

const symptom = { asker: 'anna', whom: 'bert@contoso.test' };

let lab: FaultWalk;
before(async () => {
  lab = await startFaultWalk({ hybridApplication: 'dedicated' });
});
after(() => lab.close());

test('a healthy lab with a dedicated application: no false alarm', async () => {
  const back = { asker: 'bert', whom: 'anna@contoso.test' };
  assert.deepEqual((await lab.diagnose(back)).causes, []);
  const blind = await lab.diagnose(back, true);
  assert.deepEqual([blind.verdict, blind.causes.map(({ cause, proof }) => [cause, proof])], ['unseen', []]);
});

for (const fault of faults.filter(({ needs }) => needs === 'dedicated')) {
  test(`${fault.id}: fails as published, is named first, is repaired, and leaves nothing behind`, () => lab.walk(fault));
}

/** On the way to the server, and in the organisation behind it: neither hides the other from who looks. */
const onTheWay = ['fb7-firewall', 'fb10-preauthentication', 'fb10-authorization-removed', 'fb13-preauthentication', 'fb27-device-page', 'fb29-dns-record', 'fb29-wrong-endpoint', 'fb31-device-redirect', 'fb32-tls12-off', 'fb32-ciphers', 'fb32-certificate-expired', 'fb32-certificate-name', 'fb34-ssl-offload', 'fb34-renaming-device', 'm35-agent-down', 'm35-pool-stopped', 'm35-component-inactive', 'fb1-known-defect', 'fb4-nothing-listens', 'fb1-pool-stopped'];
const behind = ['fb6-duplicate-upn', 'fb6-duplicate-proxy', 'fb12-calendar-permission', 'fb18-no-linked-account', 'fb18-no-roles', 'fb18-user-disabled', 'fb25-metadata-url'];

/** A linear congruential generator (Numerical Recipes, §7.1): the same pairs at every run. */
const seed = 20_261_121;
const sample = Array.from({ length: 12 }, (_, at) => {
  let state = (seed + at * 7_919) >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return [onTheWay[next(onTheWay.length)] ?? '', behind[next(behind.length)] ?? ''] as const;
});

/** One of each kind: configuration, directory, certificates, clock, network, TLS, version, a party that is off. */
const kinds = ['fb10-oauth-off', 'fb6-duplicate-upn', 'fb25-metadata-url', 'p2-cloud', 'fb29-dns-record', 'fb32-tls12-off', 'fb1-known-defect', 'm35-agent-down'] as const;
const ofEachKind = kinds.flatMap((one, at) => kinds.slice(at + 1).map((other) => [one, other] as const));
/** The first keeps everybody from what the second is in: the doctor looks past it. */
const oneHidesTheOther = [
  ['fb29-dns-record', 'fb32-ciphers'],
  ['fb29-dns-record', 'fb32-certificate-expired'],
  ['fb29-dns-record', 'fb32-certificate-name'],
  ['fb29-dns-record', 'fb10-oauth-off'],
  ['fb29-dns-record', 'fb7-firewall'],
  ['fb29-dns-record', 'fb4-nothing-listens'],
  ['fb32-certificate-expired', 'fb7-firewall'],
  ['fb32-certificate-name', 'fb7-firewall'],
  ['fb22-slow-path', 'fb32-certificate-name'],
  ['fb10-preauthentication', 'fb32-certificate-name'],
  ['fb10-authorization-removed', 'fb32-certificate-expired'],
  ['m35-pool-stopped', 'fb32-certificate-name'],
  ['fb34-renaming-device', 'fb32-tls12-off'],
  ['fb27-device-page', 'fb9-disabled'],
  ['fb25-metadata-url', 'fb9-disabled'],
  ['fb32-certificate-expired', 'fb9-domain-missing'],
  ['fb10-authorization-removed', 'fb9-target-address'],
  ['fb32-certificate-name', 'fb14-not-synchronised'],
  ['fb15-certificate-expired', 'fb14-not-synchronised'],
  ['fb7-wssecurity-stuck', 'fb31-target-sharing-epr'],
  ['fb19-credential-drift', 'fb3-application-uri'],
  ['fb5-domain', 'fb31-device-redirect'],
] as const;

/** Here nobody sees the second before the first is repaired; the doctor says so, and why. */
const toldInTurn = [
  { pair: ['fb7-firewall', 'fb32-certificate-expired'], named: 'fb32-certificate-expired', hidden: /what answers there \(502\) is not Exchange/ },
  { pair: ['fb10-authorization-removed', 'fb7-firewall'], named: 'fb7-firewall', hidden: /because connections to it are reset/ },
  { pair: ['fb4-nothing-listens', 'fb32-certificate-name'], named: 'fb4-nothing-listens', hidden: /because no connection is made/ },
  { pair: ['fb20-change-required', 'fb11-proxy-address'], named: 'fb11-proxy-address', hidden: /thinks of the account of anna@contoso\.test, because it refuses/ },
  { pair: ['fb15-certificate-expired', 'fb9-minimal-hybrid'], named: 'fb9-minimal-hybrid', hidden: /has nothing that names one/ },
  { pair: ['fb7-wssecurity-stuck', 'fb13-path-rule'], named: 'fb13-path-rule', hidden: /is behind \/EWS\/Exchange\.asmx\/WSSecurity, because/ },
  { pair: ['fb10-oauth-off', 'p1-on-premises'], named: ['m35-target-down', 'p1-on-premises'], hidden: /how the on-premises organisation is configured, because it does not answer/ },
  { pair: ['fb34-ssl-offload', 'fb10-oauth-off'], named: 'fb10-oauth-off', hidden: /under which host, and whether by TLS, requests reach the server/ },
  { pair: ['fb3-wssecurity-stuck', 'fb3-application-uri'], named: 'fb3-application-uri', hidden: /fb3-wssecurity-stuck/ },
] as const;
for (const { pair, named, hidden } of toldInTurn) {
  test(`${pair.join(' and ')} at once: one is named, and what it hides is said`, async () => {
    await atOnce(pair, async ({ causes, hidden: unseen = [] }) => {
      assert.deepEqual([...new Set(causes.map(({ cause }) => cause))], [named].flat());
      assert.match(unseen.join('\n'), hidden);
    });
  });
}

async function atOnce(pair: readonly string[], judge: (diagnosis: Diagnosis) => Promise<void>): Promise<void> {
  try {
    for (const id of pair) await lab.breaker.break(findFault(id));
    await judge(await lab.diagnose(symptom));
  } finally {
    for (const { id } of lab.breaker.injected().toReversed()) await lab.breaker.mend(id);
  }
  assert.equal((await lab.lookUp(symptom)).ok, true);
}

for (const pair of [...sample, ...ofEachKind, ...oneHidesTheOther, ['fb4-firewall', 'fb32-tls12-off'] as const, ['fb4-firewall', 'fb32-certificate-expired'] as const, ['fb18-no-roles', 'fb12-calendar-permission'] as const, ['fb6-duplicate-upn', 'fb18-no-linked-account'] as const]) {
  test(`${pair.join(' and ')} at once: both are named`, async () => {
    await atOnce(pair, async ({ causes }) => {
      assert.deepEqual(new Set(causes.map(({ cause }) => cause)), new Set(pair));
    });
  });
}

test('a fault that another one keeps from being brought about leaves nothing behind', async () => {
  const former = await lab.configuration();
  // Who is not federated publishes no certificate.
  await lab.breaker.break(findFault('w2-not-federated'));
  try {
    const broken = await lab.configuration();
    await assert.rejects(lab.breaker.break(findFault('fb15-certificate-expired')), /There is no federated application/);
    assert.deepEqual([lab.breaker.injected().map(({ id }) => id), await lab.configuration()], [['w2-not-federated'], broken]);
  } finally {
    await lab.breaker.mend('w2-not-federated');
  }
  assert.equal(await lab.configuration(), former);
});

test('moves that are refused behind a certificate that has expired: both are named', async () => {
  for (const [first, second] of [['a1-request-filtering', 'fb32-certificate-expired'], ['a1-request-filtering', 'fb32-tls12-off']] as const) {
    try {
      for (const id of [first, second]) await lab.breaker.break(findFault(id));
      const { causes, probes } = await lab.diagnose({ move: true });
      assert.deepEqual(new Set(causes.map(({ cause }) => cause)), new Set([first, second]), JSON.stringify(probes.map(({ id, outcome }) => [id, outcome])));
    } finally {
      for (const { id } of lab.breaker.injected().toReversed()) await lab.breaker.mend(id);
    }
    assert.equal((await lab.lookUp({ move: true })).ok, true);
  }
});
