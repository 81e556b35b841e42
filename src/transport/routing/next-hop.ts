import type { Organization, QueuedHop } from '../../organization/index.ts';

/** A way to a domain elsewhere, as a connector describes it. */
export interface NextHop {
  connector: string;
  /** Smart hosts, in any order; undefined where MX records say it. */
  hosts?: readonly string[];
  port: number;
  /** `opportunistic`: TLS where the other side offers it, whoever it is. */
  tls: 'never' | 'opportunistic' | 'required';
  validation?: 'EncryptionOnly' | 'CertificateValidation' | 'DomainValidation';
  tlsDomain?: string;
  /** `<I>issuer<S>subject` of the certificate to show. */
  certificateName?: string;
  ehloName?: string;
  maximumBytes?: number;
  /** The other side is the other half of this hybrid: it is told who sent the message. */
  isCrossPremises: boolean;
}

/** The connector that leads to a domain: the one that names it most closely, and of those the cheapest. Undefined where none does. */
export async function nextHop(organization: Organization, side: 'OnPremises' | 'Cloud', domain: string, isAccepted: boolean): Promise<NextHop | undefined> {
  return side === 'OnPremises' ? bySendConnector(organization, domain) : byOutboundConnector(organization, domain, isAccepted);
}

async function bySendConnector({ configuration }: Organization, domain: string): Promise<NextHop | undefined> {
  const candidates = (await configuration.list('SendConnector')).flatMap((stored) =>
    stored.properties.Enabled
      ? stored.properties.AddressSpaces.map((space) => {
          const [, pattern = '', cost = '1'] = /^smtp:([^;]+);(\d+)$/i.exec(space) ?? [];
          return { stored, closeness: closenessOf(pattern, domain), cost: Number(cost) };
        })
      : [],
  );
  const [best] = candidates.filter(({ closeness }) => closeness >= 0).sort((a, b) => b.closeness - a.closeness || a.cost - b.cost);
  if (best === undefined) return undefined;
  const { name, properties: connector } = best.stored;
  return {
    connector: name,
    ...(connector.DNSRoutingEnabled ? {} : { hosts: connector.SmartHosts.map(bare) }),
    port: connector.Port,
    tls: connector.RequireTLS ? 'required' : connector.IgnoreSTARTTLS ? 'never' : 'opportunistic',
    ...(connector.TlsAuthLevel === null ? {} : { validation: connector.TlsAuthLevel }),
    ...(connector.TlsDomain === null ? {} : { tlsDomain: connector.TlsDomain }),
    ...(connector.TlsCertificateName === null ? {} : { certificateName: connector.TlsCertificateName }),
    ...(connector.Fqdn === null ? {} : { ehloName: connector.Fqdn }),
    ...(connector.MaxMessageSize === null ? {} : { maximumBytes: connector.MaxMessageSize }),
    isCrossPremises: connector.CloudServicesMailEnabled,
  };
}

async function byOutboundConnector({ configuration }: Organization, domain: string, isAccepted: boolean): Promise<NextHop | undefined> {
  const candidates = (await configuration.list('OutboundConnector')).filter(({ properties }) => properties.Enabled).map((stored) => {
    const { AllAcceptedDomains, RouteAllMessagesViaOnPremises, RecipientDomains } = stored.properties;
    const closeness = Math.max(-1, ...RecipientDomains.map((pattern) => closenessOf(pattern, domain)), AllAcceptedDomains && isAccepted ? 1 : -1, RouteAllMessagesViaOnPremises ? 0 : -1);
    return { stored, closeness };
  });
  const [best] = candidates.filter(({ closeness }) => closeness >= 0).sort((a, b) => b.closeness - a.closeness);
  if (best === undefined) return undefined;
  const { name, properties: connector } = best.stored;
  return {
    connector: name,
    ...(connector.UseMXRecord ? {} : { hosts: connector.SmartHosts.map(bare) }),
    port: 25,
    tls: connector.TlsSettings === null ? 'opportunistic' : 'required',
    ...(connector.TlsSettings === null ? {} : { validation: connector.TlsSettings }),
    ...(connector.TlsDomain === null ? {} : { tlsDomain: connector.TlsDomain }),
    isCrossPremises: connector.CloudServicesMailEnabled,
  };
}

/** A way as the queue names it. */
export function queuedHop({ connector, hosts, tlsDomain }: NextHop, domain: string): QueuedHop {
  return { deliveryType: hosts === undefined ? 'DnsConnectorDelivery' : 'SmartHostConnectorDelivery', domain: hosts?.join(',') ?? domain, connector, ...(tlsDomain === undefined ? {} : { tlsDomain }) };
}

/** How closely a pattern (`*`, `*.contoso.com`, `contoso.com`) names a domain; -1 where it does not. */
function closenessOf(pattern: string, domain: string): number {
  const lower = pattern.toLowerCase();
  if (lower === '*') return 0;
  if (!lower.startsWith('*.')) return lower === domain ? 1000 : -1;
  const base = lower.slice(2);
  return domain === base || domain.endsWith(`.${base}`) ? base.length : -1;
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
