import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { onPremisesOrganizationParameters, relationshipName } from './on-premises-organization-parameters.ts';

/** The real cmdlet demands both connectors. */
export const newOnPremisesOrganization = defineExchangeCmdlet({
  name: 'New-OnPremisesOrganization',
  synopsis: 'Tells the cloud which organisation it is in hybrid with.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the object, at most 64 characters.' },
    OrganizationGuid: { type: 'guid', mandatory: true, description: 'GUID of the on-premises organisation, from (Get-OrganizationConfig).Guid.' },
    ...onPremisesOrganizationParameters,
    HybridDomains: { ...onPremisesOrganizationParameters.HybridDomains, mandatory: true },
  },
  example: 'New-OnPremisesOrganization -Name "ExchangeMail" -HybridDomains contoso.test -InboundConnector "Inbound" -OutboundConnector "Outbound" -OrganizationGuid a1135426-2740-4196-9c97-10ef5b3b5ea1',
  roles: ['Federated Sharing'],
  side: 'Cloud',
  async run(context, { Name, HybridDomains, OrganizationRelationship, ...properties }) {
    const relationship = await relationshipName(context, OrganizationRelationship);
    return newConfiguration(context, 'OnPremisesOrganization', Name, { ...properties, ...relationship, HybridDomains: applyMultiValued([], HybridDomains) });
  },
});
