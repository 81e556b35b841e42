import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainName, domainNames, shortText } from '../property-schemas.ts';

/** Get-FederatedOrganizationIdentifier: under which namespace, and for which domains, the organisation is federated. */
export interface FederatedOrganizationIdentifier {
  /** `FYDIBOHF25SPDLT.<domain>`. */
  AccountNamespace: string | null;
  Domains: string[];
  DefaultDomain: string | null;
  Enabled: boolean;
  /** Name of the federation trust. */
  DelegationTrustLink: string | null;
}

export const federatedOrganizationIdentifier: ConfigurationKind<FederatedOrganizationIdentifier> = {
  kind: 'FederatedOrganizationIdentifier',
  singleton: 'Federation',
  schema: z.strictObject({
    AccountNamespace: domainName.nullable().default(null),
    Domains: domainNames.default([]),
    DefaultDomain: domainName.nullable().default(null),
    Enabled: z.boolean().default(false),
    DelegationTrustLink: shortText.nullable().default(null),
  }),
};
