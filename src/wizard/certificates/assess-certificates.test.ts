import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessCertificates, worst } from './assess-certificates.ts';
import type { CertificateEntry } from './certificate-entry.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 21);
const entry = (changes: Partial<CertificateEntry>): CertificateEntry => ({ id: 'x', title: 'X', subject: null, thumbprint: null, notBefore: now - dayMs, notAfter: now + 100 * dayMs, uses: [], counterpart: { state: 'none', detail: '' }, role: 'current', renewal: 'by hand', problems: [], ...changes });
const judged = (changes: Partial<CertificateEntry>): string => assessCertificates({ takenAt: now, entries: [entry(changes)], unreached: [] }, { warningDays: 30, criticalDays: 7 }).severity;

test('days left are judged at the edges, and after the end', () => {
  const ends = (days: number): string => judged({ notAfter: now + days * dayMs });
  assert.deepEqual([30, 29, 7, 6, 0, -1].map(ends), ['ok', 'warning', 'warning', 'critical', 'critical', 'critical']);
  assert.equal(judged({ notBefore: now + 1 }), 'critical');
  assert.equal(judged({ notBefore: now + 1, role: 'next' }), 'ok');
  assert.equal(judged({ notAfter: now - dayMs, role: 'past' }), 'ok');
  assert.equal(judged({ notAfter: null }), 'ok');
});

test('what renews itself is not complained of before it had its chance', () => {
  const renews = (days: number): string => judged({ notAfter: now + days * dayMs, renewsItselfAtDays: 30 });
  assert.deepEqual([29, 20, 19, 6].map(renews), ['ok', 'ok', 'warning', 'critical']);
});

test('the worst decides: critical, warning, unknown, ok; and who looked at nothing knows nothing', () => {
  assert.equal(worst(['ok', 'unknown', 'warning']), 'warning');
  assert.equal(worst(['unknown', 'ok']), 'unknown');
  assert.equal(worst(['warning', 'critical', 'unknown']), 'critical');
  const thresholds = { warningDays: 30, criticalDays: 7 };
  assert.equal(assessCertificates({ takenAt: now, entries: [], unreached: [] }, thresholds).severity, 'unknown');
  assert.equal(assessCertificates({ takenAt: now, entries: [entry({})], unreached: [{ side: 'cloud', reason: 'gone' }] }, thresholds).severity, 'unknown');
  assert.equal(assessCertificates({ takenAt: now, entries: [entry({ problems: [{ severity: 'critical', text: 't', remedy: 'r' }] })], unreached: [{ side: 'cloud', reason: 'gone' }] }, thresholds).severity, 'critical');
});
