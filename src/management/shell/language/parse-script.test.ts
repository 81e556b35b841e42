import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScript } from './parse-script.ts';
import { ShellError } from './shell-error.ts';

/** In the ways in which people lay scripts out. */
const script = String.raw`<#
.SYNOPSIS
  Reports
#>
[CmdletBinding(
    SupportsShouldProcess = $true
)]
[OutputType([pscustomobject])]
param
(
    # The server
    [Parameter(Mandatory = $true,
               Position = 0,
               HelpMessage = 'Which (server)?')]
    [ValidateNotNullOrEmpty()]
    [Alias('cn', 'Server')]
    [string[]]
    $ComputerName,

    [Parameter()]
    [ValidateSet('Csv',
        'Html')]
    [string] $Format = 'Csv',

    [ValidateScript({
        if (Test-Path $_) { $true }
        else { throw "no $_" }
    })]
    [string]$Path = (Join-Path $PSScriptRoot 'out.csv'),

    [int]$Days = 30,
    [switch]$PassThru
)

begin
{
    Set-StrictMode -Version 2
    $ErrorActionPreference = 'Stop'
    $results = New-Object System.Collections.ArrayList
    function Write-Log
    {
        param([string]$Message, [ValidateSet('INFO','WARN')][string]$Level = 'INFO')

        "{0:yyyy-MM-dd HH:mm:ss} [{1}] {2}" -f (Get-Date), $Level, $Message | Add-Content -Path "$Path.log"
    }
}

process
{
    foreach ($computer in $ComputerName)
    {
        Write-Log "Checking $computer"
        $params = @{
            Server      = $computer
            ErrorAction = 'Stop'
        }

        try
        {
            $server = Get-ExchangeServer @params |
                Where-Object {
                    $_.ServerRole -match 'Mailbox' -and
                    $_.Name -notlike 'Test*'
                } |
                Sort-Object -Property Name,
                    @{ Expression = 'Site'; Descending = $true }

            switch -Wildcard ($server.AdminDisplayVersion)
            {
                'Version 15.2*' { $version = '2019'; break }
                'Version 15.1*'
                {
                    $version = '2016'
                }
                default { $version = 'unknown' }
            }

            $null = $results.Add([pscustomobject]@{
                Name    = $server.Name
                Version = $version
                Age     = [math]::Round(((Get-Date) -
                    (Get-Date).AddDays(-$Days)).TotalDays, 1)
                Text    = "a $($server.Name +
                    'x') b"
            })
        }
        catch [System.Net.WebException],
              [System.IO.IOException]
        {
            Write-Warning -Message ('{0}: {1}' -f
                $computer, $_.Exception.Message)
        }
        catch
        {
            Write-Log -Level WARN -Message "$computer´: $_"
            throw
        }
        finally
        {
            Write-Verbose 'done'
        }

        if ($results.Count -gt 0 -and
            $PassThru)
        {
            $results
        }
        elseif (-not $PassThru)
        {
            $results | Export-Csv ´
                -Path $Path ´
                -NoTypeInformation
        }
        else
        {
            do
            {
                $i++
            } while ($i -lt 3)
            do { $i-- }
            until ($i -le 0)
        }
    }
}

end
{
    for ($i = 0;
         $i -lt 3;
         $i++)
    {
        $text = @"
Line $i "quoted"

end
"@
        $text
    }
    $array = @(
        'one'
        'two'

        'three'
    )
    $hash = [ordered]@{
        'a b' = 1

        c     = @(
            1,
            2
        )
        d     = {
            param($x)
            $x
        }
    }
    $list = 'a',
        'b',
        'c'
    $found = $list.Where({
        $_ -eq 'a'
    })
    return $hash
}`;

test('a script that is typed or pasted line by line is never taken for wrong before it is whole', () => {
  const lines = script.replaceAll('´', '`').split('\n');
  parseScript(lines.join('\n'));
  const whole: number[] = [];
  for (let count = 1; count < lines.length; count += 1) {
    try {
      parseScript(lines.slice(0, count).join('\n'));
      whole.push(count);
    } catch (error) {
      assert.ok(error instanceof ShellError && error.incomplete, `line ${count}: ${String(lines[count - 1])}: ${String(error)}`);
    }
  }
  // Only after the statements of the top: whatever is within a block is not whole.
  assert.ok(whole.length > 0 && whole.length < lines.length / 4, whole.join(' '));
});

test('what is wrong stays wrong, however much may follow', () => {
  for (const text of ['if ($true) { } }', 'function F { [Parameter(] }', '[CmdletBinding()] 5', 'process { 1 } 2', 'try { } catch [A],[B] 5 {']) {
    assert.throws(() => parseScript(text), (error) => error instanceof ShellError && !error.incomplete, text);
  }
});
