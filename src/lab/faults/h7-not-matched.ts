import { randomUUID } from 'node:crypto';
import { findAccount } from '../lab-info.ts';
import { bert, one, signInFault } from './fault.ts';
import type { FaultStep } from './fault.ts';

const married = 'bert.huber@contoso.test';

/** He has another name since he married, on both sides; his former one was given to an account of the cloud alone, with which he signs in. */
export const notMatched = signInFault('h7-not-matched', async (sessions, lab) => {
  const { UserPrincipalName, EmailAddresses } = await one(sessions, 'OnPremises', 'Get-Mailbox', { Identity: bert });
  const mailbox = (Identity: string, name: unknown, addresses: unknown): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-Mailbox', parameters: { Identity, UserPrincipalName: name, EmailAddresses: addresses } });
  const twin = (UserId: unknown, name: unknown): FaultStep => ({ session: 'Tenant', cmdlet: 'Update-MgUser', parameters: { UserId, UserPrincipalName: name } });
  const objectId = randomUUID();
  return {
    inject: [mailbox(bert, married, [`SMTP:${married}`]), twin(UserPrincipalName, married), { account: { objectId, userPrincipalName: bert, displayName: 'Bert', password: findAccount(lab, bert).password ?? '' } }, { signIn: bert, mayFail: true }],
    undo: [{ noAccount: objectId }, twin(married, UserPrincipalName), mailbox(married, UserPrincipalName, EmailAddresses), { signIn: bert }],
  };
});
