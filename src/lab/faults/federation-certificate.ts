import { systemClock } from '../../foundation/index.ts';
import { createSelfSignedCertificate, readCertificate } from '../../identity/index.ts';
import { asItIs, forgetTokens, one } from './fault.ts';
import type { FaultPlan, FaultSessions, FaultStep } from './fault.ts';
import { registeredOnPremises } from './registered-on-premises.ts';

const days = 400;
const dayMs = 86_400_000;

/** A federation certificate that ends, or ended, so many days from now is the current one, here and at the gateway. */
export async function federationCertificateEnding(sessions: FaultSessions, id: string, inDays: number): Promise<FaultPlan> {
  const { Name: Identity } = await one(sessions, 'OnPremises', 'Get-FederationTrust');
  const { certificate, privateKey } = await createSelfSignedCertificate({ commonName: 'Federation', days, clock: { now: () => systemClock.now() + (inDays - days) * dayMs } });
  const { thumbprint } = readCertificate(certificate);
  const run = (cmdlet: string, parameters: Record<string, unknown>): FaultStep => ({ session: 'OnPremises', cmdlet, parameters });
  const registration = await registeredOnPremises(sessions);
  const trust = await asItIs(sessions, id, 'FederationTrust', ['OrgPrivCertificate', 'OrgPrevPrivCertificate', 'OrgNextPrivCertificate']);
  return {
    inject: [run('Import-ExchangeCertificate', { FileData: `${certificate}\n${privateKey}` }), run('Set-FederationTrust', { Identity, Thumbprint: thumbprint }), run('Set-FederationTrust', { Identity, PublishFederationCertificate: true }), ...(await forgetTokens(sessions))],
    // The gateway, and the trust, would keep the other one as the one before.
    undo: [{ replaceRegistration: registration }, trust, run('Remove-ExchangeCertificate', { Thumbprint: thumbprint, Confirm: false }), ...(await forgetTokens(sessions))],
  };
}
