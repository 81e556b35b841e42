import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, describe, test } from 'node:test';
import { createShell } from '../../management/index.ts';
import { createTerminalHost } from './terminal-host.ts';

describe('a shell on real files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-files-'));
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const surroundings = { stdout: Object.assign(stdout, { columns: 100 }), stderr, env: { HOME: folder, USER: 'anna' }, pid: 1, once: () => undefined, off: () => undefined };
  const never = new AbortController();
  const shell = createShell({ host: createTerminalHost({ surroundings, signal: () => never.signal }) });
  after(() => rmSync(folder, { recursive: true }));

  /** What a text shows, on standard output and then on standard error. */
  async function type(text: string): Promise<string> {
    await shell.run(text);
    const read = (stream: PassThrough): string => ((stream.read() as Buffer | null) ?? '').toString();
    return (read(stdout) + read(stderr)).trimEnd();
  }

  test('Set-Location moves what relative paths mean, and nothing else', async () => {
    const before = process.cwd();
    mkdirSync(join(folder, 'reports'));
    writeFileSync(join(folder, 'reports', 'a.csv'), 'Name\r\nBert\r\n');
    assert.equal(await type(String.raw`cd '${folder}'; cd .\reports; $PWD; (pwd).Path; (Import-Csv a.csv).Name; Test-Path ..\reports -PathType Container`), `${join(folder, 'reports')}\n${join(folder, 'reports')}\nBert\nTrue`);
    assert.equal(process.cwd(), before);
    assert.match(await type('cd nowhere'), /^Cannot find path 'nowhere' because it does not exist\.\nAt line:1 char:1\n/);
    assert.equal(await type('cd; "$PWD"; cd ~/reports; "$PWD"'), `${folder}\n${join(folder, 'reports')}`);
  });

  test('Get-ChildItem lists as Windows PowerShell does, by pattern, below, and for the next command', async () => {
    await type(`cd '${folder}/reports'; mkdir old | Out-Null; Set-Content old/b.csv "Name\`r\`nAnna" -NoNewline; Set-Content .hidden x`);
    for (const name of ['reports/a.csv', 'reports/old']) utimesSync(join(folder, name), new Date(Date.UTC(2026, 0, 15, 15, 4)), new Date(Date.UTC(2026, 0, 15, 15, 4)));
    assert.equal(await type('dir'), ['', '', `    Directory: ${folder}/reports`, '', '', 'Mode                LastWriteTime         Length Name', '----                -------------         ------ ----', '-a----        1/15/2026   3:04 PM             12 a.csv', 'd-----        1/15/2026   3:04 PM                old'].join('\n'));
    assert.equal(await type('(Get-ChildItem *.csv -Recurse).Name; Get-ChildItem -Filter *.csv -Recurse -Name; (ls -Directory).Name; (gci -Force -File).Count; (Get-Item a.csv).BaseName; (dir a.csv).Length'), 'a.csv\na.csv\nb.csv\nold\n2\na\n12');
    assert.equal(await type('Get-ChildItem -Recurse -File | Import-Csv | % Name; Import-Csv *.csv | % Name; (Get-Content old/*.csv)[1]; Test-Path *.txt'), 'Bert\nAnna\nBert\nAnna\nFalse');
    assert.match(await type('dir none'), /^Cannot find path 'none' because it does not exist\./);
  });

  test('paths are completed for commands that read files, and wherever they look like paths', async () => {
    const candidates = async (line: string): Promise<readonly string[]> => (await shell.complete(line)).candidates;
    await type(`cd '${folder}'; Set-Content 'two words.csv' x`);
    assert.deepEqual(await candidates('Import-Csv rep'), ['reports/']);
    assert.deepEqual(await candidates('Import-Csv reports/a'), ['reports/a.csv']);
    assert.deepEqual(await candidates('Get-Content ./t'), ["'./two words.csv'"]);
    assert.deepEqual(await candidates('$x = Get-Content ~/reports/o'), ['~/reports/old/']);
    assert.deepEqual(await candidates('Get-Content none/'), []);
    await type("Remove-Item 'two words.csv'");
  });

  test('New-Item makes and Remove-Item removes; a folder with something in it stays', async () => {
    await type(`cd '${folder}'`);
    assert.equal(await type('(New-Item -ItemType Directory -Path x/y -Force).Name; (New-Item x/y/f.txt -Value abc).Length; Split-Path x/y/f.txt; Split-Path -Leaf x/y/f.txt'), 'y\n3\nx/y\nf.txt');
    assert.match(await type('New-Item x/y -ItemType Directory'), /^An item with the specified name x\/y already exists\./);
    assert.match(await type('Remove-Item x/y'), /^The file 'x\/y' cannot be removed: it is a folder that is not empty\./);
    assert.equal(await type('rm x/y/f.txt -WhatIf'), 'What if: Performing the operation "Remove File" on target "x/y/f.txt".');
    assert.match(await type('Remove-Item x/y/f.txt -Confirm'), /^"Remove File" on target "x\/y\/f\.txt" asks for confirmation, and nobody is there to answer\./);
    assert.match(await type("$ConfirmPreference = 'Low'; del x/y/f.txt; $ConfirmPreference = 'High'"), /asks for confirmation/);
    assert.ok(existsSync(join(folder, 'x/y/f.txt')));
    assert.equal(await type('Remove-Item x/y/*.txt -Confirm:$false; del x/y; Test-Path x/y; rm x/none -ErrorAction SilentlyContinue; $?'), 'False\nFalse');
  });

  test('a transcript holds what is shown until it is stopped', async () => {
    const file = join(folder, 't.txt');
    assert.equal(await type(`Start-Transcript '${file}'`), `Transcript started, output file is ${file}`);
    assert.match(await type(`Start-Transcript '${file}'`), /^Transcription has already been started/);
    await type("Write-Host 'one' -NoNewline; Write-Host ' two'; [pscustomobject]@{ A = 1 }; Write-Warning 'w'; Get-Nothing");
    assert.equal(await type('Stop-Transcript'), `Transcript stopped, output file is ${file}`);
    await type("'after'");
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    assert.match(text, /^\*{22}\nHybridge shell transcript start\nStart time: \d{14} \(UTC\)\nUsername: anna\n/);
    assert.match(text, /\none two\n\nA\n-\n1\n\n\nWARNING: w\nThe term 'Get-Nothing' is not recognized[^]+\*{22}\nHybridge shell transcript end\nEnd time: \d{14} \(UTC\)\n\*{22}\n$/);
    assert.ok(!text.includes('after'));
    assert.match(await type('Stop-Transcript'), /not currently transcribing/);
    assert.match(await type(`Start-Transcript '${file}' -NoClobber`), /already exists/);
    await type(`Start-Transcript '${file}' -Append; 'third'`);
    await shell.close();
    assert.match(readFileSync(file, 'utf8'), /third\r\n\*+\r\nHybridge shell transcript end\r\n[^]*$/);
  });

  test('the history of the session', async () => {
    await type("'first'");
    assert.equal(await type('r'), "'first'\nfirst");
    assert.equal(await type('(h -Count 2).CommandLine; Get-History 1 | % Id'), "'first'\n'first'\n1");
    assert.match(await type('Invoke-History 99999'), /^Cannot locate the history for command line 99999\./);
  });
});
