import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainNames, shortText } from '../property-schemas.ts';

/** Get-OnPremisesOrganization: what the cloud side knows of the organisation that it is in hybrid with. */
export interface OnPremisesOrganization {
  /** Name or GUID of the relationship with it. */
  OrganizationRelationship: string | null;
  OrganizationName: string | null;
  /** GUID of the on-premises organisation. */
  OrganizationGuid: string;
  HybridDomains: string[];
  /** Names of mail connectors, as they were given. */
  InboundConnector: string | null;
  OutboundConnector: string | null;
  Comment: string;
}

export const onPremisesOrganization: ConfigurationKind<OnPremisesOrganization> = {
  kind: 'OnPremisesOrganization',
  schema: z.strictObject({
    OrganizationRelationship: shortText.nullable().default(null),
    OrganizationName: shortText.nullable().default(null),
    OrganizationGuid: z.guid('must be a GUID').transform((guid) => guid.toLowerCase()),
    HybridDomains: domainNames.default([]),
    InboundConnector: shortText.nullable().default(null),
    OutboundConnector: shortText.nullable().default(null),
    Comment: shortText.default(''),
  }),
  identities: (_, properties) => [properties.OrganizationGuid],
};
