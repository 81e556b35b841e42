import type { ConfigurationProperties } from '../../../organization/index.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';

/** What New- and Set-InboundConnector have in common. */
export const inboundConnectorParameters = {
  CloudServicesMailEnabled: { type: 'boolean', description: '$true: the sender is the on-premises half of this hybrid. What its X-MS-Exchange-CrossPremises-* fields say of a message then counts. Default $false.' },
  Comment: { type: 'string', description: 'Anything worth remembering.' },
  ConnectorSource: { type: ['Default', 'Migrated', 'HybridWizard'], description: 'Who made it. Kept and shown.' },
  ConnectorType: { type: ['OnPremises', 'Partner'], description: 'The own organisation, on premises, or another. Default Partner.' },
  Enabled: { type: 'boolean', description: '$false: as if it were not there. Default $true.' },
  RequireTls: { type: 'boolean', description: '$true: without TLS nothing is taken from the sender domains. Default $true.' },
  RestrictDomainsToCertificate: { type: 'boolean', description: '$true: mail of the sender domains is refused from a server without the certificate. Default $false.' },
  TlsSenderCertificateName: { type: 'string', nullable: true, description: 'The name that the certificate of the sending server must have; *.contoso.com for all below it.' },
  TreatMessagesAsInternal: { type: 'boolean', description: '$true: mail by this connector counts as sent from inside. Not beside CloudServicesMailEnabled. Default $false.' },
} as const;

/** Parameters as properties: lists after their change. */
export function inboundConnectorProperties<Rest extends object>({ SenderDomains, ...rest }: { readonly SenderDomains?: MultiValued } & Rest, former?: ConfigurationProperties['InboundConnector']): Omit<Rest, 'SenderDomains'> & { SenderDomains?: string[] } {
  return { ...rest, ...(SenderDomains === undefined ? {} : { SenderDomains: applyMultiValued(former?.SenderDomains ?? [], SenderDomains) }) };
}
