import type { ConfigurationProperties } from '../../../organization/index.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { emailAddressPolicyParameters } from './email-address-policy-parameters.ts';

type Included = ConfigurationProperties['EmailAddressPolicy']['IncludedRecipients'];

export const newEmailAddressPolicy = defineExchangeCmdlet({
  name: 'New-EmailAddressPolicy',
  synopsis: 'Says which addresses recipients get, once Update-EmailAddressPolicy runs.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the policy, at most 64 characters.' },
    ...emailAddressPolicyParameters,
    EnabledEmailAddressTemplates: { ...emailAddressPolicyParameters.EnabledEmailAddressTemplates, mandatory: true },
  },
  example: 'New-EmailAddressPolicy -Name Contoso -IncludedRecipients AllRecipients -EnabledEmailAddressTemplates "SMTP:%m@contoso.test","smtp:%m@contoso.mail.onmicrosoft.test"',
  roles: ['E-Mail Address Policies'],
  run: (context, { Name, EnabledEmailAddressTemplates, IncludedRecipients, Priority }) =>
    newConfiguration(context, 'EmailAddressPolicy', Name, {
      EnabledEmailAddressTemplates: [...valuesOf(EnabledEmailAddressTemplates)],
      ...(IncludedRecipients === undefined ? {} : { IncludedRecipients: [...valuesOf(IncludedRecipients)] as Included }),
      ...(Priority === undefined ? {} : { Priority }),
    }),
});
