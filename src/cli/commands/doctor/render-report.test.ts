import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DoctorReport } from '../../../doctor/index.ts';
import { displayWidth } from '../../display-width.ts';
import { renderReport } from './render-report.ts';

const at = Date.parse('2026-11-16T08:02:11Z');
const report: DoctorReport = {
  title: 'case',
  status: 'wrong',
  verdict: 'The EWS or Autodiscover application pool is stopped.',
  madeAt: at,
  findings: [],
  observations: [],
  probes: [],
  timeline: [{ at, lastAt: at, count: 1, side: 'on-premises', text: '503 /ews/exchange.asmx System.Net.WebException', file: 'case/server-1/HttpProxy_2026111608-1.LOG', line: 4711, wasLocal: false }],
  files: [
    { name: 'case/server-1/HttpProxy_2026111608-1.LOG', kind: 'Exchange log', side: 'on-premises', bytes: 1009, lines: 6, notes: [], from: at, to: at + 3_600_000 },
    { name: 'case/auth.cer', kind: 'certificate', side: 'unknown', bytes: 1204, lines: 20, notes: [] },
  ],
  notes: [],
};

test('at 80 columns no line is longer, the time line keeps numbers of lines, and a file takes two lines', () => {
  const lines = renderReport(report, { width: 80, paint: (_, text) => text }, { timelineLength: 20 }).split('\n');
  for (const line of lines) assert.ok(displayWidth(line) <= 80, line);
  assert.ok(lines.some((line) => line.endsWith(':4711')), lines.join('\n'));
  assert.deepEqual(lines.slice(lines.indexOf('Read') + 1), ['  case/server-1/HttpProxy_2026111608-1.LOG', '    Exchange log, on-premises, 1009 B, 2026-11-16 08:02 to 2026-11-16 09:02', '  case/auth.cer', '    certificate, 1204 B']);
});
