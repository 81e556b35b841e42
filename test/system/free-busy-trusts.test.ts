import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { createRequestId } from '../../src/foundation/index.ts';
import { createLabClient, findAccount, startLab } from '../../src/lab/index.ts';
import type { LabEvent, RunningLab } from '../../src/lab/index.ts';
import { logsOf, temporaryFolder } from './lab-fixture.ts';

const directory = temporaryFolder();
after(() => rmSync(directory, { recursive: true }));

type Trust = 'oauth' | 'dauth' | 'both';
interface Direction {
  answer: string;
  source: string | undefined;
  via: string | undefined;
}

/** Starts the lab, looks both ways, and tells which steps had something to do. */
async function run(freeBusy: Trust | undefined, look?: (lab: RunningLab) => Promise<void>): Promise<{ changed: string[]; cmdlets: string[]; toOnPremises: Direction; toCloud: Direction }> {
  const events: LabEvent[] = [];
  const lab = await startLab({ stateDirectory: directory, processId: process.pid, onEvent: (event) => events.push(event), ...(freeBusy === undefined ? {} : { freeBusy }) });
  const client = createLabClient(lab.info);
  const ask = async (from: string, to: string): Promise<Direction> => {
    const start = Date.parse(lab.info.startedAt);
    const { freeBusy: [outcome] = [], paths: [path] = [] } = await client.lookUpFreeBusy({
      asker: findAccount(lab.info, from),
      requestId: createRequestId(),
      request: {
        mailboxes: [{ email: { address: findAccount(lab.info, to).address }, attendeeType: 'Required', excludeConflicts: false }],
        freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
      },
    });
    return { answer: outcome?.ok === true ? 'ok' : (outcome?.failure.messageText ?? 'no answer'), source: path?.source, via: path?.via };
  };
  try {
    const directions = { toOnPremises: await ask('anna', 'bert'), toCloud: await ask('bert', 'anna') };
    await look?.(lab);
    const reports = events.flatMap((event) => (event.kind === 'step' ? [event.report] : []));
    return {
      changed: reports.filter(({ outcome }) => outcome !== 'already as it should be').map(({ step }) => step.id),
      cmdlets: reports.flatMap(({ invocations }) => invocations.map(({ session, cmdlet }) => `${session} ${cmdlet}`)),
      ...directions,
    };
  } finally {
    await client.close();
    await lab.close();
  }
}

test('DAuth only: set up by the wizard, both ways over WS-Security, cloud to on-premises through relay and agent', async () => {
  const { cmdlets, toOnPremises, toCloud } = await run('dauth', async (lab) => {
    assert.equal(lab.info.freeBusy, 'dauth');
    assert.match(logsOf(lab.info, 'relay'), /\/EWS\/Exchange\.asmx\/WSSecurity/i, 'the request has passed the relay');
    assert.match(logsOf(lab.info, 'cloud'), /\/EWS\/Exchange\.asmx\/WSSecurity/i);
  });
  assert.deepEqual([toOnPremises.answer, toOnPremises.source, toCloud.answer, toCloud.source], ['ok', 'OrganizationRelationship', 'ok', 'OrganizationRelationship']);
  assert.match(toOnPremises.via ?? '', /relay\.test \(hybridge agent/);
  assert.deepEqual(
    cmdlets.filter((cmdlet) => /Federat|Relationship|Connector/.test(cmdlet)),
    ['OnPremises New-FederationTrust', 'OnPremises Set-FederatedOrganizationIdentifier', 'OnPremises New-OrganizationRelationship', 'Cloud New-OrganizationRelationship'],
  );
});

test('a second run, without naming the trust, finds nothing to change', async () => {
  const { changed, toOnPremises } = await run(undefined);
  assert.deepEqual(changed, []);
  assert.equal(toOnPremises.source, 'OrganizationRelationship');
});

test('both: the connectors come beside the relationships and have the last word', async () => {
  const { changed, toOnPremises, toCloud } = await run('both');
  assert.deepEqual(changed, ['tenant-credential', 'partner-application', 'on-premises-connector', 'cloud-connector']);
  assert.deepEqual([toOnPremises.answer, toOnPremises.source, toCloud.answer, toCloud.source], ['ok', 'IntraOrganizationConnector', 'ok', 'IntraOrganizationConnector']);
});

test('from both to OAuth only, and back to DAuth only: what is not wanted is disabled, not removed', async () => {
  const oauth = await run('oauth');
  assert.deepEqual(oauth.cmdlets, ['OnPremises Set-OrganizationRelationship', 'Cloud Set-OrganizationRelationship']);
  assert.deepEqual([oauth.toOnPremises.source, oauth.toCloud.source], ['IntraOrganizationConnector', 'IntraOrganizationConnector']);
  const dauth = await run('dauth');
  assert.deepEqual(dauth.cmdlets, ['OnPremises Set-IntraOrganizationConnector', 'Cloud Set-IntraOrganizationConnector', 'OnPremises Set-OrganizationRelationship', 'Cloud Set-OrganizationRelationship']);
  assert.deepEqual([dauth.toOnPremises.answer, dauth.toOnPremises.source, dauth.toCloud.answer, dauth.toCloud.source], ['ok', 'OrganizationRelationship', 'ok', 'OrganizationRelationship']);
});
