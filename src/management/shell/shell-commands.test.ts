import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TestShell } from './test-shell.ts';
import { openTestShell } from './test-shell.ts';

describe('commands of PowerShell that need no session', () => {
  let shell: TestShell;
  before(async () => {
    shell = await openTestShell({ width: 60 });
  });
  after(() => shell.close());

  const cases: readonly (readonly [line: string, shown: string])[] = [
    ["1..5 | Format-Wide -Column 3; 'one','three' | fw -AutoSize", '\n1                   2                   3\n4                   5\n\n\n\none   three\n\n'],
    ["[pscustomobject]@{ Id = 1; Name = 'a' }, [pscustomobject]@{ Id = 2; Name = 'b' } | Format-Wide; Get-Mailbox | fw { $_.Alias.ToUpper() }", '\na                             b\n\n\n\nADMINISTRATOR\n\n'],
    ['Set-Alias gmb Get-Mailbox; (gmb).Alias; (Get-Alias gmb).Definition; (Get-Alias -Definition Format-Wide).Name; New-Alias say Write-Output; say x', 'administrator\nGet-Mailbox\nfw\nx'],
    ["Invoke-Expression '1 + 1'; 'Get-Mailbox' | iex | % Alias; Invoke-Command { param($a, $b) \"$a-$b\" } -ArgumentList 1, 2", '2\nadministrator\n1-2'],
    ['(Measure-Command { 1 }) -is [timespan]; Get-Random -Minimum 3 -Maximum 4; (1..9 | Get-Random -Count 4 | Sort-Object | Get-Unique).Count; 1,1,2,1 | Get-Unique', 'True\n3\n4\n1\n2\n1'],
    ["Set-Variable -Name n -Value 5; $n; 'x','y' | Set-Variable m; $m.Count; function Inner { Set-Variable outer 7 -Scope Global }; Inner; $outer; Remove-Variable n; \"[$n]\"; Set-StrictMode -Version Latest", '5\n2\n7\n[]'],
    ["try { 1 / 0 } catch [System.DivideByZeroException] { $_.Exception.GetType().FullName }; try { [int]'x' } catch [InvalidCastException] { 'cast' }; try { Get-Mailbox nobody -EA Stop } catch { $_.Exception.GetType().Name }", 'System.DivideByZeroException\ncast\nManagementObjectNotFoundException'],
    ['try { try { Get-Mailbox nobody -EA Stop } catch { throw } } catch [Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException] { "again" }', 'again'],
    ["[int][char]'A'; [convert]::ToString(10, 2); [convert]::ToInt32('ff', 16); $r = 1..3; [array]::Reverse($r); \"$r\"", '65\n1010\n255\n3 2 1'],
    ["if ($PSVersionTable.PSVersion.Major -lt 3) { throw 'too old' }; \"$($PSVersionTable.PSVersion) $($host.Version.Minor)\"; $t = New-TimeSpan -Days 1 -Seconds 3661; \"$t\"; '{0:hh\\:mm\\:ss}' -f $t; $t.ToString(); [timespan]::FromSeconds(1.5).ToString('m\\:ss\\.ff'); [pscustomobject]@{ T = $t } | ft -HideTableHeaders | Out-String | % Trim", '5.1 1\n1.01:01:01\n01:01:01\n1.01:01:01\n0:01.50\n1.01:01:01'],
    ["Write-Verbose 'quiet'; Write-Verbose 'loud' -Verbose; Write-Information 'quiet'; Write-Information 'told' -InformationAction Continue; $InformationPreference = 'Continue'; Write-Information 'too'; Remove-Variable InformationPreference", 'VERBOSE: loud\ntold\ntoo'],
    ["$null = 'user@contoso.test' -match '^(?<user>[^(@]+)@(.+?)\\.(?<top>\\w+)$'; $Matches.user; $Matches[1]; $Matches.top; $Matches.Count", 'user\ncontoso\ntest\n4'],
    ["$n = 5; $n -= 2; $n *= 3; $n; $n %= 4; $n; [char[]]'ab' -join '-'", '9\n1\na-b'],
    ["[pscustomobject]@{ G = 'x'; V = 1 }, [pscustomobject]@{ G = 'x'; V = 2 } | Format-List V -GroupBy G", '\n\n   G: x\n\nV : 1\n\nV : 2\n\n'],
    ['(New-TimeSpan -Minutes 1).Ticks; (Get-Date).Subtract((Get-Date).AddDays(-1)).GetType().FullName; $PSScriptRoot + "."', '600000000\nSystem.TimeSpan\n.'],
  ];
  for (const [line, shown] of cases) {
    test(line, async () => assert.equal(await shell.type(line), shown));
  }

  test('functions, their parameters and further names are completed', async () => {
    await shell.type('function Get-OwnReport { param([string]$Region, [switch]$Deep) $Region }; Set-Alias getown Get-OwnReport; Set-Alias boxes Get-Mailbox');
    const candidates = async (line: string): Promise<readonly string[]> => (await shell.shell.complete(line)).candidates;
    assert.deepEqual(await candidates('getow'), ['getown']);
    assert.deepEqual(await candidates('Get-OwnR'), ['Get-OwnReport']);
    assert.deepEqual(await candidates('1 | Get-OwnReport -Re'), ['-Region']);
    assert.deepEqual(await candidates('boxes adm'), await candidates('Get-Mailbox adm'));
    assert.notDeepEqual(await candidates('boxes adm'), []);
    assert.deepEqual(await candidates('Import-Csv ./a'), []);
  });

  test('what they cannot do they say, with the place', async () => {
    assert.match(await shell.type("Invoke-Expression 'Get-Mailbox nobody'"), /\nAt line:1 char:1\n\+ Get-Mailbox nobody\n/);
    assert.match(await shell.type('Invoke-Command -ComputerName ex01 { 1 }'), /^A parameter cannot be found that matches parameter name 'ComputerName'\.\nAt line:1 char:16\n/);
    assert.match(await shell.type('Set-Variable x 1 -Scope 2'), /^The scope '2' is not supported here\./);
    assert.match(await shell.type('Remove-Variable none'), /^Cannot find a variable with the name 'none'\./);
    assert.match(await shell.type('Get-Alias none'), /an alias with the name 'none' does not exist/);
    assert.match(await shell.type('Get-Mailbox | Out-GridView'), /^The term 'Out-GridView' is not recognized[^]+At line:1 char:15\n[^]+It is not here: There are no windows here\. Format-Table shows objects/);
    assert.match(await shell.type("Write-Error -Message 'boom' -Category InvalidOperation"), /^boom\nAt line:1 char:1\n/);
    for (const command of ['Get-Content', 'Import-Csv']) assert.match(await shell.type(command), /missing mandatory parameters: Path\.\nAt line:1 char:1\n/);
    assert.match(await shell.type('dir'), /^This shell cannot look into folders\.\nAt line:1 char:1/);
    assert.match(await shell.type('throw'), /^ScriptHalted/);
  });
});
