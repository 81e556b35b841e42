import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { listen } from '../../../src/foundation/index.ts';
import type { LabFixture } from '../lab-fixture.ts';
import { startLabFixture } from '../lab-fixture.ts';
import type { TerminalSession } from './terminal-session.ts';
import { hasTerminal, keys, openTerminalSession } from './terminal-session.ts';

const { enter, tab, up, ctrlC, ctrlD, ctrlR, paste } = keys;
const prompt = /hybridge:\\>$/;
const skip = hasTerminal ? false : 'there is no program `script` here, which gives a pseudo-terminal';

describe('the shell on a terminal', { skip, timeout: 900_000 }, () => {
  let fixture: LabFixture;
  let home: string;
  let open: TerminalSession[] = [];
  before(async () => {
    fixture = await startLabFixture();
    home = mkdtempSync(join(tmpdir(), 'hybridge-shell-'));
  });
  after(async () => {
    await fixture.close();
    rmSync(home, { recursive: true });
  });
  afterEach(() => {
    for (const session of open) session.close();
    open = [];
  });
  const terminal = async (given: readonly string[] = []): Promise<TerminalSession> => {
    const session = await openTerminalSession({ state: fixture.directory, home, arguments: given });
    open.push(session);
    return session;
  };

  test('completes cmdlets, parameters, words and identities', async () => {
    const shell = await terminal();
    // Only the last key of what comes at once completes: a Tab within a pasted text is a blank.
    await shell.typeUntil(`get-intraorg${tab}`, /Get-IntraOrganizationCon$/);
    assert.match(await shell.typeUntil(tab, /Get-IntraOrganizationConnector/), /Get-IntraOrganizationConfiguration/);
    await shell.typeUntil(ctrlC, prompt);
    for (const [typed, completed] of [
      ['Set-Mailbox bert -Displ', /-DisplayName/],
      ['Set-Mailbox bert -ErrorAction Si', /-ErrorAction SilentlyContinue/],
      ['Get-Mailbox bert@con', /Get-Mailbox bert@contoso\.test/],
      ["Get-IntraOrganizationConnector 'Hyb", /'HybridIOC - [0-9a-f-]{36}'/],
      ['Test-OAuthConnectivity -Service A', /-Service AutoD/],
      ['Test-OAuthConnectivity -Mailbox bert@c', /-Mailbox bert@contoso\.test/],
      ['Set-OrganizationConfig -OAuth2ClientProfileEnabled $t', /\$true/],
    ] as const) {
      await shell.typeUntil(`${typed}${tab}`, completed);
      await shell.typeUntil(ctrlC, prompt);
    }
  });

  test('a script asks for credentials and confirmations where somebody sits; Ctrl-C at a question ends it', async () => {
    const file = join(home, 'asks.ps1');
    writeFileSync(file, "$c = Get-Credential\n$c.GetNetworkCredential().Password.Length\nRemove-RemoteDomain Nobody -Confirm\n'the end'\n");
    const start = async (): Promise<TerminalSession> => {
      const session = await openTerminalSession({ state: fixture.directory, home, arguments: ['-File', file], begins: /User name: $/ });
      open.push(session);
      return session;
    };
    const shell = await start();
    await shell.typeUntil(`anna${enter}`, /Password for user anna: $/);
    const asked = await shell.typeUntil(`s3cret${enter}`, /default is "Y"\): $/);
    assert.match(asked, /^\s*6\n/m);
    assert.doesNotMatch(asked, /s3cret/);
    await shell.typeUntil(`n${enter}`, /the end/);
    assert.equal(await shell.ended(), 0);
    const left = await start();
    assert.doesNotMatch(await left.typeUntil(ctrlC, /\^C/), /the end/);
    assert.equal(await left.ended(), 130);
  });

  test('both sides are open at once, and close again', async () => {
    const shell = await terminal();
    await shell.typeUntil(`Connect-ExchangeOnline -Prefix Cloud${enter}`, prompt);
    await shell.typeUntil(`Get-CloudMailbox ann${tab}`, /Get-CloudMailbox anna/);
    assert.match(await shell.typeUntil(`${ctrlC}(Get-CloudMailbox anna).RecipientTypeDetails; (Get-RemoteMailbox anna).RecipientTypeDetails${enter}`, /RemoteUserMailbox\n/), /\nUserMailbox\nRemoteUserMailbox/);
    await shell.typeUntil(`Connect-MsolService; Connect-AzureAD; Connect-MgGraph -NoWelcome${enter}`, prompt);
    assert.match(await shell.typeUntil(`(Get-MsolUser -UserPrincipalName bert@contoso.test).DisplayName; (Get-AzureADUser -ObjectId bert@contoso.test).UserPrincipalName; (Get-MgUser -UserId bert@contoso.test).Mail${enter}`, /test\nbert@contoso\.test\n/), /Bert Huber/);
    assert.match(await shell.typeUntil(`$one = Get-MgUser -Top 1 -Count people -ConsistencyLevel eventual; "$(@($one).Count) shown, $($people -gt 1)"${enter}`, /shown, \w+\n/), /1 shown, True/);
    await shell.typeUntil(`Disconnect-MgGraph; Disconnect-AzureAD; Disconnect-ExchangeOnline${enter}`, /Are you sure/);
    await shell.typeUntil(`y${enter}`, prompt);
    assert.match(await shell.typeUntil(`Get-MgUser; Get-CloudMailbox anna; (Get-MsolUser -UserPrincipalName bert@contoso.test).Count${enter}`, /Get-CloudMailbox' is not recognized[\s\S]*\n1?\[PS\] hybridge:\\>$/), /Get-MgUser' is not recognized/);
  });

  test('takes several lines, pasted ones too, and answers each in turn', async () => {
    const shell = await terminal();
    await shell.typeUntil(`foreach ($i in 1..2) {${enter}`, />> $/);
    await shell.typeUntil(`"number $i"${enter}`, />> $/);
    assert.match(await shell.typeUntil(`}${enter}`, prompt), /number 1\nnumber 2\n/);
    assert.match(await shell.typeUntil(`'first'${enter}Start-Sleep -Milliseconds 300${enter}'second'${enter}'third'${enter}`, /\nthird\n[\s\S]*hybridge:\\>$/), /\nfirst\n(?:[\s\S]*\n)?second\n/);
    assert.match(await shell.typeUntil(`if ($true) {${enter}${enter}`, /hybridge:\\>$/), /SHELL_SYNTAX/);
  });

  test('a paste is read as a whole: empty lines within a block, and what follows one, belong to it', async () => {
    const shell = await terminal();
    const script = ['function Test-It {', '\tparam($n)', '', '\tif ($n -gt 1) {', "\t\t'more'", '\t}', '', '\telse { "less" }', '}', '', 'if ($false) {', '', "  'never'", '}', "else { 'other' + 'wise' }", '', '(Test-It 1) + (Test-It 2)'];
    assert.match(await shell.typeUntil(paste(`${script.join('\r')}\r`), /lessmore\n[^]*hybridge:\\>$/), /\notherwise\n/);
    // The same from a terminal that does not mark pastes.
    assert.match(await shell.typeUntil(`function Test-Other {${enter}${enter}'o' + 'k'${enter}}${enter}Test-Other${enter}`, /\nok\n[^]*hybridge:\\>$/), /\nok\n/);
    // What has no end is ended by an empty line that is typed.
    await shell.typeUntil(paste('if ($true) {\r\r'), />> $/);
    await shell.typeUntil(enter, /SHELL_SYNTAX[^]*hybridge:\\>$/);
  });

  test('Ctrl-C ends the command and never the shell', async () => {
    // A service that takes connections and never answers.
    const silent = createServer((socket) => socket.on('error', () => undefined));
    const listener = await listen(silent);
    const shell = await terminal();
    await shell.typeUntil(`foreach ($i in 1..2) {${enter}`, />> $/);
    await shell.typeUntil(`half a line${ctrlC}`, /\^C[^]*hybridge:\\>$/);
    for (const endless of ['while ($true) { }', 'Start-Sleep 600', "Connect-ExchangeOnline -Prefix Silent -AccessToken x -Organization contoso.test -ConnectionUri http://127.0.0.1:PORT; 'asking'; Get-SilentMailbox"]) {
      await shell.typeUntil(`'${endless.length}' + 'begun'; ${endless.replace('PORT', String(listener.port))}${enter}`, endless.includes('asking') ? /\nasking\n/ : new RegExp(`\\n${endless.length}begun\\n`));
      await shell.typeUntil(ctrlC, /hybridge:\\>$/);
    }
    await shell.typeUntil(`$answer = Read-Host Name${enter}`, /Name: $/);
    await shell.typeUntil(ctrlC, /\^C[^]*hybridge:\\>$/);
    assert.match(await shell.typeUntil(`'still ' + 'here'${enter}`, /still here\n[\s\S]*hybridge:\\>$/), /still here/);
    await listener.close();
  });

  test('long output is shown a screen at a time', async () => {
    const shell = await terminal();
    const first = await shell.typeUntil(`1..100 | Out-Host -Paging${enter}`, /next page; <CR> next line; Q quit$/);
    assert.match(first, /\n19\n<SPACE>/);
    assert.match(await shell.typeUntil(' ', /next page; <CR> next line; Q quit$/), /\n38\n<SPACE>/);
    assert.match(await shell.typeUntil(enter, /next page; <CR> next line; Q quit$/), /39\n<SPACE>/);
    assert.doesNotMatch(await shell.typeUntil('q', prompt), /40/);
    await shell.typeUntil(`help Get-Mailbox${enter}`, /next page/);
    await shell.typeUntil(ctrlC, prompt);
    assert.match(await shell.typeUntil(`'next'${enter}`, /\nnext\n/), /next/);
  });

  test('history outlives the session, without what is secret', async () => {
    const shell = await terminal();
    await shell.typeUntil(`'remember ' + 'me'${enter}`, /remember me\n/);
    await shell.typeUntil(`$s = ConvertTo-SecureString 'S3cret' -AsPlainText -Force${enter}`, prompt);
    await shell.typeUntil(`$c = Get-Credential bert${enter}`, /assword[^\n]*: $/);
    assert.doesNotMatch(await shell.typeUntil(`Hidd3n${enter}`, prompt), /Hidd3n/);
    shell.close();
    const file = join(home, 'hybridge/shell-history');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.doesNotMatch(readFileSync(file, 'utf8'), /S3cret|Hidd3n/);
    const second = await terminal();
    await second.typeUntil(`${up}${up}`, /'remember ' \+ 'me'/);
    assert.match(await second.typeUntil(enter, /remember me\n/), /remember me/);
    // What is typed is looked for, further back at each press.
    await second.typeUntil(`'remember ' + 'you'${enter}`, /remember you\n[^]*hybridge:\\>$/);
    await second.typeUntil('MEMBER', /MEMBER$/);
    await second.typeUntil(ctrlR, /'remember ' \+ 'you'$/);
    await second.typeUntil(ctrlR, /'remember ' \+ 'me'$/);
    assert.match(await second.typeUntil(enter, /\nremember me\n/), /remember me/);
  });

  test('exit and Ctrl-D leave it', async () => {
    const left = await terminal();
    left.type(`exit 3${enter}`);
    assert.equal(await left.ended(), 3);
    const ended = await terminal();
    ended.type(ctrlD);
    assert.equal(await ended.ended(), 0);
  });

  test('an error points at its place', async () => {
    const shell = await terminal();
    const shown = await shell.typeUntil(`Get-Mailbox bert | Set-Mailbox -Colour blue${enter}`, prompt);
    assert.match(shown, /matches parameter name 'Colour'\.\nAt line:1 char:32\n\+ Get-Mailbox bert \| Set-Mailbox -Colour blue\n\+ {32}~{7}\n/);
  });
});
