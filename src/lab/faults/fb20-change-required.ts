import { anna, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const passwordChangeRequired: Fault = {
  id: 'fb20-change-required',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), { inject: [{ person: anna, delegationState: 'PasswordChangeRequired' }], undo: [{ person: anna, delegationState: null }] }),
};
