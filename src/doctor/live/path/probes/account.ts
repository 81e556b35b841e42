import { fail, pass, sessionOf, skipped, text, texts } from '../../probe.ts';
import type { Finding } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** The mailbox's account and the tenant's account must be the same person to both. */
export const account: PathProbe = {
  id: 'account',
  title: 'the account, on premises and in the tenant',
  async run(given) {
    if (given.user === undefined) return skipped('nobody was named: --user');
    const session = sessionOf(given, 'OnPremises');
    const address = given.user.toLowerCase();
    const users = (await sessionOf(given, 'Tenant').invoke('Get-MgUser', { All: true, Property: ['UserPrincipalName', 'ProxyAddresses', 'OnPremisesImmutableId'] })).filter((each) => text(each, 'UserPrincipalName').toLowerCase() === address || texts(each, 'ProxyAddresses').some((one) => one.toLowerCase() === `smtp:${address}`));
    if (users.length === 0) return fail('the tenant has no such user', notMatched(`Nobody in the tenant has ${given.user}.`));
    // Who signs in by this name.
    const user = users.find((each) => text(each, 'UserPrincipalName').toLowerCase() === address) ?? users[0];
    let mailbox: Record<string, unknown> | undefined;
    for (const one of [given.user, ...texts(user, 'ProxyAddresses').map((each) => each.replace(/^smtp:/i, ''))]) mailbox ??= (await session.invoke('Get-Mailbox', { Identity: one }).catch(() => []))[0];
    if (mailbox === undefined) {
      const twin = users.find((each) => each !== user);
      return fail('no mailbox on premises', notMatched(`The tenant’s ${text(user, 'UserPrincipalName')} has no address of a mailbox on premises, and its OnPremisesImmutableId is ${text(user, 'OnPremisesImmutableId') || 'empty'}.${twin === undefined ? '' : ` ${given.user} is also an address of ${text(twin, 'UserPrincipalName')}: that is the twin, with which to sign in.`}`));
    }
    const name = text(mailbox, 'UserPrincipalName');
    const other = text(user, 'UserPrincipalName');
    if (other.toLowerCase() === name.toLowerCase()) return pass(`${name} on both sides`);
    const set = (UserPrincipalName: string): Finding['repair'] => [{ session: 'OnPremises', cmdlet: 'Set-Mailbox', parameters: { Identity: text(mailbox, 'PrimarySmtpAddress'), UserPrincipalName } }];
    return fail(`${name} on premises, ${other} in the tenant`, { cause: 'h7-upn-differs', proof: `The mailbox of ${given.user} has the user principal name ${name}, the tenant’s account ${other}: its tokens name somebody whom the server does not know.`, repair: set(other), undo: set(name) });
  },
};

function notMatched(proof: string): Finding {
  return { cause: 'h7-not-matched', proof, repair: [], undo: [] };
}
