import { systemClock } from '../../foundation/index.ts';
import { createSelfSignedCertificate, readCertificate } from '../../identity/index.ts';
import { forgetTokens, one } from './fault.ts';
import type { FaultPlan, FaultSessions, FaultStep } from './fault.ts';

const days = 400;
const dayMs = 86_400_000;

/** A federation certificate that ends, or ended, so many days from now is the current one, here and at the gateway. */
export async function federationCertificateEnding(sessions: FaultSessions, inDays: number): Promise<FaultPlan> {
  const { Name: Identity, OrgPrivCertificate: former } = await one(sessions, 'OnPremises', 'Get-FederationTrust');
  const { certificate, privateKey } = await createSelfSignedCertificate({ commonName: 'Federation', days, clock: { now: () => systemClock.now() + (inDays - days) * dayMs } });
  const { thumbprint } = readCertificate(certificate);
  const run = (cmdlet: string, parameters: Record<string, unknown>): FaultStep => ({ session: 'OnPremises', cmdlet, parameters });
  const makeCurrent = (Thumbprint: unknown): FaultStep[] => [run('Set-FederationTrust', { Identity, Thumbprint }), run('Set-FederationTrust', { Identity, PublishFederationCertificate: true })];
  return {
    inject: [run('Import-ExchangeCertificate', { FileData: `${certificate}\n${privateKey}` }), ...makeCurrent(thumbprint), ...(await forgetTokens(sessions))],
    undo: [...makeCurrent(former), run('Remove-ExchangeCertificate', { Thumbprint: thumbprint, Confirm: false }), ...(await forgetTokens(sessions))],
  };
}
