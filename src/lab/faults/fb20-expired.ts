import { anna, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const passwordExpired: Fault = {
  id: 'fb20-expired',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), { inject: [{ person: anna, delegationState: 'PasswordExpired' }], undo: [{ person: anna, delegationState: null }] }),
};
