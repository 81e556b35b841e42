import { toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

/** The application is there, and does not know the certificate. */
export const consent: Fault = {
  id: 'n1-consent',
  symptom: toCloud,
  trust: 'OAuth',
  says: 'FB26',
  needs: 'dedicated',
  async plan({ OnPremises, Tenant }) {
    const AppPrincipalId = (await OnPremises.invoke('Get-AuthServer')).find(({ Type }) => Type === 'AzureAD')?.['ApplicationIdentifier'];
    const keys = await Tenant.invoke('Get-MsolServicePrincipalCredential', { AppPrincipalId, ReturnKeyValues: true });
    return {
      inject: [{ session: 'OnPremises', cmdlet: 'Restart-Service', parameters: { Name: 'W3SVC' } }, { session: 'Tenant', cmdlet: 'Remove-MsolServicePrincipalCredential', parameters: { AppPrincipalId, KeyIds: keys.map(({ KeyId }) => KeyId) } }],
      undo: keys.map(({ Value, StartDate, EndDate }) => ({ session: 'Tenant', cmdlet: 'New-MsolServicePrincipalCredential', parameters: { AppPrincipalId, Type: 'Asymmetric', Usage: 'Verify', Value, StartDate, EndDate } })),
    };
  },
};
