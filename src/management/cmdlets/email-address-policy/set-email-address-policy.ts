import type { ConfigurationProperties } from '../../../organization/index.ts';
import { applyMultiValued, valuesOf } from '../../binding/parameter-definition.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { emailAddressPolicyParameters } from './email-address-policy-parameters.ts';

type Included = ConfigurationProperties['EmailAddressPolicy']['IncludedRecipients'];

export const setEmailAddressPolicy = defineExchangeCmdlet({
  name: 'Set-EmailAddressPolicy',
  synopsis: 'Changes which addresses recipients get, once Update-EmailAddressPolicy runs.',
  parameters: { Identity: identityToChange, ...emailAddressPolicyParameters, Name: { type: 'string', description: 'A new name.' } },
  example: 'Set-EmailAddressPolicy Contoso -EnabledEmailAddressTemplates @{add="smtp:%m@contoso.mail.onmicrosoft.test"}',
  roles: ['E-Mail Address Policies'],
  async run(context, { Identity, EnabledEmailAddressTemplates, IncludedRecipients, Priority, Name }) {
    const former = await oneConfiguration(context, 'EmailAddressPolicy', Identity);
    return setConfiguration(
      context,
      'EmailAddressPolicy',
      former,
      {
        ...(EnabledEmailAddressTemplates === undefined ? {} : { EnabledEmailAddressTemplates: applyMultiValued(former.properties.EnabledEmailAddressTemplates, EnabledEmailAddressTemplates) }),
        ...(IncludedRecipients === undefined ? {} : { IncludedRecipients: [...valuesOf(IncludedRecipients)] as Included }),
        ...(Priority === undefined ? {} : { Priority }),
      },
      { newName: Name },
    );
  },
});
