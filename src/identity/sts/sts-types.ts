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
}

export interface NewStsTenant {
  /** Default a random GUID. */
  id?: string;
  displayName: string;
  domains: readonly string[];
  passwordGrantEnabled?: boolean;
  accessTokenSeconds?: number;
  actorTokenSeconds?: number;
}

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
  hasPassword: boolean;
  /** Epoch milliseconds. */
  tokensValidFrom: number;
  /** Epoch milliseconds, where the account is locked now. */
  lockedUntil: number | null;
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
  enabled?: boolean;
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
