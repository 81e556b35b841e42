import { z } from 'zod';
import { exchangeApplicationId } from '../../identity/index.ts';

/** How the relay looks at access tokens before a request reaches an agent. The target still decides for itself. */
export const accessTokenSettingsSchema = z.object({
  /** Metadata documents of the issuers that are trusted: `…/metadata/json/1`, federation metadata, or an OpenID configuration. */
  issuers: z.array(z.url({ protocol: /^https$/ }).max(500)).min(1).max(8),
  /** Host names for which tokens may have been issued besides the one that the client asked for. */
  audiences: z.array(z.string().max(253).regex(/^[a-z0-9.-]+$/i, 'must be a host name')).max(16).default([]),
  /** Application ids that may come with tokens of their own (server to server). Default: Exchange. */
  partnerApplications: z.array(z.string().min(1).max(100)).max(50).default([exchangeApplicationId]),
  /** What becomes of requests without credentials, or with an empty `Bearer`. Default: refused, with the challenge. */
  anonymous: z.enum(['refuse', 'forward']).default('refuse'),
  /** What becomes of requests with credentials of other schemes, such as Basic. Default: refused, with the challenge. */
  otherSchemes: z.enum(['refuse', 'forward']).default('refuse'),
});

export type AccessTokenSettings = z.infer<typeof accessTokenSettingsSchema>;
