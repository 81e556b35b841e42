import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getOnPremisesOrganization = defineExchangeCmdlet({
  name: 'Get-OnPremisesOrganization',
  synopsis: 'Shows what the cloud knows of the organisation that it is in hybrid with.',
  parameters: { Identity: identityToGet },
  example: 'Get-OnPremisesOrganization | Format-List HybridDomains,OrganizationRelationship',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  side: 'Cloud',
  run: (context, { Identity }) => getConfiguration(context, 'OnPremisesOrganization', Identity),
});
