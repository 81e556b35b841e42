import { anna, one, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';

/** Her address went to another object, while she keeps the user principal name: a token that names both means two. */
export const duplicateProxy: Fault = {
  id: 'fb6-duplicate-proxy',
  symptom: toOnPremises,
  trust: 'OAuth',
  async plan(sessions) {
    const { EmailAddresses } = await one(sessions, 'OnPremises', 'Get-RemoteMailbox', { Identity: anna });
    return {
      inject: [
        { session: 'OnPremises', cmdlet: 'Set-RemoteMailbox', parameters: { Identity: anna, EmailAddresses: ['SMTP:anna.lindqvist@contoso.test', 'smtp:anna@contoso.mail.onmicrosoft.test'] } },
        { session: 'OnPremises', cmdlet: 'New-MailUser', parameters: { Name: 'Anna (old forest)', Alias: 'anna-old', UserPrincipalName: 'anna-old@contoso.test', PrimarySmtpAddress: anna, ExternalEmailAddress: 'anna-old@elsewhere.test' } },
      ],
      undo: [
        { session: 'OnPremises', cmdlet: 'Remove-MailUser', parameters: { Identity: 'Anna (old forest)', Confirm: false } },
        { session: 'OnPremises', cmdlet: 'Set-RemoteMailbox', parameters: { Identity: 'anna.lindqvist@contoso.test', EmailAddresses } },
      ],
    };
  },
};
