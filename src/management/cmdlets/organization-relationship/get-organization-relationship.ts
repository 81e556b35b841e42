import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getOrganizationRelationship = defineExchangeCmdlet({
  name: 'Get-OrganizationRelationship',
  synopsis: 'Shows what is shared with other organisations.',
  parameters: { Identity: identityToGet },
  example: 'Get-OrganizationRelationship | Format-List Name,TargetSharingEpr',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'OrganizationRelationship', Identity),
});
