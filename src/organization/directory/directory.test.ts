import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Organization } from '../open-organization.ts';
import { openOrganization } from '../open-organization.ts';
import { addAddressUnchecked } from './directory.ts';

const passwordCost = { cost: 1024, blockSize: 8, parallelization: 1 };
let organization: Organization;
let now = Date.parse('2026-11-21T09:00:00Z');

before(async () => {
  organization = await openOrganization({ file: ':memory:', clock: { now: () => now }, passwordCost });
});
after(() => organization.close());

const bert = { recipientTypeDetails: 'UserMailbox', displayName: 'Bert Baker', userPrincipalName: 'bert@contoso.test', primarySmtpAddress: 'Bert@contoso.test', timeZone: 'W. Europe Standard Time' } as const;

test('finds a person by every address, with or without prefix and in any case', async () => {
  const { directory } = organization;
  const created = await directory.create({ ...bert, emailAddresses: ['smtp:Bert.Baker@contoso.test', 'SMTP:bert@contoso.test'] });
  assert.equal(created.alias, 'Bert');
  assert.deepEqual(created.emailAddresses, ['Bert@contoso.test', 'Bert.Baker@contoso.test']);
  for (const address of ['bert@contoso.test', 'SMTP:BERT@CONTOSO.TEST', 'smtp:bert.baker@contoso.test']) {
    assert.equal((await directory.resolve(address))?.guid, created.guid, address);
  }
  assert.equal(await directory.resolve('sip:bert@contoso.test'), undefined);
  assert.equal(await directory.resolve('nobody@contoso.test'), undefined);
  assert.equal((await directory.byUserPrincipalName('BERT@contoso.test'))?.guid, created.guid);
  assert.deepEqual(await directory.byGuid(created.guid.toUpperCase()), created);
});

test('finds by identity and wild card', async () => {
  const { directory } = organization;
  const anna = await directory.create({
    recipientTypeDetails: 'RemoteUserMailbox',
    displayName: 'Anna Ärzt',
    userPrincipalName: 'anna@contoso.test',
    primarySmtpAddress: 'anna@contoso.test',
    externalEmailAddress: 'anna@contoso.mail.onmicrosoft.test',
  });
  assert.deepEqual(anna.emailAddresses, ['anna@contoso.test', 'anna@contoso.mail.onmicrosoft.test'], 'the other side knows her by her target address');
  for (const identity of [anna.guid, 'ANNA', 'anna ärzt', 'anna@contoso.test', 'anna@contoso.mail.onmicrosoft.test', '*mail.onmicrosoft.test', 'an*']) {
    assert.deepEqual((await directory.find(identity)).map((found) => found.guid), [anna.guid], identity);
  }
  assert.deepEqual((await directory.find('*')).map((found) => found.displayName), ['Anna Ärzt', 'Bert Baker']);
  assert.deepEqual(await directory.find('ann'), []);
  assert.equal(await directory.count(['RemoteUserMailbox']), 1);
  assert.deepEqual((await directory.list({ types: ['UserMailbox'], limit: 5 })).map((found) => found.alias), ['Bert']);
});

test('refuses an address, alias or sign-in name that is taken, and says by whom', async () => {
  const { directory } = organization;
  const other = { ...bert, displayName: 'Other', alias: 'other', userPrincipalName: 'other@contoso.test', primarySmtpAddress: 'other@contoso.test' };
  await assert.rejects(directory.create({ ...other, emailAddresses: ['BERT@contoso.test'] }), { code: 'ORGANIZATION_ADDRESS_TAKEN', message: /smtp:bert@contoso\.test.*"Bert Baker"/ });
  await assert.rejects(directory.create({ ...other, alias: 'BERT' }), { code: 'ORGANIZATION_NAME_TAKEN' });
  await assert.rejects(directory.create({ ...other, userPrincipalName: 'bert@contoso.test' }), { code: 'ORGANIZATION_NAME_TAKEN' });
  const anna = await directory.resolve('anna@contoso.test');
  assert.ok(anna);
  await assert.rejects(directory.update(anna.guid, { emailAddresses: ['bert@contoso.test'] }), { code: 'ORGANIZATION_ADDRESS_TAKEN' });
  assert.equal((await directory.resolveAll('bert@contoso.test')).length, 1);
});

test('a duplicate that came in underneath is seen by resolveAll and does not freeze its holders', async () => {
  const { directory, store } = organization;
  const anna = await directory.resolve('anna@contoso.test');
  assert.ok(anna);
  await addAddressUnchecked(store.db, anna.guid, 'bert@contoso.test');
  assert.equal((await directory.resolveAll('bert@contoso.test')).length, 2);
  const renamed = await directory.update(anna.guid, { displayName: 'Anna Arzt' });
  assert.equal(renamed.displayName, 'Anna Arzt');
  await directory.update(anna.guid, { emailAddresses: ['anna@contoso.test', 'anna@contoso.mail.onmicrosoft.test'] });
  assert.equal((await directory.resolveAll('bert@contoso.test')).length, 1);
});

test('updates change only what they name; null takes away', async () => {
  const { directory } = organization;
  const person = await directory.resolve('bert@contoso.test');
  assert.ok(person);
  now += 1000;
  const changed = await directory.update(person.guid, { timeZone: null, immutableId: 'bert@contoso.test' });
  const { timeZone: _, ...rest } = person;
  assert.deepEqual(changed, { ...rest, immutableId: 'bert@contoso.test', whenChanged: now });
  const moved = await directory.update(person.guid, { recipientTypeDetails: 'MailUser', externalEmailAddress: 'bert@elsewhere.test' });
  assert.equal(moved.recipientTypeDetails, 'MailUser');
  await assert.rejects(directory.update(person.guid, { recipientTypeDetails: 'UserMailbox' }), { code: 'ORGANIZATION_INVALID_RECIPIENT' });
  await assert.rejects(directory.update('00000000-0000-4000-8000-000000000000', { alias: 'x' }), { code: 'ORGANIZATION_RECIPIENT_NOT_FOUND' });
});

test('refuses recipients that cannot be', async () => {
  const { directory } = organization;
  for (const [what, recipient] of Object.entries({
    'a mailbox with a target address': { ...bert, alias: 'a', userPrincipalName: 'a@b.test', primarySmtpAddress: 'a@b.test', externalEmailAddress: 'x@y.test' },
    'a mail user without one': { recipientTypeDetails: 'MailUser', displayName: 'x', userPrincipalName: 'a@b.test', primarySmtpAddress: 'a@b.test' },
    'a contact that signs in': { recipientTypeDetails: 'MailContact', displayName: 'x', userPrincipalName: 'a@b.test', externalEmailAddress: 'a@b.test' },
    'an address without domain': { ...bert, alias: 'a', userPrincipalName: 'a@b.test', primarySmtpAddress: 'a' },
    'an address with a line break': { ...bert, alias: 'a', userPrincipalName: 'a@b.test', primarySmtpAddress: 'a\r\n@b.test' },
    'no display name': { ...bert, alias: 'a', userPrincipalName: 'a@b.test', primarySmtpAddress: 'a@b.test', displayName: ' ' },
    'too many addresses': { ...bert, alias: 'a', userPrincipalName: 'a@b.test', primarySmtpAddress: 'a@b.test', emailAddresses: Array.from({ length: 501 }, (_, index) => `a${index}@b.test`) },
  })) {
    await assert.rejects(directory.create(recipient as never), { code: 'ORGANIZATION_INVALID_RECIPIENT' }, what);
  }
});

test('signs in by user principal name, primary address and DOMAIN\\alias, and nobody else', async () => {
  const { directory } = organization;
  const carl = await directory.create({ recipientTypeDetails: 'UserMailbox', displayName: 'Carl', alias: 'carl', userPrincipalName: 'carl@corp.contoso.test', primarySmtpAddress: 'carl@contoso.test', emailAddresses: ['c@contoso.test'] });
  assert.equal(await directory.checkPassword('carl@corp.contoso.test', ''), undefined, 'no password yet');
  await directory.setPassword(carl.guid, 'Pa$$w0rd');
  for (const name of ['carl@corp.contoso.test', 'CARL@contoso.test', 'CONTOSO\\carl']) {
    assert.equal((await directory.checkPassword(name, 'Pa$$w0rd'))?.guid, carl.guid, name);
    assert.equal(await directory.checkPassword(name, 'pa$$w0rd'), undefined, name);
  }
  for (const name of ['c@contoso.test', 'carl', 'CONTOSO\\nobody', '']) assert.equal(await directory.checkPassword(name, 'Pa$$w0rd'), undefined, name);
  const stored = await organization.store.db.selectFrom('recipient_password').select('password_hash').executeTakeFirstOrThrow();
  assert.match(stored.password_hash, /^scrypt\$1024\$8\$1\$/);
});

test('a password has a version, which changes with it and says nothing of it', async () => {
  const { directory } = organization;
  const carl = await directory.resolve('carl@contoso.test');
  assert.ok(carl);
  const first = await directory.signInAccount('CONTOSO\\carl');
  assert.equal(first?.recipient.guid, carl.guid);
  assert.deepEqual(await directory.signInAccount('carl@corp.contoso.test'), first);
  await directory.setPassword(carl.guid, 'Pa$$w0rd');
  const next = await directory.signInAccount('carl@contoso.test');
  assert.notEqual(next?.passwordVersion, first?.passwordVersion, 'even where the new password is the old one');
  const { password_hash: stored } = await organization.store.db.selectFrom('recipient_password').select('password_hash').executeTakeFirstOrThrow();
  assert.ok(next && !stored.includes(next.passwordVersion));
  for (const name of ['c@contoso.test', 'bert@contoso.test', 'nobody@contoso.test', '']) assert.equal(await directory.signInAccount(name), undefined, name);
});

test('an unknown user costs as much as a wrong password', async () => {
  const { directory } = organization;
  const measure = async (name: string): Promise<number> => {
    let quickest = Infinity;
    for (let round = 0; round < 12; round += 1) {
      const started = process.hrtime.bigint();
      await directory.checkPassword(name, 'wrong');
      quickest = Math.min(quickest, Number(process.hrtime.bigint() - started));
    }
    return quickest;
  };
  await measure('carl@contoso.test');
  const known = await measure('carl@contoso.test');
  const unknown = await measure('nobody@contoso.test');
  assert.ok(unknown > known / 3, `unknown ${unknown} ns, known ${known} ns`);
});

test('role groups are replaced as a whole and go with their member, like calendar and password', async () => {
  const { directory, calendars, store } = organization;
  const carl = await directory.resolve('carl@contoso.test');
  assert.ok(carl);
  await directory.setRoleGroups(carl.guid, ['Organization Management', 'Recipient Management']);
  await directory.setRoleGroups(carl.guid, ['Recipient Management']);
  assert.deepEqual(await directory.roleGroups(carl.guid), ['Recipient Management']);
  await calendars.setPermission(carl.guid, 'Default', 'None');
  assert.equal(await directory.remove(carl.guid), true);
  assert.equal(await directory.remove(carl.guid), false);
  for (const table of ['role_group_member', 'recipient_password', 'calendar_permission'] as const) {
    assert.deepEqual(await store.db.selectFrom(table).selectAll().execute(), [], table);
  }
  await assert.rejects(directory.setRoleGroups(carl.guid, []), { code: 'ORGANIZATION_RECIPIENT_NOT_FOUND' });
});
