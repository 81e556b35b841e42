import { anna, forgetTokens, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

const other = 'anna.lindqvist@contoso.onmicrosoft.test';
const rename = (UserId: string, UserPrincipalName: string): FaultStep => ({ session: 'Tenant', cmdlet: 'Update-MgUser', parameters: { UserId, UserPrincipalName } });

/** The tenant's directory, by which the gateway goes, has the person under another name than the mailbox. */
export const directoryDrift: Fault = {
  id: 'fb23-directory-drift',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), { inject: [rename(anna, other), ...(await forgetTokens(sessions))], undo: [rename(other, anna)] }),
};
