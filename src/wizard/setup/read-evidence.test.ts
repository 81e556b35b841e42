import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readEvidence } from './read-evidence.ts';

test('dates are read as Windows PowerShell 5.1 writes them to JSON, in a file as it saves them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-evidence-'));
  try {
    const json = String.raw`[ { "Subject":  "CN=Federation", "NotAfter":  "\/Date(1772352309000)\/", "NotBefore":  { "value":  "\/Date(1740816309000)\/", "DateTime":  "Saturday, March 1, 2025 8:05:09 AM" }, "Text":  "\/Date(x)\/" } ]`;
    writeFileSync(join(folder, 'OnPremises.Get-ExchangeCertificate.json'), Buffer.from(`\ufeff${json}\r\n`, 'utf16le'));
    const [certificate] = readEvidence([folder], '2026-11-22T00:00:00.000Z').snapshot.sides.OnPremises?.seen['Get-ExchangeCertificate'] ?? [];
    assert.deepEqual([certificate?.['NotAfter'], certificate?.['NotBefore'], certificate?.['Text']], ['2026-03-01T08:05:09.000Z', '2025-03-01T08:05:09.000Z', '/Date(x)/']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
