import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SetupSettings } from '../plan.ts';
import { createSetupReport } from './setup-report.ts';
import { writeSetupReport } from './write-setup-report.ts';

const hostile = '<script>alert(1)</script>"\'&\u202egnp.exe';
const settings = { configuration: 'Full', topology: 'Classic', freeBusy: 'both', tenantId: hostile, organizationGuid: hostile, hybridDomains: [hostile], coexistenceDomain: hostile, onPremisesHosts: [hostile], transfer: [hostile], hasMigrationAccount: false, dedicatedApplication: true, mail: undefined } as unknown as SetupSettings;
const step = { id: 'mrs-proxy', title: hostile, why: hostile, changes: async () => [] };
const facts = {
  settings,
  isUninstall: false,
  startedAt: 0,
  finishedAt: 61_500,
  planned: [],
  steps: [
    { step, outcome: 'applied and verified', invocations: [{ session: 'OnPremises', cmdlet: 'Set-X', parameters: { Identity: hostile } }], durationMs: 12 },
    { step: { ...step, id: 'migration-endpoint', mayFailAs: 'HCW8078' }, outcome: 'failed', invocations: [], durationMs: 3, error: Object.assign(new Error(hostile), { remedy: hostile }) as never },
  ],
  interrupted: [],
  prerequisites: [{ id: 'clocks', title: hostile, outcome: 'warning', found: hostile, remedy: hostile }],
  agentPhases: [{ phase: 'validate', outcome: 'done', detail: hostile }],
  proofs: [{ title: hostile, ok: true, detail: hostile }],
  records: [],
  logFile: hostile,
} as const;

test('names that organisations give are text in the report, never markup, and do not turn its direction', () => {
  const page = writeSetupReport(createSetupReport(facts));
  assert.doesNotMatch(page, /<script>|\u202e|"'&[^#]/);
  assert.equal(page.match(/&#60;script&#62;/g)?.length, page.match(/alert\(1\)/g)?.length);
  assert.match(page, /default-src 'none'/);
  assert.doesNotMatch(page, /\bsrc=|@import|url\(/);
});

test('it says what ran where and how long, what warns, and what is left for a person', () => {
  const report = createSetupReport(facts);
  assert.equal(report.status, 'warnings');
  assert.deepEqual(report.warnings.map(({ code }) => code), ['HCW8078']);
  assert.deepEqual(Object.keys(report.bySide), ['OnPremises']);
  assert.ok(report.byHand.some(({ text }) => /TCP 443/.test(text)) && report.byHand.some(({ text }) => /MRS proxy: IIS/.test(text)));
  assert.ok(report.byHand.some(({ text }) => text === `${hostile}: ${hostile}. ${hostile}`), 'what was found ends before what is to be done begins');
  assert.match(writeSetupReport(report), /1970-01-01 00:00:00<\/time> to 00:01:01 UTC, 61\.5 s/);
});

test('a run that came to no end says so, and how to go on', () => {
  const report = createSetupReport({ ...facts, failure: { message: 'The side is gone.', remedy: 'Wait.' }, interrupted: [{ session: 'Cloud', cmdlet: 'New-Y', parameters: {} }] });
  assert.deepEqual([report.status, report.byHand[0]?.text], ['failed', 'Wait. Then: hybridge setup --resume']);
  assert.match(writeSetupReport(report), /Not finished[^]*The side is gone\.[^]*Ran before the failure[^]*New-Y/);
});
