import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { certificateStrings, httpsUrl, shortText } from '../property-schemas.ts';

/** Get-PartnerApplication: an application that may act here with server-to-server tokens. */
export interface PartnerApplication {
  Enabled: boolean;
  ApplicationIdentifier: string | null;
  /** Certificates of an application that issues its own tokens. */
  CertificateStrings: string[];
  AuthMetadataUrl: string | null;
  /** The only tenant accepted; blank accepts any. */
  Realm: string | null;
  /** True: its tokens come from an authorization server. */
  UseAuthServer: boolean;
  AcceptSecurityIdentifierInformation: boolean;
  /** The account whose roles the application has; without one it may do nothing. */
  LinkedAccount: string | null;
  IssuerIdentifier: string | null;
  AppOnlyPermissions: string[] | null;
  ActAsPermissions: string[] | null;
}

export const partnerApplication: ConfigurationKind<PartnerApplication> = {
  kind: 'PartnerApplication',
  schema: z.strictObject({
    Enabled: z.boolean().default(true),
    ApplicationIdentifier: shortText.nullable().default(null),
    CertificateStrings: certificateStrings.default([]),
    AuthMetadataUrl: httpsUrl.nullable().default(null),
    Realm: shortText.nullable().default(null),
    UseAuthServer: z.boolean().default(true),
    AcceptSecurityIdentifierInformation: z.boolean().default(false),
    LinkedAccount: shortText.nullable().default(null),
    IssuerIdentifier: shortText.nullable().default(null),
    AppOnlyPermissions: z.array(shortText).max(64).nullable().default(null),
    ActAsPermissions: z.array(shortText).max(64).nullable().default(null),
  }),
  identities: (_, properties) => (properties.ApplicationIdentifier === null ? [] : [properties.ApplicationIdentifier]),
};
