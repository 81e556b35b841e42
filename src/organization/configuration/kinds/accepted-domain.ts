import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainName } from '../property-schemas.ts';

/** Get-AcceptedDomain: a domain whose mail this organisation takes. */
export interface AcceptedDomain {
  DomainName: string;
  DomainType: 'Authoritative' | 'InternalRelay' | 'ExternalRelay';
  MatchSubDomains: boolean;
  AddressBookEnabled: boolean;
  Default: boolean;
}

export const acceptedDomain: ConfigurationKind<AcceptedDomain> = {
  kind: 'AcceptedDomain',
  schema: z.strictObject({
    DomainName: domainName,
    DomainType: z.enum(['Authoritative', 'InternalRelay', 'ExternalRelay']).default('Authoritative'),
    MatchSubDomains: z.boolean().default(false),
    AddressBookEnabled: z.boolean().default(true),
    Default: z.boolean().default(false),
  }),
  identities: (_, properties) => [properties.DomainName],
  exclusiveDomains: (properties) => [properties.DomainName],
};
