import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';

export const getEmailAddressPolicy = defineExchangeCmdlet({
  name: 'Get-EmailAddressPolicy',
  synopsis: 'Shows which addresses recipients get.',
  parameters: { Identity: identityToGet },
  example: 'Get-EmailAddressPolicy | Format-List Name,Priority,EnabledEmailAddressTemplates',
  roles: viewerRoles,
  run: (context, { Identity }) => getConfiguration(context, 'EmailAddressPolicy', Identity),
});
