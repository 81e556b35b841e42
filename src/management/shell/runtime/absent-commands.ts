/** Commands of Windows PowerShell itself that scripts use and that are not here, for one reason each. */
const absences: readonly { because: string; commands: readonly string[] }[] = [
  { because: 'There are no windows here. Format-Table shows objects, Out-Host -Paging a screen at a time, and Export-Csv makes a file for a spreadsheet.', commands: ['Out-GridView', 'ogv', 'Out-Printer', 'Show-Command', 'Set-Clipboard', 'clip', 'Get-Clipboard'] },
  { because: 'Nothing runs in the background of this shell; a second shell does.', commands: ['Start-Job', 'Get-Job', 'Receive-Job', 'Wait-Job', 'Stop-Job', 'Remove-Job', 'Start-ThreadJob', 'Register-ObjectEvent', 'Start-Process', 'Wait-Process'] },
  { because: 'cron, systemd timers and their like run `hybridge shell --file` at fixed times.', commands: ['Get-ScheduledTask', 'Register-ScheduledTask', 'New-ScheduledTaskTrigger', 'Register-ScheduledJob', 'schtasks'] },
  { because: 'The network is reached by cmdlets of Exchange only. `hybridge doctor freebusy` tries the whole path, name resolution, ports and TLS included.', commands: ['Test-NetConnection', 'tnc', 'Test-Connection', 'Resolve-DnsName', 'nslookup', 'ping', 'telnet', 'Invoke-WebRequest', 'iwr', 'curl', 'wget', 'Invoke-RestMethod', 'irm', 'Send-MailMessage', 'ipconfig', 'netstat'] },
  { because: 'The machine is looked at with the tools of its system.', commands: ['Get-Process', 'gps', 'ps', 'Stop-Process', 'kill', 'Get-WmiObject', 'gwmi', 'Get-CimInstance', 'gcim', 'Get-Counter', 'Get-HotFix', 'Get-Acl', 'Set-Acl', 'Get-ItemProperty', 'Set-ItemProperty', 'New-ItemProperty', 'Get-PSDrive', 'New-PSDrive', 'Restart-Computer', 'Get-NetAdapter', 'Get-Culture'] },
  { because: 'Files are copied, moved and renamed with the tools of the system.', commands: ['Copy-Item', 'cp', 'copy', 'Move-Item', 'mv', 'move', 'Rename-Item', 'ren', 'Compress-Archive', 'Expand-Archive', 'Invoke-Item'] },
  { because: 'There is no .NET behind this shell, and no modules are installed into it.', commands: ['Add-Type', 'Install-Module', 'Update-Module', 'Get-Module', 'Find-Module', 'New-Module', 'Update-Help'] },
];

const byName = new Map(absences.flatMap(({ because, commands }) => commands.map((name) => [name.toLowerCase(), because] as const)));

/** Why a command of Windows PowerShell is not here; undefined for what is not in the list. */
export function whyNotHere(name: string): string | undefined {
  return byName.get(name.toLowerCase());
}
