import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { certificateStrings, domainNames, httpsUrl, shortText } from '../property-schemas.ts';

/** Get-AuthServer: an authorization server whose tokens are accepted (MicrosoftACS: between servers; AzureAD: of users). */
export interface AuthServer {
  IssuerIdentifier: string | null;
  TokenIssuingEndpoint: string | null;
  AuthorizationEndpoint: string | null;
  /** The dedicated hybrid application, where there is one. */
  ApplicationIdentifier: string | null;
  /** Signing certificates of the issuer, base64 DER, as its metadata had them at the last refresh. */
  CertificateStrings: string[];
  AuthMetadataUrl: string | null;
  /** The tenant; empty accepts any. */
  Realm: string | null;
  Type: 'Unknown' | 'MicrosoftACS' | 'Facebook' | 'LinkedIn' | 'ADFS' | 'AzureAD';
  Enabled: boolean;
  /** True on the one server that 401 answers name as `authorization_uri`. */
  IsDefaultAuthorizationEndpoint: boolean;
  /** Domains whose tokens this server issues; empty means all. */
  DomainName: string[];
  GraphBaseUrl: string | null;
}

export const authServer: ConfigurationKind<AuthServer> = {
  kind: 'AuthServer',
  schema: z.strictObject({
    IssuerIdentifier: shortText.nullable().default(null),
    TokenIssuingEndpoint: httpsUrl.nullable().default(null),
    AuthorizationEndpoint: httpsUrl.nullable().default(null),
    ApplicationIdentifier: shortText.nullable().default(null),
    CertificateStrings: certificateStrings.default([]),
    AuthMetadataUrl: httpsUrl.nullable().default(null),
    Realm: shortText.nullable().default(null),
    Type: z.enum(['Unknown', 'MicrosoftACS', 'Facebook', 'LinkedIn', 'ADFS', 'AzureAD']).default('MicrosoftACS'),
    Enabled: z.boolean().default(true),
    IsDefaultAuthorizationEndpoint: z.boolean().default(false),
    DomainName: domainNames.default([]),
    GraphBaseUrl: httpsUrl.nullable().default(null),
  }),
};
