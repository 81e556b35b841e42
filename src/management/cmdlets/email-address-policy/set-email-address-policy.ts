import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { emailAddressPolicyParameters, policyProperties } from './email-address-policy-parameters.ts';

export const setEmailAddressPolicy = defineExchangeCmdlet({
  name: 'Set-EmailAddressPolicy',
  synopsis: 'Changes which addresses recipients get, once Update-EmailAddressPolicy runs.',
  parameters: {
    Identity: identityToChange,
    ...emailAddressPolicyParameters,
    Name: { type: 'string', description: 'A new name.' },
    ForceUpgrade: { type: 'switch', ignored: true, description: 'Objects have no versions here.' },
  },
  example: 'Set-EmailAddressPolicy Contoso -EnabledEmailAddressTemplates @{add="smtp:%m@contoso.mail.onmicrosoft.test"}',
  roles: ['E-Mail Address Policies'],
  async run(context, { Identity, Name, ...given }) {
    const former = await oneConfiguration(context, 'EmailAddressPolicy', Identity);
    return setConfiguration(context, 'EmailAddressPolicy', former, policyProperties(given, former.properties.EnabledEmailAddressTemplates), { newName: Name });
  },
});
