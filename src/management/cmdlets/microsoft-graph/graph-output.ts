import type { StsDomain, StsGroup, StsServicePrincipal, StsUser } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { appRoleId } from './app-role-id.ts';
import type { LocalContext } from '../../sessions/create-local-session.ts';
import type { GraphList } from './graph-list.ts';
import { listOf, selected } from './graph-list.ts';

/** A person as Get-MgUser shows them; as much as is kept here. */
export function graphUserOutput(user: StsUser): OutputObject {
  return {
    DisplayName: user.displayName,
    Id: user.objectId,
    Mail: user.mail,
    UserPrincipalName: user.userPrincipalName,
    AccountEnabled: user.enabled,
    OnPremisesImmutableId: user.immutableId,
    OnPremisesLastSyncDateTime: user.onPremisesLastSync === null ? null : new Date(user.onPremisesLastSync).toISOString(),
    OnPremisesSyncEnabled: user.onPremisesLastSync === null ? null : true,
    ProxyAddresses: [...user.proxyAddresses],
    LastPasswordChangeDateTime: user.passwordChangedAt === null ? null : new Date(user.passwordChangedAt).toISOString(),
    SignInSessionsValidFromDateTime: new Date(user.tokensValidFrom).toISOString(),
  };
}

/** An application as Get-MgServicePrincipal shows it; its certificates with their bytes only where they are asked for. */
export function graphServicePrincipalOutput(principal: StsServicePrincipal, withKeys = false): OutputObject {
  return {
    DisplayName: principal.displayName,
    Id: principal.objectId,
    AppId: principal.appId,
    AccountEnabled: principal.enabled,
    ServicePrincipalNames: [...principal.servicePrincipalNames],
    AppRoles: principal.appRoles.map((value) => ({ AllowedMemberTypes: ['User', 'Application'], DisplayName: value, Id: appRoleId(principal.objectId, value), IsEnabled: true, Value: value })),
    KeyCredentials: principal.keyCredentials.map(({ keyId, thumbprint, startDate, endDate, value }) => ({ KeyId: keyId, Key: withKeys ? value : null, CustomKeyIdentifier: thumbprint, StartDateTime: new Date(startDate).toISOString(), EndDateTime: new Date(endDate).toISOString(), Type: 'AsymmetricX509Cert', Usage: 'Verify' })),
  };
}

/** The identity provider of a domain as Get-MgDomainFederationConfiguration shows it. A domain has one, so its name is the id. */
export function domainFederationOutput(domain: Extract<StsDomain, { authentication: 'Federated' }>): OutputObject {
  return {
    FederatedIdpMfaBehavior: domain.federatedIdpMfaBehavior,
    Id: domain.name,
    IssuerUri: domain.issuerUri,
    NextSigningCertificate: domain.nextSigningCertificate ?? null,
    PassiveSignInUri: domain.passiveSignInUri,
    PreferredAuthenticationProtocol: domain.preferredAuthenticationProtocol,
    SignOutUri: domain.signOutUri ?? null,
    SigningCertificate: domain.signingCertificate,
  };
}

/** A security group as Get-MgGroup shows it. */
export function graphGroupOutput(group: StsGroup): OutputObject {
  return { DisplayName: group.displayName, Id: group.objectId, MailNickname: null, Description: null, GroupTypes: [], MailEnabled: false, SecurityEnabled: true };
}

/** A person as Microsoft Graph’s own module shows members: what is of people stands among the additional properties. */
export function graphMemberOutput(user: StsUser): OutputObject {
  return { Id: user.objectId, DeletedDateTime: null, AdditionalProperties: { '@odata.type': '#microsoft.graph.user', displayName: user.displayName, mail: user.mail, userPrincipalName: user.userPrincipalName } };
}

/** People as members, filtered, searched, sorted and cut by their own properties. */
export function memberList(context: Pick<LocalContext, 'count'>, users: readonly StsUser[], given: GraphList): readonly OutputObject[] {
  const byId = new Map(users.map((user) => [user.objectId, user]));
  const { Property, ...list } = given;
  return listOf(context, users.map(graphUserOutput), list).flatMap(({ Id }) => {
    const user = byId.get(String(Id));
    return user === undefined ? [] : [selected(graphMemberOutput(user), Property)];
  });
}
