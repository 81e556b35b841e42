import { anna, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

export const duplicateProxy: Fault = {
  id: 'fb6-duplicate-proxy',
  symptom: toOnPremises,
  trust: 'OAuth',
  plan: async () => ({
    inject: [
      { session: 'OnPremises', cmdlet: 'New-MailUser', parameters: { Name: 'Anna (old forest)', Alias: 'anna-old', UserPrincipalName: 'anna-old@contoso.test', ExternalEmailAddress: 'anna-old@elsewhere.test' } },
      { session: 'OnPremises', cmdlet: 'Set-MailUser', parameters: { Identity: 'anna-old', EmailAddresses: { add: [`SIP:${anna}`] } } },
    ],
    undo: [{ session: 'OnPremises', cmdlet: 'Remove-MailUser', parameters: { Identity: 'Anna (old forest)', Confirm: false } }],
  }),
};
