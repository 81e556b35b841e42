import { applyMultiValued, valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { settingOverrideOutput } from './setting-override-output.ts';

export const newSettingOverride = defineExchangeCmdlet({
  name: 'New-SettingOverride',
  synopsis: 'Switches a feature of the server software, on all servers or on some.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the object.' },
    Component: { type: 'string', mandatory: true, description: 'Part of the software, for example Global.' },
    Section: { type: 'string', mandatory: true, description: 'Setting of that part, for example ExchangeOnpremAsThirdPartyAppId.' },
    Parameters: { type: 'string', many: true, mandatory: true, description: 'Name=value, one or more.' },
    Reason: { type: 'string', mandatory: true, description: 'Why; kept with the object.' },
    Server: { type: 'string', many: true, description: 'Only for these servers. All where absent.' },
    MinVersion: { type: 'string', description: 'Only for servers of this version or newer; shown, not acted on.' },
    MaxVersion: { type: 'string', description: 'Only for servers up to this version; shown, not acted on.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'New-SettingOverride -Name "EnableExchangeHybrid3PAppFeature" -Component "Global" -Section "ExchangeOnpremAsThirdPartyAppId" -Parameters "Enabled=true" -Reason "Enable dedicated Exchange hybrid app feature"',
  roles: ['Organization Configuration'],
  side: 'OnPremises',
  async run(context, { Name, Component, Section, Parameters, Reason, Server, ...versions }) {
    const parameters = [...valuesOf(Parameters)];
    const odd = parameters.find((parameter) => !/^[^=]+=/.test(parameter));
    if (odd !== undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Parameters must be of the form Name=value.', { facts: { parameter: odd } });
    return newConfiguration(
      context,
      'SettingOverride',
      Name,
      { ComponentName: Component, SectionName: Section, Parameters: parameters, Reason, Server: Server === undefined ? null : applyMultiValued([], Server), ...versions, ModifiedBy: context.caller.name },
      settingOverrideOutput,
    );
  },
});
