import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TestShell } from './test-shell.ts';
import { openTestShell } from './test-shell.ts';

describe('what scripts of administrators do every day', () => {
  let shell: TestShell;
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-daily-'));
  before(async () => {
    shell = await openTestShell({ showsWarnings: true });
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await shell.close();
  });

  const notFound = "The operation couldn't be performed because object 'nobody' couldn't be found on 'mail.contoso.test'.";

  /** A line and what it shows, as Windows PowerShell 5.1 does. */
  const cases: readonly (readonly [line: string, shown: string])[] = [
    ["('SMTP:a@contoso.test','smtp:b@contoso.test').Replace('@contoso.test', '').ToUpper() -join ' '; @(' x ').Trim() + '.'; ('a b','c').Split(' ').Count", 'SMTP:A SMTP:B\nx.\n3'],
    ["Get-Mailbox nobody -EA 0; Get-Mailbox nobody -ErrorAction 4; $Error.Count; $Error[0].Exception.Message", `1\n${notFound}`],
    ["Get-Mailbox nobody -ErrorAction SilentlyContinue -ErrorVariable problem; \"$problem\"; Get-Mailbox nobody -EA 0 -ev +problem; $problem.Count", `${notFound}\n2`],
    ["$ErrorActionPreference = 'SilentlyContinue'; Get-Nothing; Get-Mailbox nobody; $?; $ErrorActionPreference = 'Continue'; $Error[1].Exception.Message.Substring(0, 22)", "False\nThe term 'Get-Nothing'"],
    ['Get-Mailbox administrator | Tee-Object -Variable kept | % { $_.Alias }; $kept.Name; 1..3 | Tee-Object -Variable kept | Out-Null; $kept.Count', 'administrator\nadministrator\n3'],
    ["$o = [pscustomobject]@{ a = 1 }; $o | Add-Member b 2; $o | Add-Member -MemberType NoteProperty -Name c -Value 3; Add-Member -InputObject $o @{ d = 4 }; ($o | Add-Member -NotePropertyName e -NotePropertyValue 5 -PassThru).e; $o | Add-Member AliasProperty f b; \"$o\"", '5\n@{a=1; b=2; c=3; d=4; e=5; f=2}'],
    ["$o | Add-Member b 7 -Force; $o.b; try { $o | Add-Member b 8 -ErrorAction Stop } catch { \"$_\" }", '7\nCannot add a member with the name "b" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.'],
    ["$t = \"one two`nthree\",'','four' | Measure-Object -Line -Word -Character; \"$($t.Lines) $($t.Words) $($t.Characters)\"", '3 4 17'],
    ["'alpha','beta' | Select-String '^B' | % { \"$($_.LineNumber) $($_.Line) $($_.Matches[0].Value)\" }; 'a.b','axb' | sls a.b -SimpleMatch; 'x' | Select-String y -Quiet; 'x','y' | Select-String x -NotMatch", '2 beta b\na.b\nFalse\ny'],
    ["[pscustomobject]@{ Name = 'A & B'; Count = 2 } | ConvertTo-Html Name,@{ n = 'Twice'; e = { $_.Count * 2 } } -Fragment", '<table>\n<colgroup><col/><col/></colgroup>\n<tr><th>Name</th><th>Twice</th></tr>\n<tr><td>A &amp; B</td><td>4</td></tr>\n</table>'],
    ["[pscustomobject]@{ a = 1 } | ConvertTo-Html -Title '<T>' -As List | Select-Object -Skip 2 -First 6", '<head>\n<title>&lt;T&gt;</title>\n</head><body>\n<table>\n<tr><td>a:</td><td>1</td></tr>\n</table>'],
    ["Join-Path 'C:\\Reports' 'a.csv'; Join-Path reports/ /a.csv", 'C:\\Reports\\a.csv\nreports/a.csv'],
    ["$one = 1; (Get-Variable one).Value + (Get-Variable on? -ValueOnly)", '2'],
    ["Get-Mailbox administrator | Get-Member *Addresses | % { \"$($_.Name) $($_.MemberType) $($_.Definition)\" }; 1 | Get-Member -MemberType Method", 'EmailAddresses NoteProperty Object[] EmailAddresses={SMTP:administrator@contoso.test}'],
    ["'' + (Get-Mailbox administrator | Get-Member Alias | Out-String).Trim()", 'TypeName: System.Management.Automation.PSCustomObject\n\nName  MemberType   Definition\n----  ----------   ----------\nAlias NoteProperty string Alias=administrator'],
    ["function Show-It { [CmdletBinding()] param([Parameter(Mandatory = $true, ValueFromPipeline = $true)] [string]$Name, $Mark = '.')\n begin { $n = 0; \"begin\" }\n process { $n++; if ($Name -eq 'b') { return }; \"$Name$Mark $_\" }\n end { \"$n seen\" }\n}\n'a','b','c' | Show-It -Mark '!'; Show-It x", 'begin\na! a\nc! c\n3 seen\nbegin\nx. \n1 seen'],
    ["function Show-Alias { param([Parameter(ValueFromPipelineByPropertyName)] $Alias, [Parameter(ValueFromPipelineByPropertyName)] [string]$DisplayName) process { \"$Alias=$DisplayName\" } }; Get-Mailbox administrator | Show-Alias; Get-Mailbox administrator | Show-Alias -Alias given", 'administrator=administrator\ngiven=administrator'],
    ["filter Only-B { if ($_ -like 'b*') { $_ } }; 'ab','ba','bb' | Only-B; function Last { param([Parameter(ValueFromPipeline)] $x) \"last $x\" }; 1..3 | Last", 'ba\nbb\nlast 3'],
    ["[System.Collections.ArrayList]$l = @(); [void]$l.Add('x'); $null = $l.Add('y'); $l.Count; $g = [System.Collections.Generic.List[string]]::new(); $g.Add('z'); $g -join ','; $d = New-Object 'System.Collections.Generic.List[object]'; $d.Add(1); $d.Count", '2\nz\n1'],
    ["$u = 'https://mail.contoso.test/EWS/Exchange.asmx'; $u.AbsoluteUri; $u.Host; $u.AbsolutePath; $u.Port; (Get-Mailbox administrator).PrimarySmtpAddress.Domain; (Get-Mailbox administrator).EmailAddresses | ? { $_.IsPrimaryAddress } | % { $_.SmtpAddress + ' ' + $_.PrefixString }; 'plain'.Domain; 'smtp:a@b.test'.IsPrimaryAddress", 'https://mail.contoso.test/EWS/Exchange.asmx\nmail.contoso.test\n/EWS/Exchange.asmx\n443\ncontoso.test\nadministrator@contoso.test SMTP\nFalse'],
    [",@(1,2) | % { $_.Count }; ,@(3,4); (,@(5)).Count; function Listed { return ,@(6) }; (Listed).GetType().Name; Write-Output -NoEnumerate 1,2 | % { $_.Count }", '2\n3\n4\n1\nObject[]\n2'],
    ["$a = $b = 5; $a + $b; $first, $rest = 1, 2, 3; \"$first/$rest\"; if ($found = Get-Mailbox administrator) { $found.Alias }; [int]$n, $m = '4'; $n + 1; \"[$m]\"", '10\n1/2 3\nadministrator\n5\n[]'],
    ["& { param($a, $b = 'y') \"$a$b\" } x; $twice = { param($n) $n * 2 }; & $twice 4; $twice.Invoke(5); . { $kept = 7 }; & { $kept = 8 }; $kept; 1,2 | & { process { $_ + 1 } }; & { $args.Count } 1 2 3", 'xy\n8\n10\n7\n2\n3\n3'],
    ["function Set-It { [CmdletBinding(SupportsShouldProcess = $true)] param([Parameter(Mandatory)] $Name, [int]$Top = 3) if ($PSCmdlet.ShouldProcess($Name, 'Set it')) { \"set $Name\" }; $PSBoundParameters.Keys -join ','; $MyInvocation.MyCommand.Name; Disable-Mailbox administrator -Confirm:$false }; Set-It x -WhatIf; function Loud { [CmdletBinding()] param() Write-Verbose 'loud' }; Loud; Loud -Verbose", 'WARNING: What if: Performing the operation "Set it" on target "x".\nWARNING: What if: Performing the operation "Disable-Mailbox" on target "administrator".\nWhatIf,Name\nSet-It\nVERBOSE: loud'],
    ["$o = [pscustomobject]@{ A = 1; B = 2 }; $o.PSObject.Properties | % { \"$($_.Name)=$($_.Value)\" }; $o.PSObject.Properties.Name -contains 'b'; [bool]$o.PSObject.Properties['c']; $copy = $o.PSObject.Copy(); $copy.A = 9; $o.A", 'A=1\nB=2\nTrue\nFalse\n1'],
    ["[datetime]::ParseExact('02.01.2026 1:05 PM', 'dd.MM.yyyy h:mm tt', $null).ToString('s'); [math]::Pow(2, 3); [math]::Truncate(-2.7); [IO.Path]::GetFileNameWithoutExtension('C:\\a\\b.csv'); 0.1 + 0.2; 10 / 3", '2026-01-02T13:05:00\n8\n-2\nb\n0.3\n3.33333333333333'],
    ["Import-Csv nothing.csv -ErrorAction SilentlyContinue; $?; try { Get-Content nothing.txt -ErrorAction Stop } catch { 'caught' }", 'False\ncaught'],
    ["Get-Date '2026-03-05 07:08:09' -UFormat '%Y%m%d-%H%M%S %% %A'", '20260305-070809 % Thursday'],
  ];
  for (const [line, shown] of cases) {
    test(line, async () => {
      await shell.type('$Error.Clear()');
      assert.equal((await shell.type(line)).replaceAll('\r', ''), shown);
    });
  }

  test('what it cannot do it says, with the place', async () => {
    assert.match(await shell.type('Get-Mailbox nobody -ErrorAction Maybe'), /^Cannot bind parameter 'ErrorAction'\. Cannot convert value "Maybe" to type "System\.Management\.Automation\.ActionPreference"\.\nAt line:1 char:1/);
    assert.match(await shell.type("$o | Add-Member ScriptProperty x { 1 }"), /^Members of the type 'ScriptProperty' cannot be added here\.\nAt line:1 char:6/);
    assert.match(await shell.type('Format-Lst'), /Did you mean Format-List\?$/);
    assert.match(await shell.type('Get-Mailbox -Identitybe | Format-List Alias'), /FullyQualifiedErrorId : SHELL_PARAMETER,Get-Mailbox$/m);
    assert.match(await shell.type('[int]$i = "x"'), /^Cannot convert value "x" to type "System\.Int32"[^\n]+\nAt line:1 char:1\n/);
    assert.match(await shell.type('function Twice { process { 1 } process { 2 } }'), /^The 'process' block stands twice\.\nAt line:1 char:32/);
    assert.match(await shell.type('function Top { param([ValidateRange(1, 9)] $n) $n }\nTop 30'), /^Cannot validate argument on parameter 'n'\. The 30 argument is greater than the maximum allowed range of 9\.[^\n]+\nAt line:2 char:1\n\+ Top 30\n/);
    assert.match(await shell.type("function Odd { param([ValidateScript({ $_ % 2 })] $n, [ValidateNotNullOrEmpty()] $e) $n }; Odd 1; Odd 2; Odd -e ''"), /^1\nCannot validate argument on parameter 'n'\. The " \$_ % 2 " validation script for the argument with value "2" [^]+The argument is null or empty\./);
    assert.match(await shell.type('function Made { param([Transform(1)] $n) $n }'), /^The attribute \[Transform\] is not part of what this shell knows\.\nAt line:1 char:23\n/);
    assert.match(await shell.type("[datetime]::ParseExact('31.02.2026', 'dd.MM.yyyy', $null)"), /not recognized as a valid DateTime/);
    assert.match(await shell.type('Import-Csv nothing.csv'), /^The file 'nothing\.csv' cannot be read\.\nAt line:1 char:1\n/);
    assert.match(await shell.type('function Half { process { 1 } 2 }'), /At line:1 char:/);
    assert.match(await shell.type('Get-Variable none'), /^Cannot find a variable with the name 'none'\./);
  });

  test('warnings are shown, unless -WarningAction says otherwise, and collected', async () => {
    await shell.type('New-RemoteDomain Partner -DomainName partner.test');
    const set = 'Set-RemoteDomain Partner -AllowedOOFType External';
    const warning = "The command completed successfully but no settings of 'Partner' have been modified.";
    assert.equal(await shell.type(set), `WARNING: ${warning}`);
    assert.equal(await shell.type(`${set} -WarningAction SilentlyContinue -WarningVariable w; "$w"`), warning);
    assert.equal(await shell.type(`$WarningPreference = 0; ${set}; $WarningPreference = 'Continue'`), '');
    assert.match(await shell.type('Set-RemoteDomain Partner -AllowedOOFType None -WhatIf -WA 0'), /What if: /);
  });

  test('files: Tee-Object, Select-String and Test-Path', async () => {
    const file = join(folder, 'a.txt');
    assert.equal(await shell.type(`Test-Path '${file}'; 'one','two' | Tee-Object '${file}'; Test-Path '${file}' -PathType Leaf; Test-Path '${folder}' -PathType Leaf; Test-Path '${folder}'`), 'False\none\ntwo\nTrue\nFalse\nTrue');
    assert.equal(readFileSync(file, 'utf8'), 'one\r\ntwo\r\n');
    assert.equal(await shell.type(`Select-String t '${file}'`), `${file}:2:two`);
  });

  test('people and roles go through the pipe into what takes them', async () => {
    await shell.type("New-Mailbox -Name Piped -UserPrincipalName piped@contoso.test | Out-Null; New-MailUser -Name Outside -ExternalEmailAddress outside@elsewhere.test | Out-Null");
    assert.equal(await shell.type("Get-Mailbox piped | Add-RoleGroupMember 'Help Desk'; Get-MailUser outside | Add-RoleGroupMember 'Help Desk'; (Get-RoleGroupMember 'Help Desk').Name -join ','"), 'Outside,Piped');
    assert.equal(await shell.type("Get-RoleGroup 'Help Desk' | Remove-RoleGroupMember -Member outside -Confirm:$false; Get-Mailbox piped | Remove-RoleGroupMember 'Help Desk' -Confirm:$false; @(Get-RoleGroupMember 'Help Desk').Count"), '0');
    assert.equal(await shell.type("(Get-ManagementRole 'Mail Recipients' | New-ManagementRole -Name Names -EnabledCmdlets Get-Mailbox).Parent"), 'Mail Recipients');
  });

  test('ConvertTo-Json lays out and escapes as Windows PowerShell 5.1 does, and ConvertFrom-Json reads it', async () => {
    const laidOut = ['{', '    "A":  "\\u003cx\\u003e \\u0026 \\u0027y\\u0027",', '    "L":  [', '              1,', '              {', '                  "B":  true', '              }', '          ],', '    "Empty":  {', '', '              },', '    "None":  [', '', '             ],', '    "When":  "\\/Date(1772352309000)\\/"', '}'];
    assert.equal(await shell.type("$o = [pscustomobject]@{ A = \"<x> & 'y'\"; L = 1, @{ B = $true }; Empty = @{}; None = @(); When = [datetime]'2026-03-01 08:05:09' }; $o | ConvertTo-Json"), laidOut.join('\n'));
    assert.equal(await shell.type("$back = $o | ConvertTo-Json | ConvertFrom-Json; \"$($back.A) $($back.L[1].B) $($back.When.Year)\"; ('{\"t\":\"2026-03-01T08:05:09Z\"}' | ConvertFrom-Json).t.Substring(0, 4)"), "<x> & 'y' True 2026\n2026");
    assert.equal(await shell.type('ConvertTo-Json @(1) -Compress; @(1) | ConvertTo-Json; @{ a = @{ b = @{ c = @{ d = 1 } } } } | ConvertTo-Json -Compress; ,@(1, @{ a = @{ b = @{ c = 1 } } }) | ConvertTo-Json -Compress'), '[1]\n1\n{"a":{"b":{"c":"System.Collections.Hashtable"}}}\n[1,{"a":{"b":"System.Collections.Hashtable"}}]');
  });

  test('CSV as others write it, added to, and refused where columns do not fit', async () => {
    const file = join(folder, 'b.csv');
    writeFileSync(file, 'Name, Smtp ,\r\nBert , "b, x@contoso.test" ,1\r\n\r\nAnna\r\n');
    assert.equal(await shell.type(`Import-Csv '${file}' | % { "[$($_.Name)|$($_.Smtp)|$($_.H3)|$($null -eq $_.Smtp)]" }`), 'WARNING: One or more headers were not specified. Default names starting with "H" have been used in place of any missing headers.\n[Bert|b, x@contoso.test|1|False]\n[Anna|||True]');
    assert.equal(await shell.type(`'a;b','c;d' | ConvertFrom-Csv -Delimiter ';' -Header X,Y | % { $_.X + $_.Y }; '${file}' | Import-Csv -Header One | Select-Object -First 1 | % One`), 'ab\ncd\nName');
    assert.match(await shell.type("'a,A','1,2' | ConvertFrom-Csv"), /^The member "A" is already present\./);
    const log = join(folder, 'log.csv');
    await shell.type(`1..2 | % { [pscustomobject]@{ N = $_; M = 'x' } | Export-Csv '${log}' -Append -NoTypeInformation }; [pscustomobject]@{ M = 'y'; N = 3 } | Export-Csv '${log}' -Append`);
    assert.equal(readFileSync(log, 'utf8'), '"N","M"\r\n"1","x"\r\n"2","x"\r\n"3","y"\r\n');
    assert.match(await shell.type(`[pscustomobject]@{ N = 4 } | Export-Csv '${log}' -Append`), /does not have a property that corresponds to the following column: M\./);
    assert.match(await shell.type(`[pscustomobject]@{ N = 4 } | Export-Csv '${log}' -NoClobber`), /already exists\.\nAt line:1 char:30/);
  });

  test('texts are written as -Encoding says, at the -Width that is asked for, and read from either end', async () => {
    const file = join(folder, 'c.txt');
    const bytes = async (encoding: string): Promise<string> => {
      await shell.type(`Set-Content '${file}' '\u00fc\u20ac' -Encoding ${encoding}; Add-Content '${file}' 'b' -Encoding ${encoding} -NoNewline`);
      return readFileSync(file).toString('hex');
    };
    assert.equal(await bytes('UTF8'), 'efbbbfc3bce282ac0d0a62');
    assert.equal(await bytes('Unicode'), 'fffefc00ac200d000a006200');
    assert.equal(await bytes('BigEndianUnicode'), 'feff00fc20ac000d000a0062');
    assert.equal(await bytes('Default'), 'fc800d0a62');
    assert.equal(await shell.type(`Get-Content '${file}' -Encoding Default`), '\u00fc\u20ac\nb');
    assert.equal(await bytes('ASCII'), '3f3f0d0a62');
    assert.match(await shell.type(`Set-Content '${file}' x -Encoding UTF7`), /^Cannot bind parameter 'Encoding'\. The encoding 'UTF7' cannot be written here\.\nAt line:1 char:1/);
    assert.equal(await shell.type(`1..5 | Set-Content '${file}'; Get-Content '${file}' -Tail 2; (Get-Content '${file}' -TotalCount 2).Count; '${file}' | Get-Content | Measure-Object | % Count`), '4\n5\n2\n5');
    const long = 'x'.repeat(120);
    assert.equal(await shell.type(`$long = [pscustomobject]@{ Name = '${long}'; B = 1; C = 2; D = 3; E = 4 }; ($long | Format-Table Name,B | Out-String -Width 200).Contains('${long}'); ($long | fl | Out-String -Width 200).Contains('${long}'); ($long | Out-String -Width 200).Contains('${long}'); ($long | ft Name | Out-String).Contains('${long}')`), 'True\nTrue\nTrue\nFalse');
    await shell.type(`$long | Format-Table Name | Out-File '${file}' -Width 200`);
    assert.ok(readFileSync(file, 'utf8').includes(long));
  });
});
