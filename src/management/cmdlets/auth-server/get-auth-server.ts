import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getAuthServer = defineExchangeCmdlet({
  name: 'Get-AuthServer',
  synopsis: 'Shows the authorization servers whose tokens are accepted.',
  parameters: { Identity: identityToGet },
  example: 'Get-AuthServer | Where-Object {$_.Name -eq "EvoSts"}',
  roles: ['Organization Client Access', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'AuthServer', Identity),
});
