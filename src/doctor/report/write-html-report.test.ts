import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DoctorReport, ReportFinding } from './doctor-report.ts';
import { writeHtmlReport } from './write-html-report.ts';

const finding: ReportFinding = {
  failure: 'FB10',
  cause: 'fb10-oauth-off',
  title: 'OAuth is switched off',
  symptom: 'The request failed with HTTP status 401',
  isProven: true,
  proof: ['OAuthAuthentication is False.'],
  evidence: [{ file: 'a.log', line: 3, text: 'x' }],
  why: 'why',
  repair: [{ on: 'on-premises', run: 'Get-X' }],
  risk: 'none',
  check: [{ on: 'client', act: 'look' }],
  others: [],
  ruledOut: [],
};
const report: DoctorReport = { title: 'case', status: 'wrong', verdict: 'v', madeAt: 0, findings: [finding], observations: [], probes: [], timeline: [], files: [], notes: [] };

test('one finding needs no table of contents, and empty parts leave no heading', () => {
  const page = writeHtmlReport(report);
  assert.ok(!/<nav|Time line|What was read|Probes along|Worth knowing/.test(page));
  assert.match(page, /<h3>Cause<\/h3>/);
  assert.match(writeHtmlReport({ ...report, findings: [{ ...finding, isProven: false }] }), /<h3>What is behind it<\/h3>/);
});

test('ten thousand of everything make a page that a browser opens, and say what is left out', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => index);
  const place = { file: `${'folder/'.repeat(40)}u_ex261121.log`, line: 7, text: 'x'.repeat(600) };
  const page = writeHtmlReport({
    ...report,
    findings: many.map((index) => ({ ...finding, title: `finding ${index}` })),
    observations: many.map((index) => ({ text: `observation ${index}` })),
    timeline: many.map((at) => ({ ...place, at, lastAt: at, count: 1, wasLocal: at % 2 === 0, side: 'cloud' })),
    files: many.map((index) => ({ name: `f${index}`, kind: 'IIS log', side: 'on-premises', bytes: index, lines: 1, notes: [], offset: { minutes: 120, because: 'it was given' } })),
    notes: many.map((index) => `note ${index}`),
  });
  assert.ok(page.length < 3_000_000, `${page.length} characters`);
  assert.match(page, /10000 findings/);
  for (const [, target = ''] of page.matchAll(/href="#(f\d+)"/g)) assert.ok(page.includes(`id="${target}"`), target);
  assert.match(page, /The first 500 of 9900/);
  assert.match(page, /The last 500 of 10000 entries/);
  assert.match(page, /written in local time/);
  assert.match(page, /taken as UTC\+02:00: it was given/);
  assert.match(page, /… and 9500 more/);
});

test('a command breaks before a parameter and not after its hyphen, and is copied as it is', () => {
  const command = "Set-X -Identity 'a -b' -Flag:$false";
  const page = writeHtmlReport({ ...report, findings: [{ ...finding, repair: [{ on: 'client', run: command }] }] });
  assert.match(page, /Set-X <span class="parameter">-Identity<\/span> [^<]*<span class="parameter">-b<\/span>&#39; <span class="parameter">-Flag<\/span>:/);
  const [, shown = ''] = /<pre>(Set-X[^]*?)<\/pre>/.exec(page) ?? [];
  assert.equal(shown.replaceAll(/<[^>]+>/g, '').replaceAll('&#39;', "'"), command);
});

test('nothing in the page asks for anything, and nothing of a finding is markup', () => {
  const hostile = '</pre><script src=//x.test/a.js></script><a href="javascript:alert(1)">\u202e\u009b31m';
  const page = writeHtmlReport({ ...report, title: hostile, verdict: hostile, findings: [{ ...finding, failure: hostile, cause: hostile, title: hostile, symptom: hostile, proof: [hostile], evidence: [{ file: hostile, line: 1, text: hostile }], why: hostile, risk: hostile, repair: [{ on: 'client', run: hostile, expect: hostile }], others: [{ id: hostile, title: hostile }], ruledOut: [{ id: hostile, title: hostile, because: hostile }] }], probes: [{ id: hostile, title: hostile, status: 'skipped', detail: hostile, durationMs: 1 }], notes: [hostile] });
  assert.ok(!/<script|<a |\ssrc=(?!\/\/x)|[\u202e\u009b]/.test(page));
  assert.match(page, /default-src 'none'/);
});
