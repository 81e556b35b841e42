import { toCloud } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';

export const notUploaded: Fault = {
  id: 'fb26-not-uploaded',
  symptom: toCloud,
  trust: 'OAuth',
  async plan({ Tenant }) {
    const [principal] = await Tenant.invoke('Get-MgServicePrincipal', { Filter: `appId eq '${exchange}'`, Property: ['Id', 'KeyCredentials'] });
    const set = (KeyCredentials: unknown): FaultStep => ({ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: principal?.['Id'], KeyCredentials } });
    return {
      // Servers keep the tokens that they have until they restart.
      inject: [{ session: 'OnPremises', cmdlet: 'Restart-Service', parameters: { Name: 'W3SVC' } }, set([])],
      undo: [set(principal?.['KeyCredentials'])],
    };
  },
};
