import type { StsServicePrincipal, StsUser } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';

/** A person as Get-AzureADUser shows them; as much as is kept here. */
export function azureAdUserOutput(user: StsUser): OutputObject {
  return {
    ObjectId: user.objectId,
    ObjectType: 'User',
    AccountEnabled: user.enabled,
    DirSyncEnabled: user.onPremisesLastSync === null ? null : true,
    DisplayName: user.displayName,
    ImmutableId: user.immutableId,
    LastDirSyncTime: user.onPremisesLastSync === null ? null : new Date(user.onPremisesLastSync).toISOString(),
    Mail: user.mail,
    ProxyAddresses: [...user.proxyAddresses],
    RefreshTokensValidFromDateTime: new Date(user.tokensValidFrom).toISOString(),
    UserPrincipalName: user.userPrincipalName,
  };
}

/** An application as Get-AzureADServicePrincipal shows it. */
export function azureAdServicePrincipalOutput(principal: StsServicePrincipal): OutputObject {
  return {
    ObjectId: principal.objectId,
    ObjectType: 'ServicePrincipal',
    AccountEnabled: principal.enabled,
    AppId: principal.appId,
    DisplayName: principal.displayName,
    ServicePrincipalNames: [...principal.servicePrincipalNames],
  };
}
