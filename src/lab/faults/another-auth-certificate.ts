import { createAuthCertificate, readCertificate } from '../../identity/index.ts';
import { systemClock } from '../../foundation/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import { one } from './fault.ts';
import type { FaultPlan, FaultSessions } from './fault.ts';

/** Another Auth certificate is made the current one on premises, and the tenant does not have it. */
export async function anotherAuthCertificate(sessions: FaultSessions): Promise<FaultPlan & { thumbprint: string }> {
  const { CurrentCertificateThumbprint: former } = await one(sessions, 'OnPremises', 'Get-AuthConfig');
  const { certificate, privateKey } = await createAuthCertificate({ clock: systemClock });
  const { thumbprint } = readCertificate(certificate);
  const run = (cmdlet: string, parameters: Record<string, unknown>): CmdletInvocation => ({ session: 'OnPremises', cmdlet, parameters });
  const makeCurrent = (CertificateThumbprint: unknown): CmdletInvocation => run('Set-AuthConfig', { CertificateThumbprint });
  return {
    thumbprint,
    inject: [run('Import-ExchangeCertificate', { FileData: `${certificate}\n${privateKey}` }), makeCurrent(thumbprint)],
    undo: [makeCurrent(former), run('Set-AuthConfig', { ClearPreviousCertificate: true }), run('Remove-ExchangeCertificate', { Thumbprint: thumbprint, Confirm: false })],
  };
}
