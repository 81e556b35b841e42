/** A tenant of the token service. */
export interface StsTenant {
  /** GUID, lower case. */
  id: string;
  displayName: string;
  /** Lower case. The first is the initial one. */
  domains: readonly string[];
  /** Whether user name and password may be exchanged for a token (RFC 6749 §4.3). Default false. */
  passwordGrantEnabled: boolean;
  /** Life of tokens for users and applications. Default 3,600 s. */
  accessTokenSeconds: number;
  /** Life of server-to-server actor tokens. Default 86,400 s. */
  actorTokenSeconds: number;
  /** Life of a refresh token, counted anew with each use. Default 7,776,000 s (90 days). */
  refreshTokenSeconds: number;
  /**
   * How long a refresh token may be used again after its first use, for clients that refresh twice at once. Default 0:
   * a second use is theft, and revokes all that came of the sign-in.
   */
  refreshTokenReuseSeconds: number;
  /** Life of a browser's session. Default 86,400 s. */
  sessionSeconds: number;
  /** Whether people may let applications act for them; otherwise administrators alone do. Default true. */
  userConsentAllowed: boolean;
  /** Whether people come here from on premises; null where they never did, false where that was switched off. As Microsoft Graph tells them apart. */
  onPremisesSyncEnabled: boolean | null;
  /** When directory synchronisation was here last. Epoch milliseconds. */
  onPremisesLastSync: number | null;
}

export interface NewStsTenant {
  /** Default a random GUID. */
  id?: string;
  displayName: string;
  domains: readonly string[];
  passwordGrantEnabled?: boolean;
  accessTokenSeconds?: number;
  actorTokenSeconds?: number;
  refreshTokenSeconds?: number;
  refreshTokenReuseSeconds?: number;
  sessionSeconds?: number;
  userConsentAllowed?: boolean;
  onPremisesSyncEnabled?: boolean;
  onPremisesLastSync?: number;
}

/**
 * How the people of a domain prove themselves: `Managed`, by a password that is kept here as a hash; `PassThrough`, by one
 * that the on-premises organisation is asked about (`endpoint`: its EWS address); `Federated`, at an identity provider of
 * their own.
 */
export type StsDomainAuthentication = { authentication: 'Managed' } | { authentication: 'PassThrough'; endpoint: string } | ({ authentication: 'Federated' } & StsDomainFederation);

/** The identity provider of a federated domain. Names and values are those of Microsoft Graph's internalDomainFederation. */
export interface StsDomainFederation {
  /** Issuer of its assertions, character for character. */
  issuerUri: string;
  /** Where browsers are sent: `https`. */
  passiveSignInUri: string;
  /** PEM, or DER in base64; answered as the latter. */
  signingCertificate: string;
  /** Believed as well, so that the provider can roll its key without an outage. */
  nextSigningCertificate?: string | null;
  /** WS-Federation 1.2 (default), or SAML 2.0. */
  preferredAuthenticationProtocol?: 'wsFed' | 'saml';
  /** Whether a second factor that the provider took counts here. Default `rejectMfaByFederatedIdp`. */
  federatedIdpMfaBehavior?: 'acceptIfMfaDoneByFederatedIdp' | 'rejectMfaByFederatedIdp';
  /** Where sign-out goes on (WS-Federation); null or absent: nowhere. */
  signOutUri?: string | null;
}

export type StsDomain = { name: string } & StsDomainAuthentication;

export interface StsUser {
  objectId: string;
  tenantId: string;
  userPrincipalName: string;
  displayName: string;
  mail: string | null;
  /** `SMTP:` for the primary address, `smtp:` for the others, as directories hold them. */
  proxyAddresses: readonly string[];
  immutableId: string | null;
  onPremisesSecurityIdentifier: string | null;
  enabled: boolean;
  /** Whether the person may consent to applications for everybody. */
  administrator: boolean;
  hasPassword: boolean;
  /** Whether an authenticator app is set up (RFC 6238); then every sign-in page asks for its code. */
  hasAuthenticator: boolean;
  /** Epoch milliseconds. */
  tokensValidFrom: number;
  /** When the password was set last; null where there is none, or where that was before it was kept. */
  passwordChangedAt: number | null;
  /** Epoch milliseconds, where the account is locked now. */
  lockedUntil: number | null;
  /** When directory synchronisation wrote this person last; null for who is of the cloud alone. Epoch milliseconds. */
  onPremisesLastSync: number | null;
}

/** Somebody who was deleted and can be restored. */
export interface StsDeletedUser extends Pick<StsUser, 'objectId' | 'tenantId' | 'userPrincipalName' | 'displayName' | 'mail' | 'proxyAddresses' | 'immutableId'> {
  /** Epoch milliseconds. */
  deletedAt: number;
}

export interface NewStsUser {
  /** Default a random GUID. */
  objectId?: string;
  userPrincipalName: string;
  displayName: string;
  mail?: string | null;
  proxyAddresses?: readonly string[];
  immutableId?: string | null;
  onPremisesSecurityIdentifier?: string | null;
  onPremisesLastSync?: number | null;
  enabled?: boolean;
  /** Default false. */
  administrator?: boolean;
  /** Without one the user cannot sign in. */
  password?: string;
}

/** A certificate registered on a service principal, as Azure AD's directory describes it. */
export interface StsKeyCredential {
  keyId: string;
  type: 'AsymmetricX509Cert';
  usage: 'Verify';
  /** base64 DER. */
  value: string;
  /** Upper-case hex SHA-1. */
  thumbprint: string;
  /** Epoch milliseconds. */
  startDate: number;
  /** Epoch milliseconds. */
  endDate: number;
}

export interface NewStsKeyCredential {
  /** PEM or base64 DER. */
  value: string;
  /** Default the certificate's own validity. Epoch milliseconds. */
  startDate?: number;
  endDate?: number;
}

/** A client secret; the secret itself is shown once, when it is made. */
export interface StsPasswordCredential {
  keyId: string;
  displayName: string;
  startDate: number;
  endDate: number;
}

export interface StsServicePrincipal {
  objectId: string;
  tenantId: string;
  appId: string;
  displayName: string;
  enabled: boolean;
  /** Whether its actor tokens may speak for users. */
  trustedForDelegation: boolean;
  /** An installed application, which has no secret: PKCE in its place. */
  publicClient: boolean;
  /** Where its sign-ins may end. A public client may always use the out-of-band address and loopback HTTP without a path. */
  redirectUris: readonly string[];
  /** Application ids of the resources that an administrator let it use for everybody; `*` for all. */
  consentedResources: readonly string[];
  /** People who use it, or get tokens for it, need a second factor. */
  requiresMultiFactor: boolean;
  /** Networks (CIDR) from which people may use it, or get tokens for it; none: from everywhere. */
  allowedNetworks: readonly string[];
  /** Whether tokens for it name the groups of the person. */
  emitsGroups: boolean;
  /** Roles that can be assigned in it. */
  appRoles: readonly string[];
  servicePrincipalNames: readonly string[];
  keyCredentials: readonly StsKeyCredential[];
  passwordCredentials: readonly StsPasswordCredential[];
}

export interface NewStsServicePrincipal {
  appId: string;
  displayName: string;
  /** The application id itself is always among them. */
  servicePrincipalNames?: readonly string[];
  enabled?: boolean;
  /** Default true. */
  trustedForDelegation?: boolean;
  /** Default false. */
  publicClient?: boolean;
  redirectUris?: readonly string[];
  /** Default none: everybody is asked for their own consent, and gets no token without (AADSTS65001). */
  consentedResources?: readonly string[];
  requiresMultiFactor?: boolean;
  allowedNetworks?: readonly string[];
  emitsGroups?: boolean;
  appRoles?: readonly string[];
}

/** An authenticator app's registration; the secret is shown once, when it is made. */
export interface StsAuthenticator {
  /** base32 (RFC 4648), as authenticator apps take it. */
  secret: string;
  /** `otpauth://totp/…`, for a QR code. */
  uri: string;
}

export interface StsGroup {
  objectId: string;
  tenantId: string;
  displayName: string;
  /** Object ids of users. */
  members: readonly string[];
}

/** A person lets an application use a resource in their name. */
export interface StsConsent {
  /** Object id of the person. */
  userId: string;
  /** Application ids. */
  clientId: string;
  resourceId: string;
  /** Epoch milliseconds. */
  grantedAt: number;
}

export interface StsRoleAssignment {
  role: string;
  /** Object id of a user, a group or a service principal. */
  principalId: string;
}

export interface StsSigningKey {
  x5t: string;
  thumbprint: string;
  /** base64 DER. */
  certificate: string;
  /** Epoch milliseconds. */
  activeFrom: number;
  /** Epoch milliseconds. */
  publishedUntil: number;
  /** True for the one that signs now. */
  signing: boolean;
}
