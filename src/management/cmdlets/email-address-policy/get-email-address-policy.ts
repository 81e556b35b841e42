import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getEmailAddressPolicy = defineExchangeCmdlet({
  name: 'Get-EmailAddressPolicy',
  synopsis: 'Shows which addresses recipients get.',
  parameters: { Identity: identityToGet },
  example: 'Get-EmailAddressPolicy | Format-List Name,Priority,EnabledEmailAddressTemplates',
  roles: ['E-Mail Address Policies', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'EmailAddressPolicy', Identity),
});
