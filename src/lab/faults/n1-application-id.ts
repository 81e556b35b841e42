import { toCloud } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

export const applicationId: Fault = {
  id: 'n1-application-id',
  symptom: toCloud,
  trust: 'OAuth',
  needs: 'dedicated',
  async plan({ OnPremises }) {
    const evoSts = (await OnPremises.invoke('Get-AuthServer')).find(({ Type }) => Type === 'AzureAD');
    const set = (ApplicationIdentifier: unknown): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: evoSts?.['Name'], ApplicationIdentifier } });
    return { inject: [set(null)], undo: [set(evoSts?.['ApplicationIdentifier'])] };
  },
};
