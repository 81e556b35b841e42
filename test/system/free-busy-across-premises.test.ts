import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRequestId } from '../../src/foundation/index.ts';
import type { AvailabilityRequest } from '../../src/ews/index.ts';
import { eventually, logsOf, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

let fixture: LabFixture;
before(async () => {
  fixture = await startLabFixture();
});
after(() => fixture.close());

const dayMs = 86_400_000;

function requestFor(addresses: readonly string[]): AvailabilityRequest {
  const start = Math.floor(Date.now() / dayMs) * dayMs;
  return {
    mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })),
    freeBusyView: { window: { start, end: start + 14 * dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'DetailedMerged' },
  };
}

test('a cloud user sees on-premises people through relay and agent, and one request id is in every log', async () => {
  const requestId = createRequestId();
  const answer = await fixture.client.lookUpFreeBusy({ asker: fixture.account('anna'), request: requestFor(['bert@contoso.test', 'room1@contoso.test']), requestId });
  assert.deepEqual(answer.freeBusy?.map((outcome) => outcome.ok), [true, true]);
  const [bert] = answer.freeBusy ?? [];
  assert.ok(bert?.ok === true && bert.view.mergedFreeBusy?.length === 14 * 48);
  assert.match(bert.view.mergedFreeBusy, /2/, 'Bert has meetings in two weeks');
  const [path] = answer.paths ?? [];
  assert.equal(path?.source, 'IntraOrganizationConnector');
  assert.match(path?.endpoint ?? '', new RegExp(`^https://${fixture.info.relayApplicationId}\\.relay\\.test/EWS/Exchange\\.asmx$`, 'i'));
  assert.match(path?.via ?? '', /relay\.test/);
  for (const party of ['sts', 'cloud', 'relay', 'agent', 'onPremises'] as const) {
    await eventually(() => logsOf(fixture.info, party).includes(requestId), `the log of ${party} has ${requestId}`);
  }
});

test('an on-premises user sees cloud people directly, found by Autodiscover', async () => {
  const requestId = createRequestId();
  const answer = await fixture.client.lookUpFreeBusy({ asker: fixture.account('bert'), request: requestFor(['anna@contoso.test']), requestId });
  assert.deepEqual(answer.freeBusy?.map((outcome) => outcome.ok), [true]);
  assert.equal(answer.paths?.[0]?.endpoint, 'https://outlook.cloud.test/EWS/Exchange.asmx');
  assert.equal(answer.paths?.[0]?.via, undefined);
  for (const party of ['sts', 'cloud', 'onPremises'] as const) {
    await eventually(() => logsOf(fixture.info, party).includes(requestId), `the log of ${party} has ${requestId}`);
  }
});

test('the same meeting shows the same times to a colleague and across the tunnel', async () => {
  const request = requestFor(['bert@contoso.test']);
  const colleague = fixture.info.accounts.find((account) => account.side === 'on-premises' && account.kind === 'user' && !account.address.startsWith('bert@'));
  assert.ok(colleague !== undefined);
  const near = await fixture.client.lookUpFreeBusy({ asker: colleague, request, requestId: createRequestId(), authentication: 'Basic' });
  const far = await fixture.client.lookUpFreeBusy({ asker: fixture.account('anna'), request, requestId: createRequestId() });
  assert.equal(near.paths?.[0]?.source, 'Local');
  assert.ok(near.freeBusy?.[0]?.ok === true && far.freeBusy?.[0]?.ok === true);
  assert.equal(far.freeBusy[0].view.mergedFreeBusy, near.freeBusy[0].view.mergedFreeBusy);
  assert.deepEqual(far.freeBusy[0].view.workingHours, near.freeBusy[0].view.workingHours);
});

test('an unknown address fails alone, with the published text', async () => {
  const answer = await fixture.client.lookUpFreeBusy({ asker: fixture.account('anna'), request: requestFor(['bert@contoso.test', 'nobody@contoso.test', 'someone@elsewhere.test']), requestId: createRequestId() });
  const [bert, unknown, elsewhere] = answer.freeBusy ?? [];
  assert.equal(bert?.ok, true);
  assert.ok(unknown?.ok === false && elsewhere?.ok === false);
  assert.equal(unknown.failure.responseCode, 'ErrorMailRecipientNotFound');
  assert.match(unknown.failure.messageText, /LID: 57660/);
});
