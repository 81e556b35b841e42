import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOrganization } from '../open-organization.ts';

test('keeps who did what, newest first, and never a secret', async (t) => {
  let now = 1000;
  const organization = await openOrganization({ file: ':memory:', clock: { now: () => now } });
  t.after(() => organization.close());
  const { audit } = organization;
  await audit.record({ who: 'admin', cmdlet: 'New-Mailbox', parameters: { Name: 'Bert', Password: 'S3cret!', Nested: { clientSecret: 'x' } }, after: { Name: 'Bert' }, succeeded: true, requestId: 'request-1' });
  now = 2000;
  await audit.record({ who: 'helper', cmdlet: 'Set-Mailbox', object: 'Bert', parameters: { Identity: 'Bert' }, before: { Alias: 'a' }, after: { Alias: 'b' }, succeeded: false, error: 'MANAGEMENT_INVALID_VALUE' });
  const [second, first] = await audit.search();
  assert.deepEqual(first, {
    id: 1,
    at: 1000,
    who: 'admin',
    cmdlet: 'New-Mailbox',
    parameters: { Name: 'Bert', Password: '[masked]', Nested: { clientSecret: '[masked]' } },
    after: { Name: 'Bert' },
    succeeded: true,
    requestId: 'request-1',
  });
  assert.deepEqual([second?.before, second?.after, second?.succeeded, second?.error], [{ Alias: 'a' }, { Alias: 'b' }, false, 'MANAGEMENT_INVALID_VALUE']);
  assert.equal((await audit.search({ from: 2000 })).length, 1);
  assert.equal((await audit.search({ to: 2000 })).length, 1);
  assert.equal((await audit.search({ cmdlets: ['set-mailbox'] })).length, 1);
  assert.equal((await audit.search({ who: ['nobody'] })).length, 0);
  const raw = JSON.stringify(await organization.store.db.selectFrom('audit_entry').selectAll().execute());
  assert.equal(raw.includes('S3cret!'), false);
});
