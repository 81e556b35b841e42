import { createAuthCertificate, readCertificate, certificateBase64 } from '../../identity/index.ts';
import { systemClock } from '../../foundation/index.ts';
import { latentFault, one } from './fault.ts';
import type { FaultStep } from './fault.ts';

const id = 'p3-auth';
const exchange = '00000002-0000-0ff1-ce00-000000000000';
const fiveYearsDays = 1826;
const dayMs = 86_400_000;

/** The Auth certificate is nearly five years old, on the server and in the tenant. */
export const authEndsSoon = latentFault(id, 'certificates', async (sessions) => {
  const { CurrentCertificateThumbprint: former } = await one(sessions, 'OnPremises', 'Get-AuthConfig');
  const [principal] = await sessions.Tenant.invoke('Get-MgServicePrincipal', { Filter: `appId eq '${exchange}'`, Property: ['Id', 'KeyCredentials'] });
  const keys = (Array.isArray(principal?.['KeyCredentials']) ? (principal['KeyCredentials'] as Record<string, unknown>[]) : []).map(({ Key }) => String(Key));
  const { certificate, privateKey } = await createAuthCertificate({ clock: { now: () => systemClock.now() - (fiveYearsDays - 6) * dayMs } });
  const { thumbprint } = readCertificate(certificate);
  const run = (cmdlet: string, parameters: Record<string, unknown>): FaultStep => ({ session: 'OnPremises', cmdlet, parameters });
  const upload = (values: readonly string[]): FaultStep => ({ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: principal?.['Id'], KeyCredentials: values.map((Key) => ({ Type: 'AsymmetricX509Cert', Usage: 'Verify', Key })) } });
  return {
    inject: [run('Import-ExchangeCertificate', { FileData: `${certificate}\n${privateKey}` }), upload([...keys, certificateBase64(certificate)]), run('Set-AuthConfig', { CertificateThumbprint: thumbprint }), run('Set-AuthConfig', { ClearPreviousCertificate: true })],
    undo: [run('Set-AuthConfig', { CertificateThumbprint: former }), run('Set-AuthConfig', { ClearPreviousCertificate: true }), upload(keys), run('Remove-ExchangeCertificate', { Thumbprint: thumbprint, Confirm: false })],
  };
});
