import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { exchangeApplicationId } from '../well-known.ts';
import { groupClaims } from './issue-user-tokens.ts';
import { mailScope, nativeClient, startTestSignIn, webClient } from './sign-in/start-test-sign-in.ts';
import { tenant, v2Path } from './start-test-sts.ts';

const { admin, post, getTokens, secretText } = await startTestSignIn();

test('groups and roles show in tokens for the applications that have them', async () => {
  const group = await admin.createGroup(tenant, 'Finance');
  await assert.rejects(admin.createGroup(tenant, 'Finance'), { code: 'IDENTITY_STS_CONFLICT' });
  await admin.addGroupMember(tenant, group.objectId, 'anna@contoso.test');
  await admin.addGroupMember(tenant, group.objectId, 'anna@contoso.test');
  const anna = await admin.getUser(tenant, 'anna@contoso.test');
  assert.deepEqual((await admin.listGroups(tenant)).map(({ displayName, members }) => [displayName, members]), [['Finance', [anna.objectId]]]);
  const read = async () => {
    const { body } = await getTokens();
    return [decodeJwt(String(body['access_token'])), decodeJwt(String(body['id_token']))].map((claims) => [claims['groups'], claims['roles']]);
  };
  assert.deepEqual(await read(), [[undefined, undefined], [undefined, undefined]]);
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { emitsGroups: true, appRoles: ['Mail.Audit', 'full_access_as_app'] });
  await admin.updateServicePrincipal(tenant, nativeClient, { appRoles: ['Reader'] });
  await assert.rejects(admin.assignRole(tenant, nativeClient, { role: 'Writer', principalId: anna.objectId }), { code: 'IDENTITY_STS_INPUT' });
  await assert.rejects(admin.assignRole(tenant, nativeClient, { role: 'Reader', principalId: tenant }), { code: 'IDENTITY_STS_NOT_FOUND' });
  await admin.assignRole(tenant, nativeClient, { role: 'Reader', principalId: anna.objectId });
  await admin.assignRole(tenant, exchangeApplicationId, { role: 'Mail.Audit', principalId: group.objectId });
  assert.deepEqual(await read(), [[[group.objectId], ['Mail.Audit']], [undefined, ['Reader']]]);
  await admin.removeGroupMember(tenant, group.objectId, 'anna@contoso.test');
  await admin.removeRoleAssignment(tenant, nativeClient, { role: 'Reader', principalId: anna.objectId });
  assert.deepEqual(await read(), [[undefined, undefined], [undefined, undefined]]);
  await admin.removeGroup(tenant, group.objectId);
  assert.deepEqual(await admin.listRoleAssignments(tenant, exchangeApplicationId), []);
});

test('an application has its own roles in a resource', async () => {
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { appRoles: ['full_access_as_app'] });
  const { objectId } = await admin.getServicePrincipal(tenant, webClient);
  await admin.assignRole(tenant, exchangeApplicationId, { role: 'full_access_as_app', principalId: objectId });
  const { body } = await post(v2Path, { grant_type: 'client_credentials', client_id: webClient, client_secret: secretText, scope: mailScope });
  assert.deepEqual(decodeJwt(String(body['access_token']))['roles'], ['full_access_as_app']);
});

test('a person in very many groups has them left out', () => {
  assert.deepEqual(groupClaims([]), {});
  assert.equal(groupClaims(Array.from({ length: 200 }, String)).groups?.length, 200);
  assert.deepEqual(groupClaims(Array.from({ length: 201 }, String)), { hasgroups: true });
});
