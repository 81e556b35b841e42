import { z } from 'zod';
import { freeBusyTrusts, setupConfigurations, setupTopologies } from '../plan.ts';

const https = z.url({ protocol: /^https$/, error: 'Write https://host/path.' });
/** Without naming objects one by one. */
const transferChoices = ['none', 'new', 'all'] as const;
const domain = z.string().regex(/^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i, 'Write a domain: contoso.com.');

/** What an administrator may decide. What is left out is found out, or has the default that the Hybrid Configuration Wizard has. */
export const setupChoicesSchema = z.strictObject({
  /** FQDN of the on-premises server to work with. Default: the first that may. */
  server: z.string().min(1).optional(),
  configuration: z.enum(setupConfigurations).default('Full'),
  /** Default: what is set up already; at first Modern where there is a relay. */
  topology: z.enum(setupTopologies).optional(),
  freeBusy: z.enum(freeBusyTrusts).optional(),
  /** What Organization Configuration Transfer copies to the cloud: objects that it does not have (`new`), those that it has otherwise too (`all`), or those named `SharingPolicy/Partners`. */
  transfer: z.union([z.enum(transferChoices), z.array(z.string().regex(/^[A-Za-z]+(?:\/.+)?$/, 'Write kind and name: SharingPolicy/Partners.')).max(1000)]).default('none'),
  /** Servers call the cloud as an application of their own organisation. Default: as it is; at first yes, where every server can. */
  dedicatedApplication: z.boolean().optional(),
  /** Installs the Hybrid Agent on the machine on which the wizard runs, or another one beside those that are there. Default: no. */
  agent: z.boolean().optional(),
  /** Secure mail between the organisations. Default: it is left as it is. */
  mail: z
    .strictObject({
      /** The name under which Exchange Online delivers to on-premises servers. */
      host: domain,
      /** Thumbprint of the certificate that they show. Default: the one that has the name and lasts longest. */
      certificate: z.string().regex(/^[0-9a-f]{40}$/i, 'Write the thumbprint: 40 hexadecimal digits.').optional(),
      /** All mail of cloud users to the outside goes through on-premises servers. */
      centralized: z.boolean().default(false),
    })
    .optional(),
  /** Which of the shared domains. Default: all. */
  domains: z.array(domain).min(1).max(238).optional(),
  /** The tenant's routing domain. Default: its accepted domain of the form `<tenant>.mail.onmicrosoft.com`. */
  coexistenceDomain: domain.optional(),
  /** Goes on where the documents advise against it. */
  force: z.boolean().default(false),
  /** Where the service is, for clouds other than Microsoft's worldwide one. */
  endpoints: z
    .strictObject({ cloudDiscovery: https.optional(), cloudEws: https.optional(), onPremisesDiscovery: https.optional(), acsMetadata: https.optional(), evoStsMetadata: https.optional(), gatewayMetadata: https.optional(), mailTlsDomain: domain.optional(), mailSmartHost: domain.optional() })
    .default({}),
});

export type SetupChoices = z.output<typeof setupChoicesSchema>;
