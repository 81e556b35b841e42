import type { Stored } from '../../../organization/index.ts';
import type { MultiValued, ParameterDefinition } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { configurationOutput } from '../object-output.ts';
import { formatMessageSize, parseMessageSize } from './message-size.ts';

export const tlsAuthLevels = ['EncryptionOnly', 'CertificateValidation', 'DomainValidation'] as const;

const oneServer = (type: ParameterDefinition['type'], description: string) => ({ type, ignored: true, description: `${description} Accepted and without effect here.` }) as const;

/** What New- and Set-SendConnector have in common. */
export const sendConnectorParameters = {
  CloudServicesMailEnabled: { type: 'boolean', description: '$true: the other side is the cloud half of this hybrid. What says who sent a message then goes along, in X-MS-Exchange-CrossPremises-* fields. Default $false.' },
  Comment: { type: 'string', description: 'Anything worth remembering.' },
  DNSRoutingEnabled: { type: 'boolean', description: '$true: MX records say where mail goes. $false: SmartHosts do. Default $true.' },
  Enabled: { type: 'boolean', description: '$false: mail goes another way, or waits. Default $true.' },
  Fqdn: { type: 'domain', nullable: true, description: 'What this side calls itself in EHLO. Default: the name of the server.' },
  IgnoreSTARTTLS: { type: 'boolean', description: '$true: no TLS, even where the other side offers it.' },
  MaxMessageSize: { type: 'string', description: 'The largest message, 64KB to 2GB, or Unlimited. Default 35MB.' },
  Port: { type: 'integer', description: 'Port of the other side. Default 25.' },
  RequireTLS: { type: 'boolean', description: '$true: without TLS nothing is sent. Default $false.' },
  SmartHosts: { type: 'string', many: true, description: 'Hosts that take the mail, in any order.' },
  TlsAuthLevel: { type: tlsAuthLevels, nullable: true, description: 'What is asked of the certificate of the other side: nothing, that it is valid, or that it is valid and has the name TlsDomain.' },
  TlsCertificateName: { type: 'string', nullable: true, description: '"<I>issuer<S>subject" of the certificate that this side shows, from among its Exchange certificates. Default: that of the SMTP listener.' },
  TlsDomain: { type: 'string', nullable: true, description: 'With DomainValidation: the name in the certificate of the other side; *.contoso.com for all below it.' },
  ErrorPolicies: oneServer(['Default', 'DowngradeAuthFailures', 'DowngradeDnsFailures', 'DowngradeCustomFailures', 'UpgradeCustomFailures'], 'Which failures count as passing ones.'),
  Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  FrontendProxyEnabled: oneServer('boolean', 'Sends by way of a front end.'),
  SourceTransportServers: { type: 'string', many: true, ignored: true, description: 'Servers that use it: here the one there is.' },
} as const;

interface Given {
  readonly MaxMessageSize?: string;
  readonly SmartHosts?: MultiValued;
  readonly AddressSpaces?: MultiValued;
}

/** Parameters as properties: sizes in bytes, lists after their change. Undefined ones are left out. */
export function sendConnectorProperties<Rest extends object>({ MaxMessageSize, SmartHosts, AddressSpaces, ...rest }: Given & Rest, former?: { SmartHosts: readonly string[]; AddressSpaces: readonly string[] }): Omit<Given & Rest, keyof Given> & { MaxMessageSize?: number | null; SmartHosts?: string[]; AddressSpaces?: string[] } {
  return {
    ...rest,
    ...(MaxMessageSize === undefined ? {} : { MaxMessageSize: parseMessageSize('MaxMessageSize', MaxMessageSize) }),
    ...(SmartHosts === undefined ? {} : { SmartHosts: applyMultiValued(former?.SmartHosts ?? [], SmartHosts) }),
    ...(AddressSpaces === undefined ? {} : { AddressSpaces: applyMultiValued(former?.AddressSpaces ?? [], AddressSpaces) }),
  };
}

/** A Send connector as its cmdlets show it. */
export function sendConnectorOutput(stored: Stored<'SendConnector'>): OutputObject {
  return { ...configurationOutput(stored), MaxMessageSize: formatMessageSize(stored.properties.MaxMessageSize) };
}
