import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults } from '../../../src/lab/index.ts';
import { startFaultWalk } from './fault-walk.ts';
import type { FaultWalk } from './fault-walk.ts';

// Every fault of the lab: it is brought about, the lookup fails with the published text, the doctor, who is told only who
// cannot see whom, names the cause first with proof, its repair runs in the shell, the lookup works, and all is put back.
// What is wrong in the world outside of the products (a firewall, a device, a clock) no shell repairs: it is mended there.

let lab: FaultWalk;
before(async () => {
  lab = await startFaultWalk();
});
after(() => lab.close());

test('a healthy lab: no false alarm', async () => {
  const toPremises = { asker: 'anna', whom: 'bert@contoso.test' };
  for (const symptom of [toPremises, { asker: 'bert', whom: 'anna@contoso.test' }, { asker: 'anna', whom: 'room5@contoso.test' }, { move: true } as const]) {
    const { verdict, causes } = await lab.diagnose(symptom);
    assert.deepEqual([verdict, causes], ['works', []]);
    // Nor when nobody can repeat it, and every probe has to look.
    const blind = await lab.diagnose(symptom, true);
    assert.deepEqual([blind.verdict, blind.causes.map(({ cause, proof }) => [cause, proof])], ['unseen', []]);
  }
});

for (const id of ['fb15-certificate-missing', 'fb11-proxy-address']) {
  test(`${id} is named whoever asks whom, and nothing else is`, async () => {
    const fault = faults.find((each) => each.id === id);
    assert.ok(fault !== undefined);
    await lab.breaker.break(fault);
    try {
      for (const symptom of [{ asker: 'anna', whom: 'bert@contoso.test' }, { asker: 'bert', whom: 'anna@contoso.test' }]) assert.deepEqual((await lab.diagnose(symptom)).causes.map(({ cause }) => cause), [id], JSON.stringify(symptom));
    } finally {
      await lab.breaker.mend(id);
    }
  });
}

for (const fault of faults.filter(({ needs }) => needs === undefined)) {
  test(`${fault.id}: fails as published, is named first, is repaired, and leaves nothing behind`, () => lab.walk(fault));
}
