import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { yieldDefault } from './yield-default.ts';

export const newSharingPolicy = defineExchangeCmdlet({
  name: 'New-SharingPolicy',
  synopsis: 'Says what people may share with people of other organisations.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the policy, at most 64 characters.' },
    Domains: { type: 'string', many: true, mandatory: true, description: 'domain: action, action. Kept and shown: invitations to share are not built.' },
    Enabled: { type: 'boolean', description: 'Default $true.' },
    Default: { type: 'switch', description: 'The policy of everybody who has no other.' },
  },
  example: 'New-SharingPolicy -Name Partners -Domains "fabrikam.test: CalendarSharingFreeBusySimple"',
  roles: ['Federated Sharing'],
  async run(context, { Name, Domains, ...properties }) {
    const created = await newConfiguration(context, 'SharingPolicy', Name, { ...properties, Domains: applyMultiValued([], Domains) });
    if (properties.Default === true && created.length > 0) await yieldDefault(context, Name);
    return created;
  },
});
