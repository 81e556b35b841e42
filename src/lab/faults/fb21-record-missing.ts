import { anna, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const recordMissing: Fault = {
  id: 'fb21-record-missing',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), { inject: [{ person: anna, delegationState: 'ProvisioningNeeded' }], undo: [{ person: anna, delegationState: null }] }),
};
