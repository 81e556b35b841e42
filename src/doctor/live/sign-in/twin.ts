import { fail, pass, text, texts } from '../free-busy-case.ts';
import type { Finding } from '../free-busy-case.ts';
import { signInSession } from './on-premises.ts';
import type { SignInProbe } from './sign-in-case.ts';

/** The mailbox's account and the tenant's account must be the same person to both. */
export const twin: SignInProbe = {
  id: 'twin',
  title: 'the account, on premises and in the tenant',
  async run(given) {
    const session = signInSession(given, 'OnPremises');
    const users = await signInSession(given, 'Tenant').invoke('Get-MsolUser', { All: true });
    const address = given.user.toLowerCase();
    const user = users.find((each) => text(each, 'UserPrincipalName').toLowerCase() === address || texts(each, 'ProxyAddresses').some((one) => one.toLowerCase() === `smtp:${address}`));
    if (user === undefined) return fail('the tenant has no such user', { cause: 'h7-not-matched', proof: `Nobody in the tenant has ${given.user}.`, repair: [], undo: [] });
    let mailbox: Record<string, unknown> | undefined;
    for (const one of [given.user, ...texts(user, 'ProxyAddresses').map((each) => each.replace(/^smtp:/i, ''))]) mailbox ??= (await session.invoke('Get-Mailbox', { Identity: one }).catch(() => []))[0];
    if (mailbox === undefined) return fail('no mailbox on premises', { cause: 'h7-not-matched', proof: `The tenant’s ${text(user, 'UserPrincipalName')} has no address of a mailbox on premises.`, repair: [], undo: [] });
    const name = text(mailbox, 'UserPrincipalName');
    const other = text(user, 'UserPrincipalName');
    if (other.toLowerCase() === name.toLowerCase()) return pass(`${name} on both sides`);
    const set = (UserPrincipalName: string): Finding['repair'] => [{ session: 'OnPremises', cmdlet: 'Set-Mailbox', parameters: { Identity: text(mailbox, 'PrimarySmtpAddress'), UserPrincipalName } }];
    return fail(`${name} on premises, ${other} in the tenant`, { cause: 'h7-upn-differs', proof: `The mailbox of ${given.user} has the user principal name ${name}, the tenant’s account ${other}: its tokens name somebody whom the server does not know.`, repair: set(other), undo: set(name) });
  },
};
