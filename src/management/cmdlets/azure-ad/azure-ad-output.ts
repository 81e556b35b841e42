import type { StsGroup, StsKeyCredential, StsServicePrincipal, StsUser } from '../../../identity/index.ts';
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

/** The same as Get-AzureADApplication shows it. */
export function azureAdApplicationOutput(principal: StsServicePrincipal): OutputObject {
  return {
    ObjectId: principal.objectId,
    ObjectType: 'Application',
    AppId: principal.appId,
    DisplayName: principal.displayName,
    IdentifierUris: principal.servicePrincipalNames.filter((name) => name.toLowerCase() !== principal.appId.toLowerCase()),
    KeyCredentials: principal.keyCredentials.map(azureAdKeyCredentialOutput),
  };
}

/** A certificate of an application; never its bytes, as the module has it. */
export function azureAdKeyCredentialOutput(credential: StsKeyCredential): OutputObject {
  return {
    CustomKeyIdentifier: credential.thumbprint,
    EndDate: new Date(credential.endDate).toISOString(),
    KeyId: credential.keyId,
    StartDate: new Date(credential.startDate).toISOString(),
    Type: credential.type,
    Usage: credential.usage,
    Value: null,
  };
}

/** A security group as Get-AzureADGroup shows it. */
export function azureAdGroupOutput(group: StsGroup): OutputObject {
  return { ObjectId: group.objectId, ObjectType: 'Group', Description: null, DirSyncEnabled: null, DisplayName: group.displayName, Mail: null, MailEnabled: false, SecurityEnabled: true };
}
