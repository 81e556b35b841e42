import { toCloud } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

/** The application is there, and does not know the certificate. */
export const consent: Fault = {
  id: 'n1-consent',
  symptom: toCloud,
  trust: 'OAuth',
  says: 'FB26',
  needs: 'dedicated',
  async plan({ OnPremises, Tenant }) {
    const appId = (await OnPremises.invoke('Get-AuthServer')).find(({ Type }) => Type === 'AzureAD')?.['ApplicationIdentifier'];
    const [application] = await Tenant.invoke('Get-MgApplication', { Filter: `appId eq '${String(appId)}'`, Property: ['Id', 'KeyCredentials'] });
    const set = (KeyCredentials: unknown): FaultStep => ({ session: 'Tenant', cmdlet: 'Update-MgApplication', parameters: { ApplicationId: application?.['Id'], KeyCredentials } });
    return {
      inject: [{ session: 'OnPremises', cmdlet: 'Restart-Service', parameters: { Name: 'W3SVC' } }, set([])],
      undo: [set(application?.['KeyCredentials'])],
    };
  },
};
