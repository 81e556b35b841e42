import { fail, pass, sessionOf, skipped, text } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** Grants of clients end where the tenant takes no older ones: after a new password, or because somebody said so. */
export const grant: PathProbe = {
  id: 'grant',
  title: 'whether the tenant still takes the client’s grant',
  async run(given, { lookup }) {
    if (given.user === undefined) return skipped('nobody was named: --user');
    const [user] = await sessionOf(given, 'Tenant').invoke('Get-MgUser', { UserId: given.user, Property: ['UserPrincipalName', 'LastPasswordChangeDateTime', 'SignInSessionsValidFromDateTime'] }).catch(() => []);
    if (user === undefined) return skipped(`the tenant has nobody who signs in as ${given.user}`);
    const from = text(user, 'SignInSessionsValidFromDateTime');
    const changed = text(user, 'LastPasswordChangeDateTime');
    if (lookup?.ok !== false || !lookup.text.includes('AADSTS50173')) return pass(`it takes grants from ${from} on`);
    const issued = /The grant was issued on '([^']*)'/.exec(lookup.text)?.[1] ?? 'before';
    // A new password moves the date to its own moment.
    const isPassword = changed !== '' && Date.parse(changed) === Date.parse(from);
    const proof = `The client’s grant is of ${issued}; Get-MgUser ${given.user}: SignInSessionsValidFromDateTime ${from}, LastPasswordChangeDateTime ${changed === '' ? 'not known' : changed}. ${isPassword ? 'A new password moved the date.' : 'No new password moved the date: somebody revoked the sessions.'}`;
    return fail(`grants before ${from} are void`, { cause: isPassword ? 'h8-password-changed' : 'h8-sessions-revoked', proof, repair: [], undo: [] });
  },
};
