import { anna, overDelegation, toCloud, together } from './fault.ts';
import type { Fault } from './fault.ts';

const address = 'smtp:anna@contoso.mail.onmicrosoft.test';

export const proxyAddress: Fault = {
  id: 'fb11-proxy-address',
  symptom: toCloud,
  trust: 'DAuth',
  plan: async (sessions) =>
    together(await overDelegation(sessions), {
      inject: [{ session: 'Cloud', cmdlet: 'Set-Mailbox', parameters: { Identity: anna, EmailAddresses: { remove: [address] } } }],
      undo: [{ session: 'Cloud', cmdlet: 'Set-Mailbox', parameters: { Identity: anna, EmailAddresses: { add: [address] } } }],
    }),
};
