import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOfEvidence, writeHtmlReport } from '../../../src/doctor/index.ts';
import { examine, now } from './evidence-samples.ts';

const ids = ({ findings }: Awaited<ReturnType<typeof examine>>): readonly string[] => findings.map(({ failure }) => failure.id);

const accessLog = (lines: readonly string[]): string => `#Software: Hybridge relay\n#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status error-code cs(User-Agent)\n${lines.join('\n')}\n`;
const jsonLine = (code: string, level = 50): string => JSON.stringify({ time: '2026-11-21T09:00:05.000Z', level, party: 'agent', msg: 'request failed', err: { code, message: 'the target closed the connection' } });

test('codes of relay and agent are findings with causes and repair, and the time line leads to them', async () => {
  const report = await examine({ 'relay/access.log': accessLog(['2026-11-21 09:00:04 10.0.0.9 POST /EWS/Exchange.asmx 503 RELAY_OVERLOADED -', '2026-11-21 09:00:09 10.0.0.9 POST /EWS/Exchange.asmx 503 RELAY_OVERLOADED -']), 'agent/agent.log': `${jsonLine('AGENT_TARGET_CERTIFICATE')}\n` });
  assert.deepEqual(ids(report).toSorted().filter((id) => id !== 'M35'), ['AGENT_TARGET_CERTIFICATE', 'RELAY_OVERLOADED']);
  const overloaded = report.findings.find(({ failure }) => failure.id === 'RELAY_OVERLOADED');
  assert.equal(overloaded?.count, 2);
  assert.ok(overloaded.cause.repair.length > 0);
  assert.equal(report.timeline.find(({ file }) => file.endsWith('agent.log'))?.failure, 'AGENT_TARGET_CERTIFICATE');
  const shown = reportOfEvidence(report, 'case', now);
  const page = writeHtmlReport(shown);
  const place = shown.findings.findIndex(({ failure }) => failure === 'AGENT_TARGET_CERTIFICATE');
  assert.ok(page.includes(`<a href="#f${place}">AGENT_TARGET_CERTIFICATE</a>`));
  assert.ok(page.includes(`id="f${place}"`));
});

test('a code whose failure is seen too is not told twice', async () => {
  const report = await examine({ 'relay/access.log': accessLog(['2026-11-21 09:00:04 10.0.0.9 POST /EWS/Exchange.asmx 503 RELAY_NO_AGENT ASProxy/CrossForest/EmailDomain//15.20']) });
  assert.deepEqual(ids(report), ['M35']);
});

test('codes in a console and in a wizard’s log are read; steps of a sign-in, information and other words are none', async () => {
  const told = await examine({ 'console.txt': 'hybridge setup --apply\nWIZARD_ROLE: The account may not run New-OrganizationRelationship.\n', '20261121_090000.log': '2026.11.21 10:00:00.000 *ERROR* 10224 [Client=UX, Thread=1] HCW8078 - Migration Endpoint could not be created.\n' });
  assert.deepEqual(ids(told).toSorted(), ['HCW8078', 'WIZARD_ROLE']);
  const quiet = await examine({ 'relay/access.log': accessLog(['2026-11-21 09:00:04 10.0.0.9 POST /EWS/Exchange.asmx 401 RELAY_TOKEN_MISSING Outlook', '2026-11-21 09:00:05 10.0.0.9 POST /EWS/Exchange.asmx 200 - Outlook']), 'agent/agent.log': `${jsonLine('AGENT_TARGET_CERTIFICATE', 30)}\n`, 'notes.txt': 'MY_RELAY_OVERLOADED and RELAY_SOMETHING are none\n' });
  assert.deepEqual(ids(quiet), []);
});
