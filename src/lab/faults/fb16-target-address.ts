import { bert, toOnPremises, together } from './fault.ts';
import type { Fault } from './fault.ts';

const former = 'bert.before@contoso.test';

/** The asker's target address is one that the other side knows as somebody who is elsewhere. */
export const formerSide: Fault = {
  id: 'fb16-target-address',
  symptom: toOnPremises,
  trust: 'any',
  plan: async () =>
    together(
      {
        inject: [{ session: 'OnPremises', cmdlet: 'New-MailContact', parameters: { Name: 'Bert (moved)', Alias: 'bert.before', ExternalEmailAddress: 'bert@fabrikam.test' } }, { session: 'OnPremises', cmdlet: 'Set-MailContact', parameters: { Identity: 'Bert (moved)', EmailAddresses: { add: [`smtp:${former}`] } } }],
        undo: [{ session: 'OnPremises', cmdlet: 'Remove-MailContact', parameters: { Identity: 'Bert (moved)', Confirm: false } }],
      },
      {
        inject: [{ session: 'Cloud', cmdlet: 'Set-MailUser', parameters: { Identity: bert, ExternalEmailAddress: former } }],
        undo: [{ session: 'Cloud', cmdlet: 'Set-MailUser', parameters: { Identity: bert, ExternalEmailAddress: bert } }],
      },
    ),
};
