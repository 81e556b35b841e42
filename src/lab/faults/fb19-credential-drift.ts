import { anna, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const credentialDrift: Fault = {
  id: 'fb19-credential-drift',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), { inject: [{ person: anna, delegationState: 'PasswordMismatch' }], undo: [{ person: anna, delegationState: null }] }),
};
