import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const bin = join(import.meta.dirname, '../../../bin/hybridge.js');

async function doctor(given: readonly string[], input?: Buffer): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [bin, 'doctor', ...given], { env: { ...process.env, COLUMNS: '100', NO_COLOR: '1' } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that has read enough closes its end.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  return { status, stdout, stderr };
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

test('an error as an argument, from a pipe and as PowerShell writes it into a file', async () => {
  const error = 'Soap fault exception received. Provision is needed before federated account can be logged in.';
  for (const run of [doctor([error]), doctor([], Buffer.from(error)), doctor(['-'], Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(error)])), doctor([], utf16(error))]) {
    const { status, stdout } = await run;
    assert.equal(status, 0);
    assert.match(stdout, /^FB21 {2}Provision is needed/);
    assert.match(stdout, /Update-MgUser -UserId <cloud user> -UserPrincipalName/);
  }
});

test('JSON has causes with proof and repair; ids are found in any case', async () => {
  const { stdout } = await doctor(['--json', 'AADSTS50012']);
  const { recognized } = JSON.parse(stdout) as { recognized: { id: string; causes: { id: string; proof: unknown[]; repair: unknown[] }[] }[] };
  assert.equal(recognized[0]?.id, 'FB26');
  assert.ok(recognized[0].causes.every(({ proof, repair }) => proof.length > 0 && repair.length > 0));
  const explained = await doctor(['explain', 'fb24B']);
  assert.equal(explained.status, 0);
  assert.match(explained.stdout, /^FB24b/);
});

test('what the text says of a cause puts that one first', async () => {
  const { stdout } = await doctor(['--json', 'The application log has BackendRehydrationException; MRS proxy service is disabled, event 1309']);
  const { recognized } = JSON.parse(stdout) as { recognized: { id: string; causes: { id: string }[] }[] };
  assert.deepEqual([recognized[0]?.id, recognized[0]?.causes[0]?.id], ['A1', 'a1-mrsproxy-off']);
});

test('what is not recognised, not a text or not there', async () => {
  assert.equal((await doctor(['all is well'])).status, 1);
  assert.equal((await doctor([], Buffer.alloc(0))).status, 70);
  assert.equal((await doctor([], Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)))).status, 1);
  const unknown = await doctor(['explain', 'FB99']);
  assert.equal(unknown.status, 70);
  assert.match(unknown.stderr, /CLI_DOCTOR_UNKNOWN_FAILURE.*\n.*hybridge doctor list/);
});

test('many megabytes are read to a limit, and at once', async () => {
  const { status } = await doctor([], Buffer.concat([Buffer.from('HCW8064\n'), Buffer.alloc(30_000_000, 'a line of a log that says nothing of use\n')]));
  assert.equal(status, 0);
});

test('the list fits the window', async () => {
  const { stdout } = await doctor(['list']);
  assert.ok(stdout.split('\n').every((line) => line.length <= 100));
  assert.match(stdout, /\nFB10 /);
});

test('a report of a text: every cause with proof and repair, what was pasted without its secrets, nothing that runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-text-'));
  try {
    const file = join(folder, 'report.html');
    const { status, stdout } = await doctor(['--html', file, 'Authorization: Basic YW5uYTpTZWNyZXQxMjM0NQ== <script>alert(1)</script> HTTP status 401: Unauthorized']);
    assert.equal(status, 0);
    assert.match(stdout, /^FB10/);
    const page = readFileSync(file, 'utf8');
    assert.match(page, /fb10-oauth-off/);
    assert.ok(page.split('What would prove it').length > 5);
    assert.ok(!page.includes('YW5uYTpTZWNyZXQ') && !page.includes('<script'));
    assert.equal((await doctor(['--html', file, 'all is well'])).status, 1);
    assert.match(readFileSync(file, 'utf8'), /None of the known failures/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
