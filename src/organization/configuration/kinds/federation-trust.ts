import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { httpsUrl, shortText } from '../property-schemas.ts';

/** Get-FederationTrust: the gateway that vouches for this organisation's users to other federated ones. */
export interface FederationTrust {
  /** `outlook.com` in the cloud; on premises the account namespace. */
  ApplicationUri: string | null;
  /** `urn:federation:MicrosoftOnline` for the Microsoft Federation Gateway. */
  TokenIssuerUri: string | null;
  TokenIssuerEpr: string | null;
}

export const federationTrust: ConfigurationKind<FederationTrust> = {
  kind: 'FederationTrust',
  schema: z.strictObject({
    ApplicationUri: shortText.nullable().default(null),
    TokenIssuerUri: shortText.nullable().default(null),
    TokenIssuerEpr: httpsUrl.nullable().default(null),
  }),
};
