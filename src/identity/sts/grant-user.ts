import { accountDisabled } from './aadsts-errors.ts';
import { accountNotFound, grantBeforePasswordChange } from './sign-in-errors.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import { findUserRow } from './users.ts';
import type { UserRow } from './users.ts';

/**
 * The person whose grant is redeemed, where the account is still there, enabled, and its tokens were not voided since.
 *
 * @throws AadstsError 50034, 50057, 50173
 */
export async function userOfGrant(context: StsContext, tenant: StsTenant, grant: { userId: string; signedInAt: number; issuedAt: number }): Promise<UserRow> {
  const user = await findUserRow(context, tenant.id, grant.userId);
  if (user === undefined) throw accountNotFound(tenant.displayName);
  if (user.enabled === 0) throw accountDisabled();
  if (grant.signedInAt < user.tokensValidFrom) throw grantBeforePasswordChange(grant.issuedAt, user.tokensValidFrom);
  return user;
}
