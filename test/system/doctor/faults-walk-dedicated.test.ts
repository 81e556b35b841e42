import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults } from '../../../src/lab/index.ts';
import { startFaultWalk } from './fault-walk.ts';
import type { FaultWalk } from './fault-walk.ts';

// The walk in a lab whose servers call the cloud as an application of their own; and faults in pairs, both of which are named.

let lab: FaultWalk;
before(async () => {
  lab = await startFaultWalk({ hybridApplication: 'dedicated' });
});
after(() => lab.close());

test('a healthy lab with a dedicated application: no false alarm', async () => {
  const symptom = { asker: 'bert', whom: 'anna@contoso.test' };
  assert.deepEqual((await lab.diagnose(symptom)).causes, []);
  const blind = await lab.diagnose(symptom, true);
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
// Behind a name that does not resolve nobody sees TLS: those two are named one after the other.
const ofEachKind = kinds.flatMap((one, at) => kinds.slice(at + 1).map((other) => [one, other] as const)).filter(([one, other]) => one !== 'fb29-dns-record' || other !== 'fb32-tls12-off');

for (const pair of [...sample, ...ofEachKind, ['fb4-firewall', 'fb32-tls12-off'] as const, ['fb4-firewall', 'fb32-certificate-expired'] as const, ['fb18-no-roles', 'fb12-calendar-permission'] as const, ['fb6-duplicate-upn', 'fb18-no-linked-account'] as const]) {
  test(`${pair.join(' and ')} at once: both are named`, async () => {
    const both = pair.map((id) => faults.find((fault) => fault.id === id));
    const symptom = { asker: 'anna', whom: 'bert@contoso.test' };
    try {
      for (const fault of both) {
        assert.ok(fault !== undefined);
        await lab.breaker.break(fault);
      }
      const { causes } = await lab.diagnose(symptom);
      assert.deepEqual(new Set(causes.map(({ cause }) => cause)), new Set(pair));
    } finally {
      for (const { id } of lab.breaker.injected().toReversed()) await lab.breaker.mend(id);
    }
    assert.equal((await lab.lookUp(symptom)).ok, true);
  });
}
