import { smtpDomainOf } from '../../organization/index.ts';
import type { InboundConnector, Organization } from '../../organization/index.ts';
import { deliveryStatuses } from '../delivery-status.ts';
import type { DeliveryStatus } from '../delivery-status.ts';
import { certificateHasName } from './certificate-name.ts';

/** The certificate that a client showed and that could be verified. */
export interface VerifiedPeer {
  subject: { CN?: string | string[] };
  subjectaltname?: string | undefined;
}

/** How the mail of one sender is taken. */
export interface SenderTrust {
  /** The other half of the hybrid: what it says of a message counts, and it may send to domains elsewhere. */
  isCrossPremises: boolean;
  /** Its mail counts as sent from inside, whatever it says. */
  isInternal: boolean;
}

const stranger: SenderTrust = { isCrossPremises: false, isInternal: false };

/**
 * What the certificate of a client is good for: on premises by `TlsDomainCapabilities` of the Receive connector, in the
 * cloud by the Inbound connector that names it; or why the sender is refused.
 *
 * @param sender MAIL FROM; empty for reports
 */
export async function trustSender(organization: Organization, side: 'OnPremises' | 'Cloud', sender: string, peer: VerifiedPeer | undefined, isSecure: boolean): Promise<SenderTrust | { refused: DeliveryStatus }> {
  return side === 'OnPremises' ? byReceiveConnector(organization, peer, isSecure) : byInboundConnector(organization, sender, peer, isSecure);
}

async function byReceiveConnector({ configuration }: Organization, peer: VerifiedPeer | undefined, isSecure: boolean): Promise<SenderTrust | { refused: DeliveryStatus }> {
  const [connector] = await configuration.list('ReceiveConnector');
  if (connector === undefined) return stranger;
  const { RequireTLS, PermissionGroups, TlsDomainCapabilities } = connector.properties;
  if (RequireTLS && !isSecure) return { refused: deliveryStatuses.tlsRequired };
  const isPartner = TlsDomainCapabilities.some((entry) => {
    const [domain = '', capability = ''] = entry.split(':');
    return capability.toLowerCase() === 'acceptcloudservicesmail' && peer !== undefined && certificateHasName(peer as never, domain);
  });
  if (isPartner) return { isCrossPremises: true, isInternal: false };
  return PermissionGroups === 'None' ? { refused: deliveryStatuses.notAuthenticated } : stranger;
}

async function byInboundConnector({ configuration }: Organization, sender: string, peer: VerifiedPeer | undefined, isSecure: boolean): Promise<SenderTrust | { refused: DeliveryStatus }> {
  const domain = smtpDomainOf(sender);
  const connectors = (await configuration.list('InboundConnector')).map(({ properties }) => properties).filter(({ Enabled }) => Enabled);
  const hasCertificate = ({ TlsSenderCertificateName: name }: InboundConnector): boolean => name !== null && peer !== undefined && certificateHasName(peer as never, name);
  // A report has no sender to be of a domain: the certificate alone says whose it is.
  const concerned = connectors.filter(({ SenderDomains }) => sender === '' || SenderDomains.some((space) => isOfDomain(space.replace(/^smtp:|;\d+$/gi, ''), domain)));
  const known = concerned.find((connector) => connector.ConnectorType === 'OnPremises' && hasCertificate(connector));
  if (known !== undefined) return { isCrossPremises: known.CloudServicesMailEnabled, isInternal: known.TreatMessagesAsInternal };
  for (const connector of concerned) {
    if (sender !== '' && connector.RestrictDomainsToCertificate && !hasCertificate(connector)) return { refused: deliveryStatuses.restricted };
    // Of connectors to premises the certificate decides; without one, a client is none of theirs.
    if (connector.ConnectorType === 'Partner' && connector.RequireTls && !isSecure) return { refused: deliveryStatuses.tlsRequired };
  }
  return stranger;
}

function isOfDomain(pattern: string, domain: string): boolean {
  const lower = pattern.toLowerCase();
  return lower === '*' || lower === domain || (lower.startsWith('*.') && (domain === lower.slice(2) || domain.endsWith(lower.slice(1))));
}
