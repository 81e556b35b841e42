import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, findFault } from '../../../src/lab/index.ts';
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

test('an Auth certificate that has expired: the published steps make another, the doctor names what is left of them, and it works', async () => {
  const fault = findFault('fb26-certificate-expired');
  const former = await lab.configuration();
  await lab.breaker.break(fault);
  try {
    const [expired] = (await lab.diagnose(fault.symptom)).causes;
    assert.equal(expired?.cause, fault.id);
    await lab.type('OnPremises', expired.knowledge.repair.flatMap((step) => ('run' in step && step.on === 'on-premises' ? [step.run] : [])));
    const [left] = (await lab.diagnose(fault.symptom)).causes;
    assert.equal(left?.cause, 'fb26-not-uploaded');
    await lab.runInShell(left.repair);
    assert.equal((await lab.lookUp(fault.symptom)).ok, true);
  } finally {
    const [config] = await lab.breaker.sessions.OnPremises.invoke('Get-AuthConfig');
    await lab.breaker.mend(fault.id);
    await lab.breaker.sessions.OnPremises.invoke('Remove-ExchangeCertificate', { Thumbprint: config?.['CurrentCertificateThumbprint'], Confirm: false });
  }
  assert.equal(await lab.configuration(), former);
});

test('the rights of another partner application are nobody’s trouble', async () => {
  const { OnPremises } = lab.breaker.sessions;
  await OnPremises.invoke('New-PartnerApplication', { Name: 'A portal', ApplicationIdentifier: '00000003-0000-0ff1-ce00-000000000000' });
  try {
    assert.deepEqual((await lab.diagnose({ asker: 'anna', whom: 'bert@contoso.test' }, true)).causes, []);
  } finally {
    await OnPremises.invoke('Remove-PartnerApplication', { Identity: 'A portal', Confirm: false });
  }
});
