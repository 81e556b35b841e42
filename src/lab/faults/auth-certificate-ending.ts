import { certificateBase64, createAuthCertificate, readCertificate } from '../../identity/index.ts';
import { systemClock } from '../../foundation/index.ts';
import { formerAuthConfig } from './another-auth-certificate.ts';
import { one } from './fault.ts';
import type { FaultPlan, FaultSessions, FaultStep } from './fault.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';
const fiveYearsDays = 1826;
const dayMs = 86_400_000;

/** The current Auth certificate is nearly five years old, or a little more, and the only one that the tenant has. */
export async function authCertificateEnding(sessions: FaultSessions, id: string, inDays: number): Promise<FaultPlan> {
  const { CurrentCertificateThumbprint } = await one(sessions, 'OnPremises', 'Get-AuthConfig');
  const { FileData: younger } = await one(sessions, 'OnPremises', 'Export-ExchangeCertificate', { Thumbprint: CurrentCertificateThumbprint });
  const [principal] = await sessions.Tenant.invoke('Get-MgServicePrincipal', { Filter: `appId eq '${exchange}'`, Property: ['Id', 'KeyCredentials'] });
  const keys = (Array.isArray(principal?.['KeyCredentials']) ? (principal['KeyCredentials'] as Record<string, unknown>[]) : []).map(({ Key }) => String(Key));
  const { certificate, privateKey } = await createAuthCertificate({ clock: { now: () => systemClock.now() + (inDays - fiveYearsDays) * dayMs } });
  const { thumbprint } = readCertificate(certificate);
  const run = (cmdlet: string, parameters: Record<string, unknown>): FaultStep => ({ session: 'OnPremises', cmdlet, parameters });
  const upload = (values: readonly string[]): FaultStep => ({ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: principal?.['Id'], KeyCredentials: values.map((Key) => ({ Type: 'AsymmetricX509Cert', Usage: 'Verify', Key })) } });
  return {
    inject: [
      run('Import-ExchangeCertificate', { FileData: `${certificate}\n${privateKey}` }),
      upload([...keys.filter((key) => key !== younger), certificateBase64(certificate)]),
      // Set-AuthConfig takes none that has ended: it was made the current one before.
      { condition: `${id}-current`, is: { kind: 'configuration', object: 'AuthConfig', properties: { CurrentCertificateThumbprint: thumbprint } } },
    ],
    undo: [await formerAuthConfig(sessions, id), upload(keys), run('Remove-ExchangeCertificate', { Thumbprint: thumbprint, Confirm: false })],
  };
}
