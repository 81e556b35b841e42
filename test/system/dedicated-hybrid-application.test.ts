import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRequestId } from '../../src/foundation/index.ts';
import { exchangeApplicationId } from '../../src/identity/index.ts';
import { connectExchange } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { dedicateApplication } from '../../src/lab/dedicate-application.ts';
import { eventually, logsOf, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

/*
 * The dedicated hybrid application (2025), row N1: the cloud has shut the shared principal out, and lookups from on
 * premises work again once the application, its certificate, the AuthServer and the override are all there.
 */

let fixture: LabFixture;
let onPremises: CmdletSession;
let cloud: CmdletSession;

before(async () => {
  fixture = await startLabFixture();
  const session = (side: 'on-premises' | 'cloud', url: string): CmdletSession => {
    const account = fixture.info.accounts.find((one) => one.side === side && one.kind === 'administrator');
    const authorization = `Basic ${Buffer.from(`${account?.userName ?? ''}:${account?.password ?? ''}`).toString('base64')}`;
    return connectExchange({ url: new URL(url).origin, httpClient: fixture.httpClient, authorization: () => authorization, tenant: fixture.info.tenant.id });
  };
  onPremises = session('on-premises', fixture.info.parties.onPremises.urls['admin'] ?? '');
  cloud = session('cloud', fixture.info.parties.cloud.urls['admin'] ?? '');
});
after(() => fixture.close());

const dayMs = 86_400_000;

async function lookUp(asker: string, whom: string): Promise<{ ok: boolean; text: string; requestId: string }> {
  const requestId = createRequestId();
  const start = Math.floor(Date.now() / dayMs) * dayMs;
  const request = { mailboxes: [{ email: { address: whom }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start, end: start + dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'DetailedMerged' } } as const;
  const answer = await fixture.client.lookUpFreeBusy({ asker: fixture.account(asker), request, requestId });
  const [outcome] = answer.freeBusy ?? [];
  return { ok: outcome?.ok === true, text: JSON.stringify(outcome), requestId };
}

/** Whose actor token the token service says it gave for the lookup. */
async function callerOf(requestId: string): Promise<string> {
  const issued = (): string | undefined => logsOf(fixture.info, 'sts').split('\n').find((line) => line.includes(requestId) && /"application":"[^"]+@/.test(line));
  await eventually(() => issued() !== undefined, `the token service logs ${requestId}`);
  return (JSON.parse(issued() ?? '{}') as { application: string }).application;
}

/** The web server forgets its kept tokens, as after an iisreset. */
const restart = (): Promise<unknown> => onPremises.invoke('Restart-Service', { Name: 'W3SVC' });

test('row N1: without it 403, with every piece of it the lookup works, and the other direction never stops', async () => {
  await restart();
  const before = await lookUp('bert', 'anna@contoso.test');
  assert.equal(before.ok, true, before.text);
  assert.equal(await callerOf(before.requestId), `${exchangeApplicationId}@${fixture.info.tenant.id}`);

  await cloud.invoke('Set-PartnerApplication', { Identity: 'Exchange On-Premises', Enabled: false });
  const shutOut = await lookUp('bert', 'anna@contoso.test');
  assert.deepEqual([shutOut.ok, /HTTP status 403: Forbidden diagnostics: 2000008;.*LID: 43532/.test(shutOut.text)], [false, true], shutOut.text);

  const options = { onPremises, cloud, sts: fixture.lab.sts, tenantId: fixture.info.tenant.id, organizationGuid: '0f0f0f0f-1111-4222-8333-444444444444' };
  const appId = await dedicateApplication(options);
  await restart();
  const dedicated = await lookUp('bert', 'anna@contoso.test');
  assert.equal(dedicated.ok, true, dedicated.text);
  assert.equal(await callerOf(dedicated.requestId), `${appId}@${fixture.info.tenant.id}`);
  assert.equal(await dedicateApplication(options), appId, 'a second time changes nothing');

  // The pieces that administrators forget, one at a time.
  await onPremises.invoke('Remove-SettingOverride', { Identity: 'EnableExchangeHybrid3PAppFeature', Confirm: false });
  await restart();
  assert.match((await lookUp('bert', 'anna@contoso.test')).text, /HTTP status 403/, 'without the override the shared principal is used');
  await dedicateApplication(options);
  const evoSts = (await onPremises.invoke('Get-AuthServer', {})).find(({ Type }) => Type === 'AzureAD');
  await onPremises.invoke('Set-AuthServer', { Identity: evoSts?.['Name'], DomainName: ['elsewhere.test'] });
  await restart();
  assert.match((await lookUp('bert', 'anna@contoso.test')).text, /HTTP status 403/, 'the AuthServer names other domains');
  await dedicateApplication(options);
  await cloud.invoke('Set-OrganizationConfig', { EwsEnabled: true, EwsAllowedAppIDs: '11111111-0000-4000-8000-000000000000' });
  await restart();
  assert.match((await lookUp('bert', 'anna@contoso.test')).text, /HTTP status 403/, 'EwsAllowedAppIDs must name it');
  await cloud.invoke('Set-OrganizationConfig', { EwsAllowedAppIDs: [appId, 'd3590ed6-52b3-4102-aeff-aad2292ab01c'] });
  assert.equal((await lookUp('bert', 'anna@contoso.test')).ok, true);
  await fixture.lab.sts.updateServicePrincipal(fixture.info.tenant.id, appId, { enabled: false });
  await restart();
  assert.equal((await lookUp('bert', 'anna@contoso.test')).ok, false, 'the application is disabled in the tenant');
  await fixture.lab.sts.updateServicePrincipal(fixture.info.tenant.id, appId, { enabled: true });
  assert.equal((await lookUp('anna', 'bert@contoso.test')).ok, true, 'the cloud calls with its own principal');
});
