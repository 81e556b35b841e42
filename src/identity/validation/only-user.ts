import { ambiguousUser, missingUser } from './rejections.ts';
import { quotable } from './token-rejected.ts';
import type { UserContext } from './trust-settings.ts';

/**
 * The one user that a context means, out of those whom the directory found for it.
 *
 * @throws TokenRejected `IDENTITY_TOKEN_USER_MISSING`, `IDENTITY_TOKEN_USER_AMBIGUOUS`
 */
export function onlyUser<User>(found: readonly User[], user: UserContext): User {
  const only = found[0];
  if (only === undefined) throw missingUser(quotableClaims(user));
  if (found.length > 1) throw ambiguousUser({ ...quotableClaims(user), found: found.length });
  return only;
}

/** True when a token says whom it means. */
export function namesSomebody({ upn, smtp, sip, objectId, onPremisesSecurityIdentifier }: UserContext): boolean {
  return (upn ?? smtp ?? sip ?? objectId ?? onPremisesSecurityIdentifier) !== undefined;
}

function quotableClaims(user: UserContext): Record<string, string> {
  return Object.fromEntries(Object.entries(user).map(([name, value]) => [name, quotable(value)]));
}
