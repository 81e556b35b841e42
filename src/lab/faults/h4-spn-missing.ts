import { mailHost, one, signInFault } from './fault.ts';
import type { FaultStep } from './fault.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';

export const spnMissing = signInFault('h4-spn-missing', async (sessions) => {
  const { Id, ServicePrincipalNames } = await one(sessions, 'Tenant', 'Get-MgServicePrincipal', { Filter: `appId eq '${exchange}'` });
  const names = Array.isArray(ServicePrincipalNames) ? ServicePrincipalNames.filter((name) => typeof name === 'string') : [];
  const set = (list: readonly string[]): FaultStep => ({ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: Id, ServicePrincipalNames: list } });
  return { inject: [set(names.filter((name) => !name.endsWith(`/${mailHost}`)))], undo: [set(names)] };
});
