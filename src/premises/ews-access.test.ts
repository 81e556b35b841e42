import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { OrganizationConfig } from '../organization/index.ts';
import type { TestPremises } from './test-premises.ts';
import { autodiscoverPath, basicOf, startTestPremises } from './test-premises.ts';
import { outlookId, partnerToken, userToken } from './test-tokens.ts';

let premises: TestPremises;
const exchangeOnline = '00000002-0000-0ff1-ce00-000000000000';
const open: Partial<OrganizationConfig> = { EwsEnabled: null, EwsApplicationAccessPolicy: null, EwsAllowList: [], EwsBlockList: [], EwsAllowedAppIDs: [] };
const set = async (changes: Partial<OrganizationConfig>): Promise<void> => void (await premises.organization.configuration.update('OrganizationConfig', 'Organization', changes));
const ask = async (userAgent: string, authorization = basicOf('bert@contoso.test')): Promise<[number, unknown]> => {
  const answer = await premises.ask({ authorization, headers: { 'user-agent': userAgent } });
  return [answer.status, answer.headers['x-hybridge-error']];
};

before(async () => {
  premises = await startTestPremises();
  await premises.add('bert');
  started = true;
});
after(() => premises.close());
// The hook also runs around tests of other files where they share a process, before this one's premises are there.
let started = false;
afterEach(() => (started ? set(open) : undefined));

test('EwsEnabled false keeps everybody out of EWS, and nobody out of Autodiscover', async () => {
  assert.deepEqual(await ask('Outlook'), [200, undefined]);
  await set({ EwsEnabled: false, EwsApplicationAccessPolicy: 'EnforceBlockList', EwsAllowedAppIDs: [outlookId] });
  assert.deepEqual(await ask('Outlook'), [403, 'PREMISES_EWS_DISABLED']);
  assert.deepEqual(await ask('Outlook', `Bearer ${await userToken(premises.keys, 'bert@contoso.test')}`), [403, 'PREMISES_EWS_DISABLED']);
  assert.equal(premises.entries.at(-1)?.userName, 'bert@contoso.test');
  assert.notEqual((await premises.ask({ path: autodiscoverPath, authorization: basicOf('bert@contoso.test') })).status, 403);
  assert.equal((await premises.ask()).status, 401, 'who has not signed in is not told');
});

test('EnforceAllowList lets in the user agents that are listed, EnforceBlockList all others', async () => {
  await set({ EwsApplicationAccessPolicy: 'EnforceAllowList' });
  assert.deepEqual(await ask('OWA/1'), [403, 'PREMISES_EWS_APPLICATION']);
  await set({ EwsAllowList: ['OWA/*', 'ASProxy/*'] });
  assert.deepEqual((await Promise.all(['OWA/1', 'owa/2', 'ASProxy/CrossForest/EmailDomain', 'x OWA/1', 'OWA', ''].map((agent) => ask(agent)))).map(([status]) => status), [200, 200, 200, 403, 403, 403]);
  await set({ EwsApplicationAccessPolicy: 'EnforceBlockList', EwsBlockList: ['*LinkedIn*'] });
  assert.deepEqual((await Promise.all(['OWA/1', 'My LinkedInEWS', 'Other'].map((agent) => ask(agent)))).map(([status]) => status), [200, 403, 200]);
  await set({ EwsApplicationAccessPolicy: null });
  assert.deepEqual(await ask('My LinkedInEWS'), [200, undefined]);
});

test('EwsAllowedAppIDs counts while EwsEnabled is true and it names an application', async () => {
  const outlook = `Bearer ${await userToken(premises.keys, 'bert@contoso.test')}`;
  const partner = `Bearer ${await partnerToken(premises.keys, 'bert@contoso.test')}`;
  const seen = async (): Promise<number[]> => (await Promise.all([outlook, partner, undefined].map((authorization) => ask('x', authorization)))).map(([status]) => status);
  await set({ EwsAllowedAppIDs: [outlookId] });
  assert.deepEqual(await seen(), [200, 200, 200], 'EwsEnabled is not configured');
  await set({ EwsEnabled: true });
  assert.deepEqual(await seen(), [200, 403, 403]);
  await set({ EwsAllowedAppIDs: [outlookId, exchangeOnline.toUpperCase()] });
  assert.deepEqual(await seen(), [200, 200, 403]);
  await set({ EwsAllowedAppIDs: [] });
  assert.deepEqual(await seen(), [200, 200, 200]);
});
