import { anna, overDelegation, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

export const immutableId: Fault = {
  id: 'fb23-immutable-id',
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) =>
    together(await overDelegation(sessions), {
      inject: [{ session: 'Cloud', cmdlet: 'Set-Mailbox', parameters: { Identity: anna, ImmutableId: 'XGuNpVunD0afQeVNfyoUIQ==' } }],
      undo: [{ session: 'Cloud', cmdlet: 'Set-Mailbox', parameters: { Identity: anna, ImmutableId: null } }],
    }),
};
