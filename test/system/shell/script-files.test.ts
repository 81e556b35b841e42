import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startLabFixture } from '../lab-fixture.ts';
import type { LabFixture } from '../lab-fixture.ts';

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** `hybridge shell` as its own process: what scripts and scheduled tasks see. */
describe('script files, as processes', { timeout: 600_000 }, () => {
  let fixture: LabFixture;
  before(async () => {
    fixture = await startLabFixture({ setUp: false });
  });
  after(() => fixture.close());

  async function shell(parameters: readonly string[], input?: string | Buffer): Promise<Ran> {
    const where = parameters.includes('--config') ? [] : ['--state', fixture.directory];
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../bin/hybridge.js'), 'shell', ...where, ...parameters], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', COLUMNS: '120' } });
    child.stdin.end(input);
    const text = async (stream: NodeJS.ReadableStream): Promise<string> => {
      let all = '';
      stream.setEncoding('utf8');
      for await (const chunk of stream) all += String(chunk);
      return all;
    };
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, out, err };
  }
  const scriptFile = (name: string, content: string | Buffer): string => {
    const path = join(fixture.directory, name);
    writeFileSync(path, content);
    return path;
  };

  test('a script with functions and loops, saved as Windows saves it', async () => {
    const script = 'param([string]$Filter = \u201cb*\u201d)\r\nfunction Get-Names($Pattern) {\r\n  Get-Mailbox $Pattern | Sort-Object Name | ForEach-Object { $_.Alias }\r\n}\r\n$count = 0\r\nforeach ($name in Get-Names $Filter) {\r\n  switch \u2013Wildcard ($name) { \u2018bert\u2019 { $count++; "found $_" } }\r\n}\r\n"$count"\r\nexit 3\r\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(script, 'utf16le')]);
    const ansi = Buffer.from(script.replace(/[\u2013\u2018-\u201d]/g, (sign) => String.fromCharCode({ '\u2013': 0x96, '\u2018': 0x91, '\u2019': 0x92, '\u201c': 0x93, '\u201d': 0x94 }[sign] ?? 0x3f)), 'latin1');
    for (const [name, content] of Object.entries({ utf16, ansi })) {
      assert.deepEqual(await shell(['--file', scriptFile(`${name}.ps1`, content)]), { code: 3, out: 'found bert\n1\n', err: '' }, name);
    }
  });

  test('as powershell.exe spells it', async () => {
    assert.deepEqual(await shell(['-File', scriptFile('spelt.ps1', '(Get-Mailbox bert).Alias')]), { code: 0, out: 'bert\n', err: '' });
    assert.deepEqual(await shell(['-command', "'-File'"]), { code: 0, out: '-File\n', err: '' });
  });

  test('from standard input', async () => {
    assert.deepEqual(await shell(['--file', '-'], '\ufeff(Get-Mailbox bert).Alias\n'), { code: 0, out: 'bert\n', err: '' });
  });

  test('errors name file, line and column; the exit code tells that there were some', async () => {
    const path = scriptFile('wrong.ps1', "'first'\r\n  Get-Mailbox nobody\r\nfunction Fail {\r\n  Get-Nothing\r\n}\r\nFail\r\n'last'\r\n");
    const { code, out, err } = await shell(['--file', path]);
    assert.equal(code, 1);
    assert.equal(out, 'first\nlast\n');
    assert.ok(err.includes(`At ${path}:2 char:3\n+   Get-Mailbox nobody\n+   ~~~~~~~~~~~~~~~~~~\n`), err);
    assert.ok(err.includes(`At ${path}:4 char:3\n+   Get-Nothing\n`), err);
    const unreadable = scriptFile('unreadable.ps1', "'first'\nif ($true) {\n");
    const refused = await shell(['--file', unreadable]);
    assert.deepEqual([refused.code, refused.out], [1, ''], 'nothing of a script runs that cannot be read');
    assert.ok(refused.err.includes(`At ${unreadable}:2 char:12\n`), refused.err);
  });

  test('what ends a script', async () => {
    assert.equal((await shell(['-c', "try { Get-Mailbox nobody -ErrorAction Stop } catch { exit 4 }; 'next'"])).code, 4);
    const stopped = await shell(['-c', "$ErrorActionPreference = 'Stop'; Get-Mailbox nobody; 'next'"]);
    assert.deepEqual([stopped.code, stopped.out], [1, '']);
    const caught = await shell(['-c', "try { Get-Mailbox nobody -ErrorAction Stop } catch { $_.Exception.Message } finally { 'done' }"]);
    assert.equal(caught.code, 0);
    assert.match(caught.out, /^The operation couldn't be performed because object 'nobody' couldn't be found on '.+'\.\ndone\n$/);
  });

  test('whose roles give little sees little, and what is hidden is not recognized', async () => {
    const setUp = await shell(['-c', "New-Mailbox -Name Helper -UserPrincipalName helper@contoso.test -Password (ConvertTo-SecureString 'H3lper-Pa55' -AsPlainText -Force) | Out-Null; Add-RoleGroupMember 'Help Desk' -Member helper"]);
    assert.deepEqual([setUp.code, setUp.err], [0, '']);
    const admin = new URL(fixture.info.parties.onPremises.urls['admin'] ?? '');
    scriptFile('helper.password', 'H3lper-Pa55');
    const config = scriptFile('helper.yaml', `ca: ${fixture.info.caFile}\nonPremises:\n  url: ${admin.origin}\n  tenant: ${fixture.info.tenant.id}\n  user: helper@contoso.test\n  password: { file: helper.password }\n`);
    const listed = await shell(['--config', config, '-c', '(Get-Command -Module ExchangeOnPremises).Name']);
    assert.equal(listed.err, '');
    const names = listed.out.trim().split('\n');
    assert.ok(names.includes('Get-Mailbox') && names.includes('Set-MailboxCalendarConfiguration'), listed.out);
    assert.ok(!names.includes('Set-Mailbox') && !names.includes('Get-AuthConfig'), listed.out);
    const refused = await shell(['--config', config, '-c', 'Set-OrganizationConfig -OAuth2ClientProfileEnabled $true']);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^The term 'Set-OrganizationConfig' is not recognized as the name of a cmdlet, function, script file, or operable program\./);
  });
});
