import type { StsUser } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';

/** A person as Get-MsolUser shows them; as much as is kept here. */
export function userOutput(user: StsUser): OutputObject {
  return {
    BlockCredential: !user.enabled,
    DisplayName: user.displayName,
    ImmutableId: user.immutableId,
    LastDirSyncTime: user.onPremisesLastSync === null ? null : new Date(user.onPremisesLastSync).toISOString(),
    LastPasswordChangeTimestamp: user.passwordChangedAt === null ? null : new Date(user.passwordChangedAt).toISOString(),
    ObjectId: user.objectId,
    ProxyAddresses: [...user.proxyAddresses],
    SignInName: user.userPrincipalName,
    StsRefreshTokensValidFrom: new Date(user.tokensValidFrom).toISOString(),
    UserPrincipalName: user.userPrincipalName,
  };
}
