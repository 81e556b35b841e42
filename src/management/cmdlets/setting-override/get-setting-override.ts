import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { settingOverrideOutput } from './setting-override-output.ts';

export const getSettingOverride = defineExchangeCmdlet({
  name: 'Get-SettingOverride',
  synopsis: 'Shows which features of the server software have been switched by hand.',
  parameters: { Identity: identityToGet },
  example: 'Get-SettingOverride | Format-List Name,ComponentName,SectionName,Parameters',
  roles: ['Organization Configuration', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context, { Identity }) => getConfiguration(context, 'SettingOverride', Identity, settingOverrideOutput),
});
