import { mailHost, one, signInFault } from './fault.ts';
import type { FaultStep } from './fault.ts';

const AppPrincipalId = '00000002-0000-0ff1-ce00-000000000000';

export const spnMissing = signInFault('h4-spn-missing', async (sessions) => {
  const { ServicePrincipalNames } = await one(sessions, 'Tenant', 'Get-MsolServicePrincipal', { AppPrincipalId });
  const names = Array.isArray(ServicePrincipalNames) ? ServicePrincipalNames.filter((name) => typeof name === 'string') : [];
  const set = (list: readonly string[]): FaultStep => ({ session: 'Tenant', cmdlet: 'Set-MsolServicePrincipal', parameters: { AppPrincipalId, ServicePrincipalNames: list } });
  return { inject: [set(names.filter((name) => !name.endsWith(`/${mailHost}`)))], undo: [set(names)] };
});
