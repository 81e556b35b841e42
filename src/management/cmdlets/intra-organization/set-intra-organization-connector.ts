import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const setIntraOrganizationConnector = defineExchangeCmdlet({
  name: 'Set-IntraOrganizationConnector',
  synopsis: 'Changes an intra-organization connector.',
  parameters: {
    Identity: identityToChange,
    DiscoveryEndpoint: { type: 'url', nullable: true, description: 'Autodiscover endpoint of the other side.' },
    TargetAddressDomains: { type: 'domain', many: true, description: 'Domains of target addresses that this connector answers for.' },
    Enabled: { type: 'boolean', description: '$false: these domains are looked up another way, or not at all.' },
    TargetSharingEpr: { type: 'url', nullable: true, side: 'Cloud', description: 'EWS endpoint of the other side; skips Autodiscover.' },
  },
  example: 'Set-IntraOrganizationConnector "HybridIOC - 1" -Enabled $true',
  roles: ['Federated Sharing'],
  async run(context, { Identity, TargetAddressDomains, ...changes }) {
    const former = await oneConfiguration(context, 'IntraOrganizationConnector', Identity);
    const domains = TargetAddressDomains === undefined ? {} : { TargetAddressDomains: applyMultiValued(former.properties.TargetAddressDomains, TargetAddressDomains) };
    return setConfiguration(context, 'IntraOrganizationConnector', former, { ...changes, ...domains });
  },
});
