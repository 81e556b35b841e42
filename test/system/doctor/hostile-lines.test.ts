import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLineSplitter } from '../../../src/doctor/evidence/text/split-lines.ts';
import { examineEvidence, recognizeText, redactEvidence } from '../../../src/doctor/index.ts';
import { createSecretMasker } from '../../../src/doctor/masking/mask-secrets.ts';
import { createReading, goesOnOtherwise } from '../../../src/doctor/recognition/match-signature.ts';

/** So long that work which grows with its square would not end in time; nothing here looks at a clock. */
const long = 200_000;
const of = (piece: string): string => piece.repeat(Math.ceil(long / piece.length)).slice(0, long);
/** Each makes one kind of regular expression start anew at every letter, or go back from every end. */
const repeated = ['\\\\', 'eyJ', 'eyJ-', '-eyJ', 'a.', 'a', ' ', '\t', '"', '<', '<script', '<style', '<Text ', '=', ',', '%20', '+', '&', '> ', '|', ':', '@', 'a@', 'a@b.', 'password', '"password', 'Bearer ', 'cookie ', 'token=', '1.', '0', 'f:', '[', 'AGENT_', '_\n', '…', '...', '\r', 'error ', 'error.failed\n'];
const begun = ['', 'cookie: ', 'x@', '10.0.0.1 - a [21/Nov/2026:09:00:01 +0100] "POST /', '2026.11.21 10:00:00.000 *ERROR* ', 'MII'];

test('masking takes no longer than its text is long, whatever it repeats', () => {
  const masker = createSecretMasker();
  for (const start of begun) for (const piece of repeated) assert.equal(typeof masker.line(`${start}${of(piece)}\r!`), 'string');
});

test('recognition takes no longer than its text is long, whatever it repeats', () => {
  for (const piece of repeated) recognizeText(`${of(piece)}\nThe request failed with HTTP status 401: Unauthorized.`);
});

test('files of one line that repeats itself are read and copied', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-hostile-'));
  try {
    const from = join(folder, 'from');
    mkdirSync(from);
    writeFileSync(join(from, 'access.log'), `10.0.0.1 - a [21/Nov/2026:09:00:01 +0100] "POST /x HTTP/1.1" 200 1\n10.0.0.1 - a [21/Nov/2026:09:00:01 +0100] "POST /${'a'.repeat(60_000)}`);
    writeFileSync(join(from, 'wizard.log'), `2026.11.21 10:00:00.000${' '.repeat(60_000)}x\ry\n`);
    writeFileSync(join(from, 'certificate.txt'), `MII${' '.repeat(60_000)}!`);
    writeFileSync(join(from, 'token.txt'), `eyJhbGciOiJub25lIn0.${of('eyJJ')}`);
    writeFileSync(join(from, 'mail.eml'), `From: a@contoso.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${of('<style')}`);
    assert.equal((await examineEvidence({ paths: [from], now: 0 })).files.length, 5);
    await redactEvidence({ from, to: join(folder, 'to') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('lines without end that are no text of one encoding', () => {
  const seen: string[] = [];
  const lines = createLineSplitter((text) => void seen.push(text), long);
  lines.push(Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff]), Buffer.from(`${of('\r')}x\n`)]));
  lines.end();
  assert.equal(seen.length, 2);
});

test('a sentence that stands there a hundred thousand times, among as many ellipses, is looked for in so many steps only', () => {
  const sentence = 'the request failed with http status';
  const run = sentence.slice(4, 30);
  let steps = 0;
  const counted = new Proxy(Array.from({ length: 500_000 }, (_, index) => index * 4 + 100_000_000), {
    get(target, property) {
      steps++;
      return Reflect.get(target, property) as unknown;
    },
  });
  assert.equal(goesOnOtherwise({ letters: sentence, bounds: [] }, 4, 30, createReading(`x${run}y`.repeat(100_000), () => counted)), true);
  assert.ok(steps > 0 && steps < 200_000, `${steps} steps`);
});
