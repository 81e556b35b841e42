import type { ConfigurationProperties } from '../../../organization/index.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { tlsAuthLevels } from './send-connector-parameters.ts';

/** What New- and Set-OutboundConnector have in common. */
export const outboundConnectorParameters = {
  AllAcceptedDomains: { type: 'boolean', description: '$true: for recipients in all accepted domains who are not here. Default $false.' },
  CloudServicesMailEnabled: { type: 'boolean', description: '$true: the other side is the on-premises half of this hybrid. What says who sent a message then goes along, in X-MS-Exchange-CrossPremises-* fields. Default $false.' },
  Comment: { type: 'string', description: 'Anything worth remembering.' },
  ConnectorSource: { type: ['Default', 'Migrated', 'HybridWizard', 'AdminUI'], description: 'Who made it. Kept and shown.' },
  ConnectorType: { type: ['OnPremises', 'Partner'], description: 'The own organisation, on premises, or another. Default Partner.' },
  Enabled: { type: 'boolean', description: '$false: mail goes another way, or waits. Default $true.' },
  RecipientDomains: { type: 'string', many: true, description: 'Domains whose mail goes this way: contoso.com, *.contoso.com or *.' },
  RouteAllMessagesViaOnPremises: { type: 'boolean', description: '$true: all mail for outside goes through the on-premises half. Default $false.' },
  SmartHosts: { type: 'string', many: true, description: 'Hosts that take the mail, in any order.' },
  TlsDomain: { type: 'string', nullable: true, description: 'With DomainValidation: the name in the certificate of the other side; *.contoso.com for all below it.' },
  TlsSettings: { type: tlsAuthLevels, nullable: true, description: 'What is asked of the certificate of the other side: nothing, that it is valid, or that it is valid and has the name TlsDomain. Where it is set, nothing is sent without TLS.' },
  UseMXRecord: { type: 'boolean', description: '$true: MX records say where mail goes. $false: SmartHosts do. Default $true.' },
} as const;

interface Given {
  readonly RecipientDomains?: MultiValued;
  readonly SmartHosts?: MultiValued;
}

/** Parameters as properties: lists after their change. */
export function outboundConnectorProperties<Rest extends object>({ RecipientDomains, SmartHosts, ...rest }: Given & Rest, former?: ConfigurationProperties['OutboundConnector']): Omit<Rest, keyof Given> & { RecipientDomains?: string[]; SmartHosts?: string[] } {
  return {
    ...rest,
    ...(RecipientDomains === undefined ? {} : { RecipientDomains: applyMultiValued(former?.RecipientDomains ?? [], RecipientDomains) }),
    ...(SmartHosts === undefined ? {} : { SmartHosts: applyMultiValued(former?.SmartHosts ?? [], SmartHosts) }),
  };
}
