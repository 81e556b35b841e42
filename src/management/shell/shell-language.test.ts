import assert from 'node:assert/strict';
import { before, after, describe, test } from 'node:test';
import type { TestShell } from './test-shell.ts';
import { openTestShell } from './test-shell.ts';

describe('the shell’s language', () => {
  let shell: TestShell;
  before(async () => {
    shell = await openTestShell();
  });
  after(() => shell.close());

  /** A line and what it shows. What PowerShell 5.1 shows was noted by hand for each. */
  const cases: readonly (readonly [line: string, shown: string])[] = [
    ['1 + 2 * 3', '7'],
    ["'a' + 1; 1 + '2'", 'a1\n3'],
    ['7 / 2; 7 % 4; -5 + 2', '3.5\n3\n-3'],
    ['2kb; 1mb / 1kb; 0xff', '2048\n1024\n255'],
    ["'abc' -like 'A*'; 'abc' -clike 'A*'; 'abc' -notlike 'b*'; 'abc' -like '?b[a-c]'", 'True\nFalse\nTrue\nTrue'],
    ["'Contoso' -eq 'contoso'; 'Contoso' -ceq 'contoso'; 'a' -ne 'b'", 'True\nFalse\nTrue'],
    ["'user@contoso.test' -match '@(?<domain>.+)$'; $Matches.domain; $null -eq $Matches[1]", 'True\ncontoso.test\nTrue'],
    ["'Build 24.7' -match '(\\d+)\\.(\\d+)'; $Matches.1 + '-' + $Matches.2", 'True\n24-7'],
    ['$i = 5; if (++$i -gt 5) { $i }; while ($i++ -lt 8) { "r$i" }; $a = 0,0; $a[1]++; ($i--) + $a[1]; $i; --$i', '6\nr7\nr8\n10\n8'],
    ["[regex]::Match('ex1.contoso.test', '^(?<host>[^.]+)\\.(\\w+)') | % { $_.Value; $_.Groups['host'].Value; $_.Success }; [regex]::Matches('a1b22', '\\d+').Count; [regex]::Replace('a1b22', '(\\d+)', '<$1>'); [regex]::Escape('a.b')", 'ex1.contoso\nex1\nTrue\n2\na<1>b<22>\na\\.b'],
    ["(Get-Mailbox administrator)[0].Alias; (Get-Mailbox administrator)[-1].Name; (Get-Mailbox administrator)[1]; Write-Progress -Activity a -Status b -PercentComplete 5; Write-Progress a -Completed", 'administrator\nadministrator'],
    ["(1..3).ForEach({ $_ * 2 }) -join ' '; (1..4).Where({ $_ % 2 -eq 0 }) -join ' '", '2 4 6\n2 4'],
    ["Compare-Object 'a','b','c' 'B','c','d' | % { \"$($_.InputObject)$($_.SideIndicator)\" }; (Compare-Object 1,2 2,3 -IncludeEqual -ExcludeDifferent).InputObject; Compare-Object @{ n = 1 },@{ n = 2 } @{ n = 2 } -Property n | % { $_.n }", 'd=>\na<=\n2\n1'],
    ["(New-TimeSpan -Start 2026-01-01 -End 2026-01-03).TotalHours; (New-TimeSpan -Days 1 -Hours 12).TotalDays", '48\n1.5'],
    ["@() | ConvertTo-Json; '[]' ; Get-Mailbox nobody* | ConvertTo-Json", '[]'],
    ["try { Get-Mailbox nobody -ErrorAction Stop } catch { \"$_ | $($_.CategoryInfo.Category) | line $($_.InvocationInfo.ScriptLineNumber) | $($_.InvocationInfo.MyCommand)\" }", "The operation couldn't be performed because object 'nobody' couldn't be found on 'mail.contoso.test'. | ObjectNotFound | line 1 | Get-Mailbox"],
    ["'a.b.c' -replace '\\.','-'; 'x=1' -replace '(\\w)=(\\d)','$2=$1'", 'a-b-c\n1=x'],
    ["'a,b,c' -split ','; 'a','b' -join '+'", 'a\nb\nc\na+b'],
    ["1,2,3 -contains 2; 'x' -in 'a','X'; 1,2,3 -notcontains 2", 'True\nTrue\nFalse'],
    ["1,2,3,4 -gt 2", '3\n4'],
    ['-not $true; !$false; $true -and $false; $true -or $false; 1 -xor 0', 'False\nTrue\nFalse\nTrue\nTrue'],
    ["$null -eq $missing; if ($missing) { 'yes' } else { 'no' }", 'True\nno'],
    ["'{0,-5}|{1,5:N1}|{2:D3}|{3:yyyy-MM-dd}' -f 'ab', 2.25, 7, (Get-Date)", 'ab   |  2.3|007|2026-11-21'],
    ["'{0:P1} {0:P0} {1:P}' -f 0.256, -0.5", '25.6 % 26 % -50.00 %'],
    ['$a = 1, 2; $a += 3; $a.Count; $a[-1]; $a[0,2] -join ","', '3\n3\n1,3'],
    ["$h = @{ Name = 'x'; 'two words' = 2 }; $h.Name; $h['two words']; $h.Keys.Count; $h.ContainsKey('name')", 'x\n2\n2\nTrue'],
    ['$h = @{}; $h.a = 1; $h["b"] = 2; ($h.Values | Measure-Object -Sum).Sum', '3'],
    ["$p = [pscustomobject]@{ A = 1; B = 'z' }; $p.b; $p.A = 5; $p.a", 'z\n5'],
    ["\"$($p.A + 1) and $env:COMPUTERNAME and `$p\"", '6 and MAIL01 and $p'],
    ["'single $p ''quoted'''; \"double \"\"quoted\"\" `\"too`\"\"", "single $p 'quoted'\ndouble \"quoted\" \"too\""],
    ['\u201ctypographic \u201d + \u2018quotes\u2019', 'typographic quotes'],
    ["'dash' \u2013eq 'DASH'", 'True'],
    ["@'\nline $p\n'@\n@\"\nline $($p.A)\n\"@", 'line $p\nline 5'],
    ['if (1 -gt 2) { "a" } elseif (2 -gt 1) { "b" }\nelse { "c" }', 'b'],
    ['foreach ($i in 1..5) { if ($i -eq 4) { break }; if ($i -eq 2) { continue }; $i }', '1\n3'],
    ['for ($i = 0; $i -lt 5; $i++) { if ($i -eq 1) { continue }; if ($i -eq 3) { break }; $i }', '0\n2'],
    ['$i = 3; do { $i; $i-- } while ($i -gt 1); do { $i; ++$i } until ($i -ge 3); $i', '3\n2\n1\n2\n3'],
    ["$h = @{}; 'a','b','a' | % { $h[$_]++ }; $h.a; $h['b']", '2\n1'],
    ["switch ('b') { 'a' { 1 } 'B' { 2 } {$_ -eq 'b'} { 3 } default { 4 } }; switch (7) { 1 { 'one' } default { 'other' } }", '2\n3\nother'],
    ["switch -Wildcard ('anna', 'bert') { 'a*' { \"$_ a\"; continue } 'b*' { \"$_ b\"; break } default { 'no' } }", 'anna a\nbert b'],
    ["switch -Regex ('x12') { '(\\d+)' { $Matches[1] } }; switch -CaseSensitive ('A') { 'a' { 1 } 'A' { 2 } }", '12\n2'],
    ["function Add-Two($a, $b = 2) { $a + $b }; Add-Two 1; Add-Two 1 5; Add-Two -b 1 -a 1", '3\n6\n2'],
    ["function Say {\n [CmdletBinding()]\n param(\n  [Parameter(Mandatory = $true, Position = 0)] [string] $Name,\n  [Alias('n')] [int]$Times = 1,\n  [switch]$Loud,\n  [ValidateSet('Hello','Bye')] $Word = 'Hello'\n )\n $text = \"$Word $Name\"\n if ($Loud) { $text = $text.ToUpper() }\n for ($k = 0; $k -lt $Times; $k++) { $text }\n}\nSay Anna; Say -Loud -Name Bert -n 2 -Word Bye", 'Hello Anna\nBYE BERT\nBYE BERT'],
    ["function Outer { $mine = 1; $global:all = 2; Inner; return 'end'; 'never' }; function Inner { $mine + 1 }; Outer; \"[$mine] $all\"", '2\nend\n[] 2'],
    ["function Count-It { $input.Count; $args -join '+' }; 1,2,3 | Count-It a b", '3\na+b'],
    ["function Long { 1..3 }; Long | ForEach-Object { $_ * 2 }; (Long).Count", '2\n4\n6\n3'],
    ["try { Get-Nothing } catch [System.Management.Automation.CommandNotFoundException] { 'not found' } catch { 'other' }", 'not found'],
    ["try { 1 / 0 } catch [System.Management.Automation.CommandNotFoundException] { 'not found' } catch { 'other' }", 'other'],
    ['$n = 0; while ($n -lt 3) { $n += 1 }; $n', '3'],
    ['1..3 | ForEach-Object { $_ * 2 } | Where-Object { $_ -gt 2 }', '4\n6'],
    ["'b','a','C' | Sort-Object; 'b','a' | sort -Descending", 'a\nb\nC\nb\na'],
    ["'Anna Ash'.Split(' ')[1].ToUpper(); 'abc'.Substring(1); 'abc'.Length; ' x '.Trim() + '|'; 'a-b'.Replace('-', '+')", 'ASH\nbc\n3\nx|\na+b'],
    ["'abc'.StartsWith('a'); 'abc'.Contains('z'); 'abc'.IndexOf('c'); 'x'.PadLeft(3,'0')", 'True\nFalse\n2\n00x'],
    ["(Get-Date).AddDays(2).ToString('yyyy-MM-dd HH:mm'); (Get-Date).Year; (Get-Date -Format 'dddd')", '2026-11-23 09:30\n2026\nSaturday'],
    ["([datetime]'3/1/2026' - [datetime]'2/27/2026').TotalDays; [datetime]'2026-01-31' | % { $_.AddMonths(1).ToString('d') }", '2\n2/28/2026'],
    ["[int]'5' + 1; [string]5 + 1; [bool]0; [guid]'{6CA7C832-49A2-4A5D-AEAE-A616F6D4B8E7}'", '6\n51\nFalse\n6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7'],
    ["[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('hi')); [string]::IsNullOrEmpty(''); [math]::Round(2.5)", 'aGk=\nTrue\n2'],
    ["try { throw 'broken' } catch { \"caught: $($_.Exception.Message)\" } finally { 'done' }", 'caught: broken\ndone'],
    ["# a comment\n'x' # another\n<# and\n one more #>'y'", 'x\ny'],
    ["'a' |\n  ForEach-Object {\n    $_ + `\n      'b'\n  }", 'ab'],
    ["& { 'in'; return 'out'; 'never' }; 'after'", 'in\nout\nafter'],
    ["[PS] C:\\Windows\\system32>'prompt'\nPS C:\\> 'too'", 'prompt\ntoo'],
    ["@(1).Count; @().Count; ,1 | Measure-Object | Select-Object -ExpandProperty Count; (1..3)[1]", '1\n0\n1\n2'],
    ["5 -is [int]; 'a' -is [string]; (Get-Date) -is [datetime]; '5' -as [int]", 'True\nTrue\nTrue\n5'],
    ["'1','2' | Measure-Object -Sum -Average | ConvertTo-Json -Compress", '{"Count":2,"Average":1.5,"Sum":3,"Maximum":null,"Minimum":null,"Property":null}'],
    ["'{\"a\":[1,2]}' | ConvertFrom-Json | Select-Object -ExpandProperty a", '1\n2'],
    ["[pscustomobject]@{N='x';L=1,2} | ConvertTo-Csv -NoTypeInformation", '"N","L"\n"x","1 2"'],
    ["'x','y','x' | Group-Object -NoElement | % { \"$($_.Name)=$($_.Count)\" }; 'x','y','x' | select -Unique", 'x=2\ny=1\nx\ny'],
    ["1..5 | Select-Object -First 2; 1..5 | select -Last 1; 1..5 | select -Skip 3", '1\n2\n5\n4\n5'],
    ["Write-Host 'a' -NoNewline; Write-Host 'b'; Write-Output 'c'; Write-Warning 'd'", 'ab\nc\nWARNING: d'],
    ["$x = 'a' | Out-String; $x.Length; 'a' | Out-Null", '2'],
  ];
  for (const [line, shown] of cases) {
    test(line, async () => assert.equal(await shell.type(line), shown));
  }

  /** What cannot be understood, where it is pointed at, and the first words of the message. */
  const mistakes: readonly (readonly [line: string, code: string, pointer: string])[] = [
    ["'open", 'SHELL_SYNTAX', "+ 'open\n+ ~"],
    ['Get-Mailbox <User>', 'SHELL_SYNTAX', '+ Get-Mailbox <User>\n+             ~~~~~~'],
    ["1 -foo 2", 'SHELL_SYNTAX', '+ 1 -foo 2\n+   ~~~~'],
    ['class x {}', 'SHELL_NOT_SUPPORTED', '+ class x {}\n+ ~~~~~'],
    ['function x { dynamicparam { 1 } }', 'SHELL_NOT_SUPPORTED', '+ function x { dynamicparam { 1 } }\n+              ~~~~~~~~~~~~'],
    ['function x($a', 'SHELL_SYNTAX', '+ function x($a\n+           ~'],
    ["switch (1) { 1 'x' }", 'SHELL_SYNTAX', '~'],
    ['for ($i = 0) { }', 'SHELL_SYNTAX', '~'],
    ['function again { again }; again', 'SHELL_LIMIT', '+ function again { again }; again\n+                  ~~~~~'],
    ['Get-Mailbox || x', 'SHELL_NOT_SUPPORTED', '+ Get-Mailbox || x\n+             ~~'],
    ["'a' | 'b'", 'SHELL_SYNTAX', "+ 'a' | 'b'\n+       ~"],
    ["1 = 2", 'SHELL_SYNTAX', '+ 1 = 2\n+ ~'],
    ["$x = 1\n$x.Foo()", 'SHELL_MEMBER', '+ $x.Foo()\n+ ~~~~~~~~'],
    ['1 / 0', 'SHELL_OPERATION', '+ 1 / 0\n+ ~~~~~'],
    ["[int]'x'", 'SHELL_CONVERSION', "+ [int]'x'\n+ ~~~~~~~~"],
    ['[nope]1', 'SHELL_NOT_SUPPORTED', '+ [nope]1\n+ ~~~~~~~'],
    ['Get-Nothing', 'SHELL_COMMAND_NOT_FOUND', '+ Get-Nothing\n+ ~~~~~~~~~~~'],
    ['Get-Mailbox -Nope', 'SHELL_PARAMETER', '+ Get-Mailbox -Nope\n+             ~~~~~'],
    ['Get-Mailbox a b', 'SHELL_PARAMETER', '+ Get-Mailbox a b\n+               ~'],
    ['Get-AuthServer Set-AuthServer -Enabled $true', 'SHELL_PARAMETER', '-Enabled'],
    ["$true = 1", 'SHELL_OPERATION', '+ $true = 1\n+ ~~~~~'],
    ["throw 'x'", 'SHELL_THROWN', "+ throw 'x'\n+ ~~~~~~~~~"],
    ["'x' -match '('", 'SHELL_OPERATION', "+ 'x' -match '('\n+ ~~~~~~~~~~~~~~"],
    ['1..9999999', 'SHELL_LIMIT', '+ 1..9999999\n+ ~~~~~~~~~~'],
    [`${'('.repeat(300)}1${')'.repeat(300)}`, 'SHELL_LIMIT', '~'],
  ];
  for (const [line, code, pointer] of mistakes) {
    test(`refuses ${line.slice(0, 60)}`, async () => {
      const shown = await shell.type(line);
      assert.ok(shown.includes(`FullyQualifiedErrorId : ${code}`), shown);
      assert.ok(shown.includes(pointer), shown);
    });
  }

  test('says that more is needed, and runs nothing until it is there', async () => {
    assert.equal(await shell.shell.run("'a'; foreach ($i in 1,2) {", { whole: false }), 'incomplete');
    assert.equal(shell.screen(), '');
    assert.equal(await shell.shell.run("'a'; foreach ($i in 1,2) {\n $i }", { whole: false }), 'done');
    assert.equal(shell.screen(), 'a\n1\n2');
  });

  test('a secret is shown by nothing', async () => {
    const shown = await shell.type("$s = ConvertTo-SecureString 'S3cret' -AsPlainText -Force; $s; \"$s\"; $c = New-Object PSCredential('u', $s); $c | fl; $c | ConvertTo-Json; @{p=$s}");
    assert.ok(!shown.includes('S3cret'), shown);
    assert.equal(await shell.type('$c.GetNetworkCredential().Password'), 'S3cret');
  });

  test('what a function demands and refuses', async () => {
    await shell.type("function Need { param([Parameter(Mandatory)]$Who, [ValidateSet('a')]$What, [int]$Many) $Who }");
    assert.match(await shell.type('Need'), /^Cannot process command because of one or more missing mandatory parameters: Who\./);
    assert.match(await shell.type('Need x b'), /^Cannot validate argument on parameter 'What'\. The argument "b" does not belong to the set "a"/);
    assert.match(await shell.type('Need x a y'), /^Cannot process argument transformation on parameter 'Many'\. Cannot convert value "y" to type "System\.Int32"/);
    assert.match(await shell.type('Need x -Nope'), /^A parameter cannot be found that matches parameter name 'Nope'\./);
    assert.match(await shell.type('Get-Command Need | fl CommandType'), /CommandType : Function/);
    assert.match(await shell.type("param($First = 'a', [Parameter(Mandatory)]$Second)\n$First"), /missing mandatory parameters: Second/);
    assert.equal(await shell.type("param($First = 'a')\n$First"), 'a');
  });

  test('a loop without end stops when it is interrupted', async () => {
    const other = await openTestShell();
    const running = other.shell.run('while ($true) { }');
    setImmediate(() => other.interrupt.abort());
    assert.equal(await running, 'done');
    await other.close();
  });
});

describe('errors in a script', () => {
  let shell: TestShell;
  before(async () => {
    shell = await openTestShell();
  });
  after(() => shell.close());

  test('an error ends its statement, and the next one follows, in blocks too', async () => {
    assert.match(await shell.type("Get-Nothing; 'next'"), /^The term 'Get-Nothing' is not recognized[\s\S]*\nnext$/);
    assert.match(await shell.type("foreach ($i in 1, 2) { [int]'x'; $i }\n'after'"), /\n1\n[\s\S]*\n2\nafter$/);
    assert.match(await shell.type("if ($true) { Get-Nothing; 'inside' }"), /\ninside$/);
  });

  test('throw, -ErrorAction Stop and the preference Stop end the script', async () => {
    assert.doesNotMatch(await shell.type("throw 'enough'; 'next'"), /^next$/m);
    assert.doesNotMatch(await shell.type("Get-Mailbox nobody -ErrorAction Stop; 'next'"), /^next$/m);
    assert.doesNotMatch(await shell.type("$ErrorActionPreference = 'Stop'; Get-Nothing; 'next'"), /^next$/m);
    assert.match(await shell.type("$ErrorActionPreference = 'Continue'; Get-Nothing; 'next'"), /^next$/m);
  });

  test('within try every error goes to catch', async () => {
    assert.equal(await shell.type("try { Get-Nothing; 'not here' } catch { 'caught' }; 'after'"), 'caught\nafter');
    assert.equal(await shell.type("try { foreach ($i in 1, 2) { [int]'x'; $i } } catch { 'caught' }"), 'caught');
  });
});
