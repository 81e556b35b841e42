import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const newIntraOrganizationConnector = defineExchangeCmdlet({
  name: 'New-IntraOrganizationConnector',
  synopsis: 'Looks the free/busy of some domains up over OAuth.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the connector, at most 64 characters.' },
    DiscoveryEndpoint: { type: 'url', mandatory: true, description: 'Autodiscover endpoint of the other side.' },
    TargetAddressDomains: { type: 'domain', mandatory: true, many: true, description: 'Domains of target addresses that this connector answers for.' },
    Enabled: { type: 'boolean', description: 'Default $true.' },
    TargetSharingEpr: { type: 'url', nullable: true, side: 'Cloud', description: 'EWS endpoint of the other side; skips Autodiscover.' },
  },
  example: 'New-IntraOrganizationConnector -Name MainCloudConnector -DiscoveryEndpoint https://autodiscover.contoso.test/autodiscover/autodiscover.svc -TargetAddressDomains contoso.test',
  roles: ['Federated Sharing'],
  run: (context, { Name, TargetAddressDomains, ...properties }) =>
    newConfiguration(context, 'IntraOrganizationConnector', Name, { ...properties, TargetAddressDomains: applyMultiValued([], TargetAddressDomains) }),
});
