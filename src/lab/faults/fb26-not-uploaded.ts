import { toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';

export const notUploaded: Fault = {
  id: 'fb26-not-uploaded',
  symptom: toCloud,
  trust: 'OAuth',
  async plan({ Tenant }) {
    const keys = (await Tenant.invoke('Get-MsolServicePrincipalCredential', { ServicePrincipalName: exchange, ReturnKeyValues: true })).filter(({ Type }) => Type === 'Asymmetric');
    return {
      // Servers keep the tokens that they have until they restart.
      inject: [{ session: 'OnPremises', cmdlet: 'Restart-Service', parameters: { Name: 'W3SVC' } }, { session: 'Tenant', cmdlet: 'Remove-MsolServicePrincipalCredential', parameters: { AppPrincipalId: exchange, KeyIds: keys.map(({ KeyId }) => KeyId) } }],
      undo: keys.map(({ Value, StartDate, EndDate }) => ({ session: 'Tenant', cmdlet: 'New-MsolServicePrincipalCredential', parameters: { AppPrincipalId: exchange, Type: 'Asymmetric', Usage: 'Verify', Value, StartDate, EndDate } })),
    };
  },
};
