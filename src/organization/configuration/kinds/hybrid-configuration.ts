import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { domainName, shortText } from '../property-schemas.ts';

/** What a hybrid deployment can have, in the order of the published list. */
export const hybridFeatures = ['FreeBusy', 'MoveMailbox', 'Mailtips', 'MessageTracking', 'OwaRedirection', 'OnlineArchive', 'SecureMail', 'CentralizedTransport', 'Photos'] as const;

/** Get-HybridConfiguration: what the wizard was asked for. Nothing acts on it but the wizard. */
export interface HybridConfiguration {
  ClientAccessServers: string[];
  EdgeTransportServers: string[];
  ReceivingTransportServers: string[];
  SendingTransportServers: string[];
  OnPremisesSmartHost: string | null;
  /** Domains; the one whose Autodiscover serves all of them begins with `autod:`. */
  Domains: string[];
  Features: (typeof hybridFeatures)[number][];
  ExternalIPAddresses: string[];
  /** `<I>issuer<S>subject`. */
  TlsCertificateName: string | null;
  /** 0: the worldwide service. */
  ServiceInstance: number;
}

const servers = z.array(shortText).max(256).default([]);
const autodiscoverMark = /^autod:/i;

export const hybridConfiguration: ConfigurationKind<HybridConfiguration> = {
  kind: 'HybridConfiguration',
  schema: z.strictObject({
    ClientAccessServers: servers,
    EdgeTransportServers: servers,
    ReceivingTransportServers: servers,
    SendingTransportServers: servers,
    OnPremisesSmartHost: domainName.nullable().default(null),
    Domains: z
      .array(shortText.refine((text) => domainName.safeParse(text.replace(autodiscoverMark, '')).success, 'is not a valid domain name'))
      .max(250)
      .refine((domains) => domains.filter((domain) => autodiscoverMark.test(domain)).length <= 1, 'may mark only one domain with autod:')
      .default([]),
    Features: z.array(z.enum(hybridFeatures)).max(hybridFeatures.length).default([]),
    ExternalIPAddresses: z.array(shortText).max(64).default([]),
    TlsCertificateName: shortText.nullable().default(null),
    ServiceInstance: z.int().min(0).max(99).default(0),
  }),
};
