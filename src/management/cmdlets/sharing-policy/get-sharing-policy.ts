import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getSharingPolicy = defineExchangeCmdlet({
  name: 'Get-SharingPolicy',
  synopsis: 'Shows what people may share with people of other organisations.',
  parameters: { Identity: identityToGet },
  example: 'Get-SharingPolicy | Format-List Name,Domains,Enabled,Default',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'SharingPolicy', Identity),
});
