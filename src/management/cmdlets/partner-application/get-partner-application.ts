import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getPartnerApplication = defineExchangeCmdlet({
  name: 'Get-PartnerApplication',
  synopsis: 'Shows the applications that may act in this organisation.',
  parameters: { Identity: identityToGet },
  example: '(Get-PartnerApplication).LinkedAccount',
  roles: ['Organization Client Access', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'PartnerApplication', Identity),
});
