import assert from 'node:assert/strict';
import { randomBytes, scryptSync } from 'node:crypto';
import { test } from 'node:test';
import { refused, startTestSts, tenant } from './start-test-sts.ts';

const { time, admin, signIn } = await startTestSts();

test('who was deleted signs in no more, is listed, and comes back with password, groups and second factor', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  const { objectId } = await admin.createUser(tenant, { userPrincipalName: 'nora@contoso.test', displayName: 'Nora', password: 'correct horse', proxyAddresses: ['SMTP:nora@contoso.test', 'smtp:n@contoso.test'], immutableId: 'anchor' });
  const group = await admin.createGroup(tenant, 'Deleted');
  await admin.addGroupMember(tenant, group.objectId, objectId);
  const credentials = { username: 'nora@contoso.test' };
  assert.equal((await signIn(credentials)).status, 200);
  await admin.removeUser(tenant, 'nora@contoso.test');
  refused(await signIn(credentials), 400, 'invalid_grant', [50126]);
  assert.deepEqual((await admin.listDeletedUsers(tenant)).map((user) => [user.objectId, user.userPrincipalName, user.immutableId]), [[objectId, 'nora@contoso.test', 'anchor']]);
  const restored = await admin.restoreUser(tenant, objectId);
  assert.deepEqual([restored.objectId, restored.hasPassword, restored.proxyAddresses.length], [objectId, true, 2]);
  assert.equal((await signIn(credentials)).status, 200);
  assert.deepEqual((await admin.listGroups(tenant)).find(({ displayName }) => displayName === 'Deleted')?.members, [objectId]);
  assert.deepEqual(await admin.listDeletedUsers(tenant), []);
});

test('names that somebody else has by now stand in the way, until another is given; after 30 days nobody comes back', async () => {
  const former = await admin.createUser(tenant, { userPrincipalName: 'otto@contoso.test', displayName: 'Otto', proxyAddresses: ['SMTP:otto@contoso.test', 'smtp:o@contoso.test'] });
  await admin.removeUser(tenant, former.objectId);
  await assert.rejects(admin.createUser(tenant, { objectId: former.objectId, userPrincipalName: 'otto@contoso.test', displayName: 'With his id' }), { code: 'IDENTITY_STS_CONFLICT' });
  await admin.createUser(tenant, { userPrincipalName: 'otto@contoso.test', displayName: 'Another Otto', proxyAddresses: ['SMTP:otto@contoso.test'] });
  await assert.rejects(admin.restoreUser(tenant, former.objectId), { code: 'IDENTITY_STS_CONFLICT' });
  await assert.rejects(admin.restoreUser(tenant, former.objectId, { autoReconcileProxyConflict: true }), { code: 'IDENTITY_STS_CONFLICT' });
  const restored = await admin.restoreUser(tenant, former.objectId, { userPrincipalName: 'otto.old@contoso.test', autoReconcileProxyConflict: true });
  assert.deepEqual([restored.userPrincipalName, restored.proxyAddresses], ['otto.old@contoso.test', ['smtp:o@contoso.test']]);
  await admin.removeUser(tenant, former.objectId);
  time.offset = 30 * 86_400_000 + 1;
  assert.deepEqual(await admin.listDeletedUsers(tenant), []);
  await assert.rejects(admin.restoreUser(tenant, former.objectId), { code: 'IDENTITY_STS_NOT_FOUND' });
  time.offset = 0;
  await admin.purgeDeletedUser(tenant, former.objectId);
  await assert.rejects(admin.purgeDeletedUser(tenant, former.objectId), { code: 'IDENTITY_STS_NOT_FOUND' });
});

test('the hash of a password on premises signs in as the password itself; what costs too much or is none is refused', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  await admin.createUser(tenant, { userPrincipalName: 'synced@contoso.test', displayName: 'Synced', password: 'another' });
  // Not the same text after normalization (U+FB01).
  const password = 'ﬁne on premises';
  const salt = randomBytes(16);
  const hash = (cost: number): string => ['scrypt', cost, 8, 3, salt.toString('base64'), scryptSync(password, salt, 32, { N: 1024, r: 8, p: 3 }).toString('base64')].join('$');
  await admin.setUserPasswordHash(tenant, 'synced@contoso.test', hash(1024));
  assert.equal((await signIn({ username: 'synced@contoso.test', password })).status, 200);
  refused(await signIn({ username: 'synced@contoso.test', password: 'another' }), 400, 'invalid_grant', [50126]);
  for (const wrong of ['', 'correct horse', hash(1000), hash(2 ** 24), hash(1024).replace('scrypt', 'pbkdf2')]) await assert.rejects(admin.setUserPasswordHash(tenant, 'synced@contoso.test', wrong), { code: 'IDENTITY_STS_INPUT' });
});
