import { anna, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

export const duplicateUpn: Fault = {
  id: 'fb6-duplicate-upn',
  symptom: toOnPremises,
  trust: 'OAuth',
  plan: async () => ({
    inject: [
      { session: 'OnPremises', cmdlet: 'Set-RemoteMailbox', parameters: { Identity: anna, UserPrincipalName: 'anna@corp.contoso.test' } },
      { session: 'OnPremises', cmdlet: 'New-MailUser', parameters: { Name: 'Anna (old forest)', Alias: 'anna-old', UserPrincipalName: anna, ExternalEmailAddress: 'anna-old@elsewhere.test' } },
    ],
    undo: [
      { session: 'OnPremises', cmdlet: 'Remove-MailUser', parameters: { Identity: 'Anna (old forest)' } },
      { session: 'OnPremises', cmdlet: 'Set-RemoteMailbox', parameters: { Identity: anna, UserPrincipalName: anna } },
    ],
  }),
};
