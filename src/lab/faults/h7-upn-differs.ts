import { bert, one, signInFault } from './fault.ts';
import type { FaultStep } from './fault.ts';

const renamed = 'bert.huber@contoso.test';
const set = (Identity: string, UserPrincipalName: unknown, EmailAddresses: unknown): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-Mailbox', parameters: { Identity, UserPrincipalName, EmailAddresses } });

/** Renamed on premises only, with his address. */
export const upnDiffers = signInFault('h7-upn-differs', async (sessions) => {
  const { UserPrincipalName, EmailAddresses } = await one(sessions, 'OnPremises', 'Get-Mailbox', { Identity: bert });
  return { inject: [set(bert, renamed, [`SMTP:${renamed}`])], undo: [set(renamed, UserPrincipalName, EmailAddresses)] };
});
