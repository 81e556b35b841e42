/** An authorization server as `Get-AuthServer` describes it, reduced to what decides about tokens. */
export interface TrustedAuthServer {
  name: string;
  /** `MicrosoftACS` issues actor tokens (`iss` = `{issuerIdentifier}@{realm}`), `AzureAD` tokens for users (`iss` = `{issuerIdentifier}`). `ADFS` is only named to clients: its tokens are not taken. */
  type: 'MicrosoftACS' | 'AzureAD' | 'ADFS';
  /** ACS: `00000001-0000-0000-c000-000000000000`. AzureAD: `https://sts.windows.net/{tenant id}/`. */
  issuerIdentifier: string;
  /** The tenant's id. A server of type MicrosoftACS without one is trusted with nothing. */
  realm?: string;
  enabled: boolean;
  isDefaultAuthorizationEndpoint: boolean;
  /** Where clients send people to sign in. */
  authorizationEndpoint?: string;
  /** The certificates of the issuer's keys, PEM or base64 DER, as the last metadata refresh brought them. */
  certificates: readonly string[];
}

/** A partner application as `Get-PartnerApplication` describes it. */
export interface TrustedPartnerApplication {
  name: string;
  applicationIdentifier: string;
  /** Absent or empty: any realm that an AuthServer vouches for. */
  realm?: string;
  enabled: boolean;
  /** False: its tokens do not come from an authorization server, so none of ours is accepted for it. */
  useAuthServer: boolean;
  /** The account whose roles the application acts with; null where nobody set one. */
  linkedAccount: string | null;
}

/** The person that a token speaks of. At least one field is set. */
export interface UserContext {
  smtp?: string;
  upn?: string;
  sip?: string;
  /** Object id in the tenant's directory. Tokens for users only. */
  objectId?: string;
  /** Windows security identifier. Tokens for users only. */
  onPremisesSecurityIdentifier?: string;
}

/** What a bearer token is: a person's own, an application on a person's behalf, or an application by itself. */
export type TokenProfile = 'User' | 'S2SAppActAs' | 'S2SAppOnly';

interface Validated {
  applicationId: string;
  tenantId: string;
  /** Name of the AuthServer that vouched. */
  authServer: string;
  /** Epoch milliseconds, clock skew not counted. */
  expiresAt: number;
}

interface PersonToken extends Validated {
  profile: 'User';
  context: UserContext;
  scopes: readonly string[];
  roles: readonly string[];
}

interface ActAsToken extends Validated {
  profile: 'S2SAppActAs';
  context: UserContext;
  partnerApplication: string;
}

interface AppOnlyToken extends Validated {
  profile: 'S2SAppOnly';
  partnerApplication: string;
}

/** All that the token itself says is right; whom it means is still to be found. */
export type CheckedToken = PersonToken | ActAsToken | AppOnlyToken;

export type ValidatedToken<User> = (PersonToken & { user: User }) | (ActAsToken & { user: User }) | AppOnlyToken;
