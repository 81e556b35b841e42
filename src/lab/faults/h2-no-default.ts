import { signInFault } from './fault.ts';
import type { FaultStep } from './fault.ts';

export const noDefault = signInFault('h2-no-default', async (sessions) => {
  const evoSts = (await sessions.OnPremises.invoke('Get-AuthServer')).find(({ Type }) => Type === 'AzureAD');
  const set = (IsDefaultAuthorizationEndpoint: boolean): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: evoSts?.['Name'], IsDefaultAuthorizationEndpoint } });
  return { inject: [set(false)], undo: [set(true)] };
});
