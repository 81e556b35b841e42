import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { examineEvidence, reportOfEvidence, writeHtmlReport } from '../../../src/doctor/index.ts';
import { parseXml } from '../../../src/xml/index.ts';
import { examine, har, ids, iisLog, lookups, now, utf16, zip } from './evidence-samples.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'hybridge-bad-'));
  folders.push(made);
  return made;
}
const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919 + (index >> 3)) % 256));
const notesOf = (report: Awaited<ReturnType<typeof examine>>): string => [...report.notes, ...report.files.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`))].join('\n');

test('empty, one byte, binary: told, and nothing is found', async () => {
  const report = await examine({ empty: '', one: 'x', blank: '\r\n \r\n', 'noise.log': noise });
  assert.deepEqual(report.files.map(({ kind }) => kind), ['empty', 'empty', 'binary', 'text']);
  assert.deepEqual(report.findings, []);
  const nothing = await examine({ empty: '', noise });
  assert.equal(reportOfEvidence(nothing, 'x', now).status, 'unknown');
  assert.match(nothing.verdict, /nothing in this evidence that could be read/);
});

test('names lie: what a file is, is told by its content', async () => {
  const report = await examine({ 'certificate.cer': iisLog([`09:00:00 401 /EWS/Exchange.asmx ${lookups}`]), 'u_ex.log': har([]), 'trace.har': '2026.11.21 10:00:00.000         10224 [Client=UX, Thread=1] text' });
  assert.deepEqual(report.files.map(({ kind }) => kind).toSorted(), ['HAR trace', 'IIS log', 'wizard log']);
});

test('half a line at the end and at the beginning, of every log', async () => {
  const report = await examine({
    'iis.log': iisLog([`09:00:00 401 /EWS/Exchange.asmx ${lookups}`]) + '2026-11-21 09:00:01 10.1.0.5 POST /EWS/Exch',
    'headless.log': `Exchange.asmx - 443 - 10.0.0.1 x - 200 0 0 1\n${iisLog([`09:00:00 401 /EWS/Exchange.asmx ${lookups}`])}`,
    'httpproxy.log': `#Fields: DateTime,RequestId,UrlStem,UserAgent,HttpStatus,ErrorCode,GenericErrors\n2026-11-21T09:00:00.000Z,1,/EWS/Exchange.asmx,"${lookups}",401,,\n2026-11-21T09:00:0`,
    'events.xml': `<Events><Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><EventID>1</EventID></System></Event><Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><Sys`,
    'x.xhcw': '<invoke cmdlet="Get-X" start="2026-11-21T09:00:00Z"/><invoke cmdl',
    'party.jsonl': '{"time":"2026-11-21T09:00:00Z","level":30,"msg":"x"}\n{"time":"2026-11-21T09:0',
    'half.har': har([{ url: 'https://x/EWS/Exchange.asmx', status: 200 }, { url: 'https://x/EWS/Exchange.asmx', status: 200 }]).slice(0, -400),
    'half.json': '[{"OAuthAuthentication": false, "Identity": "EX1\\\\EWS"',
    'half.xml': '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><Props><B N="OAuthAuth',
    'half.cer': '-----BEGIN CERTIFICATE-----\nMIIB',
    'half.token': 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodH.',
  });
  assert.equal(report.files.length, 11);
  const notes = notesOf(report);
  for (const said of [/iis\.log: 1 line is not whole/, /httpproxy\.log: 1 line is not whole/, /half\.har: The trace ends within an exchange/, /half\.json: It looks like JSON and is broken/, /half\.xml: It looks like Clixml and is broken/, /half\.cer: .*cannot be read/, /party\.jsonl: 1 line is not whole/]) assert.match(notes, said);
});

test('mixed encodings: UTF-16 both ways, with and without mark, appended to one another, and old Windows text', async () => {
  const line = 'The request failed with HTTP status 403: Forbidden ( The server denied the specified Uniform Resource Locator (URL). )';
  const big = Buffer.from(utf16(`\r\n${line}\r\n`, false)).swap16();
  const forms: Readonly<Record<string, readonly [Buffer, number]>> = {
    marked: [utf16(`\r\n${line}`), 2],
    bare: [utf16(`first\r\n${line}`, false), 2],
    'big-endian': [Buffer.concat([Buffer.from([0xfe, 0xff]), big]), 2],
    'utf-8 with mark': [Buffer.from(`\ufeff${line}\n`), 1],
    'utf-16 after ascii': [Buffer.concat([Buffer.from('ascii first\r\n'), utf16(`${line}\r\n`, false)]), 2],
    'ascii after utf-16': [Buffer.concat([utf16('first\r\n'), Buffer.from(`${line}\n`)]), 2],
    'windows-1252': [Buffer.concat([Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 10]), Buffer.from(`${line}\n`)]), 2],
  };
  for (const [name, [bytes, at]] of Object.entries(forms)) {
    const report = await examine({ a: bytes });
    assert.equal(report.findings[0]?.failure.id, 'FB13', name);
    assert.equal(report.findings[0].evidence[0]?.line, at, name);
  }
});

test('a chunk may end anywhere, also within a letter', async () => {
  const { createLineSplitter } = await import('../../../src/doctor/evidence/text/split-lines.ts');
  for (const bytes of [Buffer.from('grüße €\r\nzwei\n\ndrei'), utf16('grüße €\r\nzwei\n\ndrei'), utf16('grüße €\r\nzwei\n\ndrei', false)]) {
    for (let size = 4; size < 20; size++) {
      const seen: string[] = [];
      const splitter = createLineSplitter((text, number) => seen.push(`${number} ${text}`));
      splitter.push(bytes.subarray(0, 40));
      for (let at = 40; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
      splitter.end();
      assert.deepEqual(seen, ['1 grüße €', '2 zwei', '3 ', '4 drei']);
    }
  }
});

test('a zip bomb is stopped, and what stands beside it is read', async () => {
  const bomb = deflateRawSync(Buffer.alloc(300_000_000, 'a line like the one before it\n'), { level: 9 });
  const archive = storedZip([{ name: 'bomb.txt', content: bomb, size: 300_000_000, method: 8 }, { name: 'u_ex.log', content: Buffer.from(iisLog([`09:00:00 401 /EWS/Exchange.asmx ${lookups}`])), method: 0 }]);
  const before = process.memoryUsage().rss;
  const report = await examine({ 'evidence.zip': archive });
  assert.match(notesOf(report), /bomb\.txt: It grows beyond \d+ MB from \d+ KB, as a zip bomb does/);
  assert.deepEqual(ids(report), ['FB10']);
  assert.ok(process.memoryUsage().rss - before < 250_000_000);
  assert.match(notesOf(await examine({ 'bomb.gz': gzipSync(Buffer.alloc(300_000_000)) })), /bomb/);
});

test('tricks with paths in archives, encrypted and unknown entries, archives in archives', async () => {
  const outside = join(tmpdir(), 'hybridge-evil.log');
  const evil = iisLog([`09:00:00 403 /EWS/mrsproxy.svc -`]);
  const archive = storedZip(['../hybridge-evil.log', '/etc/hybridge-evil.log', 'C:\\hybridge-evil.log', 'a/../../hybridge-evil.log'].map((name) => ({ name, content: Buffer.from(evil), method: 0 })).concat({ name: 'locked.log', content: Buffer.from(evil), method: 0, encrypted: true } as never, { name: 'lzma.log', content: Buffer.from(evil), method: 14 }, { name: 'inner.zip', content: Buffer.from('PK\u0003\u0004....'), method: 0 }));
  const report = await examine({ 'evidence.zip': archive });
  const notes = notesOf(report);
  assert.equal(notes.match(/leads out of the archive/g)?.length, 4);
  assert.match(notes, /Entries are encrypted and were not read: unpack the archive with its password/);
  assert.match(notes, /lzma\.log was not read: Its compression \(14\) is not known/);
  assert.match(notes, /inner\.zip: An archive within another file is not opened/);
  assert.deepEqual(report.findings, []);
  assert.ok(!existsSync(outside));
  const cut = await examine({ 'cut.zip': (await zip({ 'a.txt': 'x'.repeat(5000) })).subarray(0, 100) });
  assert.match(notesOf(cut), /cut\.zip cannot be read/);
});

test('links are not followed, and what is missing is an error', async () => {
  const place = folder();
  symlinkSync('/etc/passwd', join(place, 'passwd'));
  symlinkSync(place, join(place, 'loop'));
  const report = await examineEvidence({ paths: [place], now });
  assert.equal(report.files.length, 0);
  assert.equal(report.notes.filter((note) => /is a link and was not followed/.test(note)).length, 2);
  await assert.rejects(examineEvidence({ paths: [join(place, 'none')], now }), { code: 'ENOENT' });
});

test('logs of another product say nothing', async () => {
  const report = await examine({
    'nginx.log': Array.from({ length: 50 }, (_, index) => `10.0.0.${index} - - [21/Nov/2026:09:00:00 +0000] "GET /wp-login.php HTTP/1.1" ${index % 2 === 0 ? 401 : 403} 153 "-" "curl/8"`).join('\n'),
    'postfix.log': 'Nov 21 09:00:00 mx postfix/smtpd[1]: warning: hostname x does not resolve to address 10.0.0.1: Name or service not known\nNov 21 09:00:01 mx postfix/smtp[2]: connect to x[10.0.0.1]:25: Connection refused',
    'sql.log': '2026-11-21 09:00:00.00 Logon       Error: 18456, Severity: 14, State: 8.\n2026-11-21 09:00:00.00 Logon       Login failed for user \'sa\'. Reason: Password did not match that for the login provided.',
    'k8s.jsonl': '{"time":"2026-11-21T09:00:00Z","level":"error","msg":"pod evicted: node had disk pressure"}\n{"time":"2026-11-21T09:00:01Z","level":"warn","msg":"readiness probe failed: HTTP probe failed with statuscode: 500"}\n',
    'package.json': '{"name":"x","scripts":{"test":"exit 1"}}',
    'apache.log': '[Sat Nov 21 09:00:00.123 2026] [core:error] [pid 1] AH00037: Symbolic link not allowed: /var/www\n'.repeat(3),
    'bracketed.log': '[2026-11-21 09:00:00] app.ERROR: it failed\n'.repeat(3),
    'iis-of-another-site.log': iisLog(Array.from({ length: 30 }, (_, index) => `09:00:${10 + index} ${index % 2 === 0 ? '404' : '500'} /shop/cart Mozilla/5.0`)),
  });
  assert.deepEqual(ids(report), []);
  assert.deepEqual(report.files.filter(({ name }) => /apache|bracketed/.test(name)).map(({ kind, notes }) => [kind, notes.filter((note) => note.includes('broken'))]), [['text', []], ['text', []]]);
});

test('hostile HTML in evidence is text in the report, in every place where evidence comes', async () => {
  const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'><svg/onload=alert(3)></style></pre>&lt;b&gt;\u202eevil\u0007';
  const report = await examine({
    [`${'<img src=x onerror=alert(4)>'.replaceAll('/', '')}.log`]: iisLog([`09:00:00 401 /EWS/${hostile.replaceAll(' ', '+')} ${lookups}<script>alert(5)</script>`]),
    'a.har': har([{ url: 'https://x.test/EWS/Exchange.asmx', status: 401, response: { 'x-ms-diagnostics': `4000000;reason="Flighting is not enabled for domain '${hostile}'."` } }]),
    'b.txt': `Proxy web request failed. The request failed with HTTP status 401: Unauthorized. ${hostile}`,
    'c.txt': `Identity            : ${hostile}\\EWS\nOAuthAuthentication : False\n`,
  });
  assert.ok(report.findings.length >= 2);
  const page = writeHtmlReport(reportOfEvidence(report, hostile, now));
  assert.ok(!/<(?:script|img|svg|b>)/i.test(page));
  assert.ok(!/[\u0007\u202e]/.test(page));
  assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'/);
  // What is left are tags of the page itself, all closed: it is well-formed but for the ones that HTML never closes.
  const xml = page.replace(/^<!doctype html>/, '').replaceAll(/<(meta|br)([^>]*)>/g, '<$1$2/>').replaceAll('<details open>', '<details>');
  const names = new Set<string>();
  const visit = (element: ReturnType<typeof parseXml>): void => {
    names.add(element.local);
    for (const { local, value } of element.attributes) assert.ok(!/^on/i.test(local) && !/javascript:/i.test(value) && (local !== 'href' || /^#f\d+$/.test(value)), local);
    for (const child of element.children) visit(child);
  };
  visit(parseXml(xml));
  assert.ok(!names.has('script') && !names.has('img'));
});

test('a line of 30 MB, a million lines alike and a million that differ: memory stays flat', async () => {
  const place = folder();
  const file = createWriteStream(join(place, 'long.txt'));
  for (let block = 0; block < 30; block++) file.write('x error '.repeat(131_072));
  file.write('\nThe request failed with HTTP status 401: Unauthorized.\n');
  const written = (stream: typeof file): Promise<void> => new Promise((resolve) => void stream.end(() => resolve()));
  await written(file);
  const many = createWriteStream(join(place, 'many.log'));
  for (let index = 0; index < 200_000; index++) many.write(`2026-11-21T09:00:00Z error ${index} of host${index % 977}.test: connection ${index.toString(36)} failed\n`);
  await written(many);
  const report = await examineEvidence({ paths: [place], now });
  assert.deepEqual(ids(report), ['FB10']);
  assert.match(notesOf(report), /longer than 64 KB/);
  assert.ok(report.timeline.length <= 20_000);
});

test('lookups that are refused and answered by turns keep no block of a large log in memory', async () => {
  const place = folder();
  const file = createWriteStream(join(place, 'u_ex261121.log'));
  file.write('#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-method cs-uri-stem cs(User-Agent) sc-status sc-substatus\n');
  for (let block = 0; block < 400; block++) {
    let text = '';
    for (let line = 0; line < 1000; line++) text += `2026-11-21 09:00:00 POST /EWS/Exchange.asmx ${line % 50 === 0 ? `ASProxy/CrossForest/${block}` : `Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.17029;+Pro;+${line}-${block})`} ${line % 100 === 0 ? 401 : 200} 0\n`;
    file.write(text);
  }
  await new Promise((resolve) => void file.end(() => resolve(undefined)));
  const program = `
    const { examineEvidence } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/doctor/index.ts'))});
    const { readFileSync } = await import('node:fs');
    const most = () => Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
    const before = most();
    await examineEvidence({ paths: [${JSON.stringify(place)}], now: 0 });
    process.stdout.write(String(most() - before));`;
  // So small a young generation leaves no room to hide what is kept.
  const child = spawn(process.execPath, ['--max-semi-space-size=2', '--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout) said += String(chunk);
  if (existsSync('/proc/self/status')) assert.ok(Number(said) < 48 * 1024, `${said} kB more than before`);
});

test('the command: exit codes, --json, a page, control characters of evidence do not reach the terminal', async () => {
  const place = folder();
  writeFileSync(join(place, 'a.txt'), 'The request failed with HTTP status 401: Unauthorized. \u001b[2J\u001b]0;evil\u0007');
  const bin = join(import.meta.dirname, '../../../bin/hybridge.js');
  const run = (...given: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [bin, 'doctor', ...given], { env: { ...process.env, NO_COLOR: '1', COLUMNS: '90' } });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.once('close', (status) => resolve({ status, stdout, stderr }));
    });
  const shown = await run('evidence', place, '--html', join(place, 'report.html'));
  assert.equal(shown.status, 1);
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  assert.ok(!/[\u0000-\u0009\u000b-\u001f]/.test(shown.stdout));
  assert.ok(existsSync(join(place, 'report.html')));
  const json = await run('evidence', join(place, 'a.txt'), '--json');
  assert.equal((JSON.parse(json.stdout) as { findings: { failure: string }[] }).findings[0]?.failure, 'FB10');
  writeFileSync(join(place, 'empty'), '');
  assert.equal((await run('evidence', join(place, 'empty'))).status, 3);
  const missing = await run('evidence', join(place, 'none'));
  assert.deepEqual([missing.status, /CLI_DOCTOR_EVIDENCE/.test(missing.stderr)], [70, true]);
  assert.match((await run('evidence', place, '--offset', 'noon')).stderr, /CLI_DOCTOR_OFFSET/);
  assert.match((await run('evidence', place, '--html', join(place, 'none', 'x.html'))).stderr, /CLI_DOCTOR_REPORT_FILE/);
});

interface StoredEntry {
  name: string;
  content: Buffer;
  size?: number;
  method: number;
  encrypted?: boolean;
}

/** A ZIP with whatever names and flags are given (APPNOTE 4.3). */
function storedZip(entries: readonly StoredEntry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, size = content.length, method, encrypted = false } of entries) {
    const bytes = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(encrypted ? 1 : 0, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(bytes.length, 22);
    const head = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, bytes]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fields, tail, bytes]));
    local.push(head, content);
    offset += head.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
