import { bert, one, toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

export const notSynchronised: Fault = {
  id: 'fb33-not-synchronised',
  symptom: toCloud,
  trust: 'OAuth',
  async plan(sessions) {
    const { DisplayName, Alias, UserPrincipalName, ExternalEmailAddress, EmailAddresses } = await one(sessions, 'Cloud', 'Get-MailUser', { Identity: bert });
    return {
      inject: [{ session: 'Cloud', cmdlet: 'Remove-MailUser', parameters: { Identity: bert } }],
      undo: [
        { session: 'Cloud', cmdlet: 'New-MailUser', parameters: { Name: DisplayName, Alias, UserPrincipalName, PrimarySmtpAddress: bert, ExternalEmailAddress } },
        { session: 'Cloud', cmdlet: 'Set-MailUser', parameters: { Identity: bert, EmailAddresses } },
      ],
    };
  },
};
