import { systemClock } from '../../foundation/index.ts';
import { createSelfSignedCertificate, readCertificate } from '../../identity/index.ts';
import { forgetTokens, one, overDelegation, together, toOnPremises } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

const id = 'fb15-certificate-expired';
const days = 400;
const dayMs = 86_400_000;

/** The federation certificate ended yesterday, and nobody made another. */
export const federationCertificateExpired: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'DAuth',
  async plan(sessions) {
    const { Name: Identity, OrgPrivCertificate: former } = await one(sessions, 'OnPremises', 'Get-FederationTrust');
    const { certificate, privateKey } = await createSelfSignedCertificate({ commonName: 'Federation', days, clock: { now: () => systemClock.now() - (days + 1) * dayMs } });
    const { thumbprint } = readCertificate(certificate);
    const run = (cmdlet: string, parameters: Record<string, unknown>): FaultStep => ({ session: 'OnPremises', cmdlet, parameters });
    const makeCurrent = (Thumbprint: unknown): FaultStep[] => [run('Set-FederationTrust', { Identity, Thumbprint }), run('Set-FederationTrust', { Identity, PublishFederationCertificate: true })];
    return together(await overDelegation(sessions), {
      inject: [run('Import-ExchangeCertificate', { FileData: `${certificate}\n${privateKey}` }), ...makeCurrent(thumbprint), ...(await forgetTokens(sessions))],
      undo: [...makeCurrent(former), run('Remove-ExchangeCertificate', { Thumbprint: thumbprint, Confirm: false }), ...(await forgetTokens(sessions))],
    });
  },
};
