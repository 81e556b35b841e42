import { hybridFeatures } from '../../../organization/index.ts';
import type { ConfigurationProperties, Stored } from '../../../organization/index.ts';
import type { MultiValued, ParameterDefinition } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** The one object's published name. */
export const hybridConfigurationName = 'Hybrid Configuration';

const servers = (what: string) => ({ type: 'string', many: true, description: `${what} Kept and shown.` }) as const satisfies ParameterDefinition;

/** What New- and Set-HybridConfiguration both take. */
export const hybridConfigurationParameters = {
  ClientAccessServers: servers('Servers that take requests of the cloud.'),
  EdgeTransportServers: servers('Edge servers for mail.'),
  ReceivingTransportServers: servers('Servers that take mail of the cloud.'),
  SendingTransportServers: servers('Servers that send mail to the cloud.'),
  OnPremisesSmartHost: { type: 'domain', nullable: true, description: 'Host that takes mail of the cloud. Kept and shown.' },
  Domains: { type: 'string', many: true, description: 'Hybrid domains; autod: before the one whose Autodiscover serves all.' },
  Features: { type: hybridFeatures, many: true, description: 'What the deployment shall have.' },
  ExternalIPAddresses: { type: 'string', many: true, description: 'Outside addresses of Exchange 2010 servers. Kept and shown.' },
  TlsCertificateName: { type: 'string', nullable: true, description: '<I>issuer<S>subject of the certificate for mail. Kept and shown.' },
  ServiceInstance: { type: 'integer', description: '0 is the worldwide service.' },
} as const;

type Lists = 'ClientAccessServers' | 'EdgeTransportServers' | 'ReceivingTransportServers' | 'SendingTransportServers' | 'Domains' | 'Features' | 'ExternalIPAddresses';
type Properties = ConfigurationProperties['HybridConfiguration'];

/** The lists after a change. */
export function hybridLists(former: Partial<Properties>, given: { readonly [Name in Lists]?: MultiValued }): Partial<Properties> {
  return Object.fromEntries(Object.entries(given).map(([name, change]) => [name, applyMultiValued(former[name as Lists] ?? [], change)]));
}

/** @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` where New-HybridConfiguration never ran */
export async function theHybridConfiguration(context: ExchangeContext): Promise<Stored<'HybridConfiguration'>> {
  const found = await context.organization.configuration.get('HybridConfiguration', hybridConfigurationName);
  if (found !== undefined) return found;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The operation couldn't be performed because object '${hybridConfigurationName}' couldn't be found on '${context.serverName}'.`, {
    remedy: 'New-HybridConfiguration makes it; hybridge setup does so, too.',
  });
}
