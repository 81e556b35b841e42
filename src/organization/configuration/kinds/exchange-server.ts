import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainName, httpsUrl, shortText } from '../property-schemas.ts';

/** Get-ExchangeServer: one server of the organisation. */
export interface ExchangeServer {
  Fqdn: string;
  /** `Version 15.2 (Build 2562.41)`. */
  AdminDisplayVersion: string;
  Edition: string;
  ServerRole: string;
  Site: string | null;
  Domain: string | null;
  /** The outbound web proxy that this server's own lookups use. */
  InternetWebProxy: string | null;
  /** Where clients inside are sent for Autodiscover (the service connection point); null: nowhere of its own. */
  AutoDiscoverServiceInternalUri: string | null;
  AutoDiscoverSiteScope: string[];
}

export const exchangeServer: ConfigurationKind<ExchangeServer> = {
  kind: 'ExchangeServer',
  schema: z.strictObject({
    Fqdn: domainName,
    AdminDisplayVersion: shortText.default('Version 15.2 (Build 2562.41)'),
    Edition: shortText.default('Enterprise'),
    ServerRole: shortText.default('Mailbox'),
    Site: shortText.nullable().default(null),
    Domain: domainName.nullable().default(null),
    InternetWebProxy: z.url('must be an absolute URL').nullable().default(null),
    AutoDiscoverServiceInternalUri: httpsUrl.nullable().default(null),
    AutoDiscoverSiteScope: z.array(shortText).max(64).default([]),
  }),
  identities: (_, properties) => [properties.Fqdn],
};
