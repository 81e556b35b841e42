import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { yieldDefault } from './yield-default.ts';

export const setSharingPolicy = defineExchangeCmdlet({
  name: 'Set-SharingPolicy',
  synopsis: 'Changes what people may share with people of other organisations.',
  parameters: {
    Identity: identityToChange,
    Domains: { type: 'string', many: true, description: 'domain: action, action. Kept and shown: invitations to share are not built.' },
    Enabled: { type: 'boolean', description: '$false: it allows nothing.' },
    Default: { type: 'boolean', description: '$true: the policy of everybody who has no other.' },
    Name: { type: 'string', description: 'A new name.' },
  },
  example: 'Set-SharingPolicy Partners -Domains @{add="adatum.test: CalendarSharingFreeBusyDetail"}',
  roles: ['Federated Sharing'],
  async run(context, { Identity, Domains, Name, ...changes }) {
    const former = await oneConfiguration(context, 'SharingPolicy', Identity);
    const domains = Domains === undefined ? {} : { Domains: applyMultiValued(former.properties.Domains, Domains) };
    if (changes.Default === true) await yieldDefault(context, former.name);
    return setConfiguration(context, 'SharingPolicy', former, { ...changes, ...domains }, { newName: Name });
  },
});
