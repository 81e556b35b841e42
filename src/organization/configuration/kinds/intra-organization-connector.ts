import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainNames, httpsUrl } from '../property-schemas.ts';

/** Get-IntraOrganizationConnector: which domains are looked up over OAuth, and where. */
export interface IntraOrganizationConnector {
  TargetAddressDomains: string[];
  /** Autodiscover of the other side. */
  DiscoveryEndpoint: string | null;
  /** EWS of the other side; skips Autodiscover. Settable in the cloud only. */
  TargetSharingEpr: string | null;
  Enabled: boolean;
}

export const intraOrganizationConnector: ConfigurationKind<IntraOrganizationConnector> = {
  kind: 'IntraOrganizationConnector',
  schema: z.strictObject({
    TargetAddressDomains: domainNames.default([]),
    DiscoveryEndpoint: httpsUrl.nullable().default(null),
    TargetSharingEpr: httpsUrl.nullable().default(null),
    Enabled: z.boolean().default(true),
  }),
  exclusiveDomains: (properties) => properties.TargetAddressDomains,
};
