import { formatInvocation } from '../../management/index.ts';
import type { SessionName } from '../plan.ts';
import { readings } from './snapshot.ts';

/** A script of PowerShell that only reads; each file that it writes is named after the cmdlet whose output it keeps. */
export function printCollectScript(sessions: readonly Exclude<SessionName, 'Relay'>[]): string {
  const lines = ['# Collects what hybridge setup needs to plan a hybrid configuration. It only reads, and holds no secret:', '# certificates are exported without their keys. The files go to the current folder.'];
  for (const session of sessions) {
    lines.push('', ...openings[session]);
    for (const { cmdlet, parameters = {}, optional } of readings.filter((reading) => reading.session === session)) {
      const line = `${formatInvocation({ session, cmdlet, parameters })} | Export-Clixml${session === 'Tenant' ? ' -Depth 4' : ''} -Path '${session}.${cmdlet}.xml'`;
      lines.push(optional === true ? `if (Get-Command '${cmdlet}' -ErrorAction SilentlyContinue) { ${line} }` : line);
    }
    if (session === 'OnPremises') lines.push("Export-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Export-Clixml -Path 'OnPremises.Export-ExchangeCertificate.xml'");
  }
  lines.push('', '# Then, where hybridge is: hybridge setup --evidence <this folder> --plan plan.ps1');
  return `${lines.join('\n')}\n`;
}

const openings: Readonly<Record<Exclude<SessionName, 'Relay'>, readonly string[]>> = {
  OnPremises: ['# In the Exchange Management Shell.'],
  Cloud: ['# In Exchange Online PowerShell, in a window of its own.', 'Connect-ExchangeOnline'],
  Tenant: ['# The tenant directory.', "Connect-MgGraph -Scopes 'Application.Read.All','Organization.Read.All'"],
};
