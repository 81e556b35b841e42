import { createAuthCertificate, readCertificate } from '../../identity/index.ts';
import { systemClock } from '../../foundation/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import { asItIs } from './fault.ts';
import type { FaultPlan, FaultSessions, FaultStep } from './fault.ts';

export function formerAuthConfig(sessions: FaultSessions, id: string): Promise<FaultStep> {
  return asItIs(sessions, id, 'AuthConfig', ['CurrentCertificateThumbprint', 'PreviousCertificateThumbprint', 'NextCertificateThumbprint', 'NextCertificateEffectiveDate']);
}

/** Another Auth certificate is made the current one on premises, and the tenant does not have it. */
export async function anotherAuthCertificate(sessions: FaultSessions, id: string): Promise<FaultPlan & { thumbprint: string }> {
  const { certificate, privateKey } = await createAuthCertificate({ clock: systemClock });
  const { thumbprint } = readCertificate(certificate);
  const run = (cmdlet: string, parameters: Record<string, unknown>): CmdletInvocation => ({ session: 'OnPremises', cmdlet, parameters });
  return {
    thumbprint,
    inject: [run('Import-ExchangeCertificate', { FileData: `${certificate}\n${privateKey}` }), run('Set-AuthConfig', { CertificateThumbprint: thumbprint })],
    undo: [await formerAuthConfig(sessions, id), run('Remove-ExchangeCertificate', { Thumbprint: thumbprint, Confirm: false })],
  };
}
