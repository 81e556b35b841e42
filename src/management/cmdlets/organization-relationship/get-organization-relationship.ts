import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';

export const getOrganizationRelationship = defineExchangeCmdlet({
  name: 'Get-OrganizationRelationship',
  synopsis: 'Shows what is shared with other organisations.',
  parameters: { Identity: identityToGet },
  example: 'Get-OrganizationRelationship | Format-List Name,TargetSharingEpr',
  roles: viewerRoles,
  run: (context, { Identity }) => getConfiguration(context, 'OrganizationRelationship', Identity),
});
