import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeSettingOverride = defineExchangeCmdlet({
  name: 'Remove-SettingOverride',
  synopsis: 'Gives a feature of the server software its normal setting back.',
  parameters: { Identity: identityToChange },
  example: 'Remove-SettingOverride "EnableExchangeHybrid3PAppFeature" -Confirm:$false',
  roles: ['Organization Configuration'],
  side: 'OnPremises',
  run: (context, { Identity }) => removeConfiguration(context, 'SettingOverride', Identity),
});
