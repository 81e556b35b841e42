import { fail, pass, texts } from '../free-busy-case.ts';
import type { Finding } from '../free-busy-case.ts';
import { signInSession } from './on-premises.ts';
import type { SignInProbe } from './sign-in-case.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';

/** Tokens are issued for names that the tenant has on the Exchange principal. */
export const servicePrincipalName: SignInProbe = {
  id: 'service-principal-name',
  title: 'the host among the tenant’s service principal names',
  async run(given) {
    const [principal] = await signInSession(given, 'Tenant').invoke('Get-MsolServicePrincipal', { AppPrincipalId: exchange });
    const names = texts(principal, 'ServicePrincipalNames');
    const wanted = given.url.origin;
    if (names.some((name) => name.toLowerCase().replace(/\/$/, '') === wanted.toLowerCase())) return pass(wanted);
    const set = (ServicePrincipalNames: readonly string[]): Finding['repair'] => [{ session: 'Tenant', cmdlet: 'Set-MsolServicePrincipal', parameters: { AppPrincipalId: exchange, ServicePrincipalNames } }];
    return fail(`${wanted} is not registered`, { cause: 'h4-spn-missing', proof: `ServicePrincipalNames of the Exchange principal (${names.length}) do not have ${wanted}.`, repair: set([...names, wanted]), undo: set(names) });
  },
};
