import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { settingOverrideOutput } from './setting-override-output.ts';

export const setSettingOverride = defineExchangeCmdlet({
  name: 'Set-SettingOverride',
  synopsis: 'Changes how a feature of the server software was switched by hand.',
  parameters: {
    Identity: identityToChange,
    Parameters: { type: 'string', many: true, description: 'Name=value, one or more.' },
    Reason: { type: 'string', description: 'Why; kept with the object.' },
    Server: { type: 'string', many: true, description: 'Only for these servers; $null: for all.' },
    MinVersion: { type: 'string', nullable: true, description: 'Only for servers of this version or newer; shown, not acted on.' },
    MaxVersion: { type: 'string', nullable: true, description: 'Only for servers up to this version; shown, not acted on.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'Set-SettingOverride "EnableExchangeHybrid3PAppFeature" -Parameters "Enabled=false" -Reason "Back to the shared principal"',
  roles: ['Organization Configuration'],
  side: 'OnPremises',
  async run(context, { Identity, Parameters, Server, ...changes }) {
    const former = await oneConfiguration(context, 'SettingOverride', Identity);
    const parameters = Parameters === undefined ? undefined : applyMultiValued(former.properties.Parameters, Parameters);
    const odd = parameters?.find((parameter) => !/^[^=]+=/.test(parameter));
    if (odd !== undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Parameters must be of the form Name=value.', { facts: { parameter: odd } });
    const servers = Server === undefined ? undefined : applyMultiValued(former.properties.Server ?? [], Server);
    const wanted = {
      ...changes,
      ...(parameters === undefined ? {} : { Parameters: parameters }),
      ...(servers === undefined ? {} : { Server: servers.length === 0 ? null : servers }),
    };
    return setConfiguration(context, 'SettingOverride', former, Object.keys(wanted).length === 0 ? {} : { ...wanted, ModifiedBy: context.caller.name }, { output: settingOverrideOutput });
  },
});
