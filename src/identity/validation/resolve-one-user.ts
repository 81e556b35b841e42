import { ambiguousUser, malformed, missingUser } from './rejections.ts';
import { quotable } from './token-rejected.ts';
import type { UserContext } from './trust-settings.ts';

/**
 * The one user that a context means.
 *
 * @throws TokenRejected `IDENTITY_TOKEN_USER_MISSING`, `IDENTITY_TOKEN_USER_AMBIGUOUS`, and `IDENTITY_TOKEN_MALFORMED`
 *   when the token names nobody at all
 */
export async function resolveOneUser<User>(resolveUser: (context: UserContext) => Promise<readonly User[]>, user: UserContext): Promise<User> {
  if (Object.keys(user).length === 0) throw malformed('user context');
  const found = await resolveUser(user);
  const [only] = found;
  if (only === undefined) throw missingUser(quotableClaims(user));
  if (found.length > 1) throw ambiguousUser({ ...quotableClaims(user), found: found.length });
  return only;
}

function quotableClaims(user: UserContext): Record<string, string> {
  return Object.fromEntries(Object.entries(user).map(([name, value]) => [name, quotable(value)]));
}
