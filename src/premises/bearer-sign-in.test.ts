import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addAddressUnchecked } from '../organization/index.ts';
import type { Answer, TestPremises } from './test-premises.ts';
import { autodiscoverPath, host, startTestPremises } from './test-premises.ts';
import { actorToken, outlookId, partnerToken, userToken } from './test-tokens.ts';

let premises: TestPremises;
before(async () => {
  premises = await startTestPremises();
  await premises.add('bert');
  await premises.add('anna', { recipientTypeDetails: 'RemoteUserMailbox', externalEmailAddress: 'anna@contoso.mail.onmicrosoft.test' });
});
after(() => premises.close());

const bearer = async (token: string | Promise<string>, atHost = host): Promise<Answer> => premises.ask({ authorization: `Bearer ${await token}`, host: atHost });

async function refused(token: string | Promise<string>, diagnostics: string, atHost = host): Promise<void> {
  const answer = await bearer(token, atHost);
  assert.equal(answer.status, 401);
  assert.equal(answer.headers['x-ms-diagnostics'], diagnostics);
  assert.match(answer.challenges[0] ?? '', /^Bearer client_id=.*, error="invalid_token"$/);
  assert.equal(answer.body, '');
}

test('a partner’s token on behalf of a user, and a user’s own, sign in', async () => {
  const ofPartner = await bearer(partnerToken(premises.keys, 'anna@contoso.mail.onmicrosoft.test'));
  assert.equal(ofPartner.status, 200);
  assert.match(ofPartner.body, /ResponseClass="Success"/);
  assert.equal(ofPartner.headers['server-timing'], undefined, 'a partner is not told how answers came about');
  assert.equal(premises.entries.at(-1)?.userName, 'S2S~anna@contoso.test');
  const ofUser = await bearer(userToken(premises.keys, 'bert@contoso.test'));
  assert.equal(ofUser.status, 200);
  assert.match(String(ofUser.headers['server-timing']), /Local/);
  assert.equal(premises.entries.at(-1)?.userName, 'bert@contoso.test');
});

test('a token for another host: 2000003', async () => {
  await refused(
    partnerToken(premises.keys, 'anna@contoso.test', 'other.contoso.test'),
    `2000003;reason="The hostname component of the audience claim value 'https://other.contoso.test' is invalid";error_category="invalid_resource"`,
  );
  assert.equal((await bearer(partnerToken(premises.keys, 'anna@contoso.test', 'other.contoso.test'), 'other.contoso.test')).status, 200);
  await refused(
    userToken(premises.keys, 'bert@contoso.test'),
    `2000003;reason="The hostname component of the audience claim value 'https://mail.contoso.test' is invalid";error_category="invalid_resource"`,
    'other.contoso.test',
  );
});

test('a user context that is nobody’s, or two people’s: 2000005', async () => {
  const missing = '2000005;reason="The user specified by the user-context in the token does not exist.";error_category="invalid_user"';
  await refused(partnerToken(premises.keys, 'nobody@contoso.test'), missing);
  await refused(userToken(premises.keys, 'nobody@contoso.test'), missing);
  const twin = await premises.add('twin');
  assert.equal((await bearer(partnerToken(premises.keys, 'twin@contoso.test'))).status, 200);
  const other = await premises.add('other-twin');
  await addAddressUnchecked(premises.organization.store.db, other.guid, 'twin@contoso.test');
  await refused(partnerToken(premises.keys, 'twin@contoso.test'), '2000005;reason="The user specified by the user-context in the token is ambiguous.";error_category="invalid_user"');
  await premises.organization.directory.remove(other.guid);
  await premises.organization.directory.remove(twin.guid);
  await refused(partnerToken(premises.keys, 'twin@contoso.test'), missing);
});

test('a claim for one person and a claim for another are an ambiguous user, not the first of them', async () => {
  await refused(userToken(premises.keys, 'bert@contoso.test', { smtp: 'anna@contoso.test' }), '2000005;reason="The user specified by the user-context in the token is ambiguous.";error_category="invalid_user"');
});

test('a partner application that is switched off, or without linked account: 2000008, at EWS the latter’s published fault', async () => {
  const { configuration } = premises.organization;
  const token = await partnerToken(premises.keys, 'anna@contoso.test');
  const notPermitted = `2000008;reason="The token should have valid permissions or linked account associated with partner application '00000002-0000-0ff1-ce00-000000000000'.";error_category="invalid_grant"`;
  assert.equal((await bearer(token)).status, 200);
  await configuration.update('PartnerApplication', 'Exchange Online', { Enabled: false });
  await refused(token, notPermitted);
  await configuration.update('PartnerApplication', 'Exchange Online', { Enabled: true, LinkedAccount: null });
  const atEws = await bearer(token);
  assert.equal(atEws.status, 500);
  assert.match(atEws.body, /The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments/);
  const atAutodiscover = await premises.ask({ path: autodiscoverPath, authorization: `Bearer ${token}` });
  assert.deepEqual([atAutodiscover.status, atAutodiscover.headers['x-ms-diagnostics']], [401, notPermitted]);
  await configuration.update('PartnerApplication', 'Exchange Online', { LinkedAccount: 'contoso.test/Users/Exchange Online-ApplicationAccount' });
  assert.equal((await bearer(token)).status, 200);
});

test('what an authorization server has issued ends with it, and so does its place in the challenge', async () => {
  const { configuration } = premises.organization;
  const ofUser = await userToken(premises.keys, 'bert@contoso.test');
  const ofPartner = await partnerToken(premises.keys, 'anna@contoso.test');
  assert.deepEqual([(await bearer(ofUser)).status, (await bearer(ofPartner)).status], [200, 200]);
  await configuration.update('AuthServer', 'EvoSts', { Enabled: false });
  assert.deepEqual([(await bearer(ofUser)).status, (await bearer(ofPartner)).status], [401, 200]);
  assert.match((await bearer('')).challenges[0] ?? '', /token_types="[^"]*"$/);
  await configuration.update('AuthServer', 'ACS', { Enabled: false });
  const answer = await bearer(ofPartner);
  assert.equal(answer.status, 401);
  assert.match(answer.challenges[0] ?? '', /trusted_issuers=""/);
  await configuration.update('AuthServer', 'EvoSts', { Enabled: true });
  await configuration.update('AuthServer', 'ACS', { Enabled: true });
});

test('a key that the AuthServer does not have: 2000000', async () => {
  await refused(userToken({ ...premises.keys, users: premises.keys.acs }, 'bert@contoso.test'), '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"');
});

test('an application by itself is not a user', async () => {
  await refused(actorToken(premises.keys), `2000009;reason="This token profile 'S2SAppOnly' is not applicable for the current protocol";error_category="invalid_token"`);
});

test('no token and no part of one is in any log', async () => {
  const tokens = [
    await userToken(premises.keys, 'bert@contoso.test'),
    await userToken(premises.keys, 'nobody@contoso.test', { appid: outlookId }),
    await partnerToken(premises.keys, 'nobody@contoso.test'),
    await partnerToken(premises.keys, 'anna@contoso.test', 'other.contoso.test'),
    'not.a.token',
  ];
  premises.logged.length = 0;
  for (const token of tokens) await bearer(token);
  assert.ok(premises.logged.length >= 3, 'there are lines to look at');
  const text = premises.logged.join('') + JSON.stringify(premises.entries);
  for (const part of tokens.flatMap((token) => token.split('.')).filter((one) => one.length > 20)) assert.ok(!text.includes(part), part);
  assert.ok(!text.includes('Bearer '));
});
