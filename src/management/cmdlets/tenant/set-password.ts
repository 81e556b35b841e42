import { randomBytes } from 'node:crypto';
import type { PasswordProfileValue } from '../../binding/parameter-definition.ts';
import type { TenantContext } from './tenant-context.ts';

/**
 * Gives a person a new password, a generated one where none is given, and says whether they must choose another: the
 * federation gateway takes them in only then. The sign-in pages do not insist. Resolves with a generated password;
 * undefined for one that was given.
 */
export async function setPassword({ directory, tenantId, change }: TenantContext, user: string, password: string | undefined, mustChange: boolean): Promise<string | undefined> {
  const generated = password === undefined ? `${randomBytes(9).toString('base64url')}aA1!` : undefined;
  let done = false;
  await change(user, async () => {
    await directory.setUserPassword(tenantId, user, password ?? generated ?? '');
    if (mustChange) await directory.setDelegationState(tenantId, user, 'PasswordChangeRequired');
    done = true;
  });
  return done ? generated : undefined;
}

/** What a PATCH of `passwordProfile` does at Microsoft Graph: a new password, another state, or both. */
export async function changePasswordProfile(context: TenantContext, user: string, { password, mustChange }: PasswordProfileValue): Promise<void> {
  if (password !== undefined) {
    await setPassword(context, user, password, mustChange ?? false);
    return;
  }
  const { directory, tenantId, change } = context;
  await change(user, () => (mustChange === true ? directory.setDelegationState(tenantId, user, 'PasswordChangeRequired') : directory.setDelegationState(tenantId, user, null, { inPlaceOf: 'PasswordChangeRequired' })));
}
