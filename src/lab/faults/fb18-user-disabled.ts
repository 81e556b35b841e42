import { anna, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

export const userDisabled: Fault = {
  id: 'fb18-user-disabled',
  symptom: toOnPremises,
  trust: 'OAuth',
  plan: async () => ({
    inject: [{ session: 'OnPremises', cmdlet: 'Set-RemoteMailbox', parameters: { Identity: anna, AccountDisabled: true } }],
    undo: [{ session: 'OnPremises', cmdlet: 'Set-RemoteMailbox', parameters: { Identity: anna, AccountDisabled: false } }],
  }),
};
