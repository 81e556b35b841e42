import { bert, one, toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

const elsewhere = 'bert.huber@contoso.onmicrosoft.test';

export const namesDiffer: Fault = {
  id: 'fb33-names-differ',
  symptom: toCloud,
  trust: 'OAuth',
  async plan(sessions) {
    const { UserPrincipalName, EmailAddresses } = await one(sessions, 'Cloud', 'Get-MailUser', { Identity: bert });
    return {
      inject: [{ session: 'Cloud', cmdlet: 'Set-MailUser', parameters: { Identity: bert, UserPrincipalName: elsewhere, EmailAddresses: [`SMTP:${elsewhere}`] } }],
      undo: [{ session: 'Cloud', cmdlet: 'Set-MailUser', parameters: { Identity: elsewhere, UserPrincipalName, EmailAddresses } }],
    };
  },
};
