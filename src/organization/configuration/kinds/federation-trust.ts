import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { httpsUrl, shortText, thumbprint } from '../property-schemas.ts';

/** Get-FederationTrust: the gateway that vouches for this organisation's users to other federated ones. */
export interface FederationTrust {
  /** `outlook.com` in the cloud; on premises the account namespace. */
  ApplicationUri: string | null;
  /** `urn:federation:MicrosoftOnline` for the Microsoft Federation Gateway. */
  TokenIssuerUri: string | null;
  TokenIssuerEpr: string | null;
  /** Under which the gateway knows this organisation, sixteen hexadecimal digits. */
  ApplicationIdentifier: string | null;
  /** Thumbprints of this organisation's certificates: the one in use, the next and the previous one. */
  OrgPrivCertificate: string | null;
  OrgNextPrivCertificate: string | null;
  OrgPrevPrivCertificate: string | null;
  /** The gateway's certificates, base64 DER, as its metadata had them at the last refresh. */
  TokenIssuerCertificate: string | null;
  TokenIssuerPrevCertificate: string | null;
  /** Where organisations register: `…/managedelegation2.asmx`. */
  TokenIssuerManageEpr: string | null;
  TokenIssuerMetadataEpr: string | null;
  TokenIssuerType: string;
  PolicyReferenceUri: string;
  NamespaceProvisioner: string;
}

export const federationTrust: ConfigurationKind<FederationTrust> = {
  kind: 'FederationTrust',
  schema: z.strictObject({
    ApplicationUri: shortText.nullable().default(null),
    TokenIssuerUri: shortText.nullable().default(null),
    TokenIssuerEpr: httpsUrl.nullable().default(null),
    ApplicationIdentifier: shortText.nullable().default(null),
    OrgPrivCertificate: thumbprint.nullable().default(null),
    OrgNextPrivCertificate: thumbprint.nullable().default(null),
    OrgPrevPrivCertificate: thumbprint.nullable().default(null),
    TokenIssuerCertificate: z.base64().max(16_384).nullable().default(null),
    TokenIssuerPrevCertificate: z.base64().max(16_384).nullable().default(null),
    TokenIssuerManageEpr: httpsUrl.nullable().default(null),
    TokenIssuerMetadataEpr: httpsUrl.nullable().default(null),
    TokenIssuerType: shortText.default('LiveId'),
    PolicyReferenceUri: shortText.default('EX_MBI_FED_SSL'),
    NamespaceProvisioner: shortText.default('LiveDomainServices2'),
  }),
};
