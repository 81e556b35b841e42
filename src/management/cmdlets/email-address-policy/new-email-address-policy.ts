import { ManagementError } from '../../management-error.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { emailAddressPolicyParameters, policyProperties } from './email-address-policy-parameters.ts';

export const newEmailAddressPolicy = defineExchangeCmdlet({
  name: 'New-EmailAddressPolicy',
  synopsis: 'Says which addresses recipients get, once Update-EmailAddressPolicy runs.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the policy, at most 64 characters.' },
    ...emailAddressPolicyParameters,
  },
  example: 'New-EmailAddressPolicy -Name Contoso -IncludedRecipients AllRecipients -EnabledEmailAddressTemplates "SMTP:%m@contoso.test","smtp:%m@contoso.mail.onmicrosoft.test"',
  roles: ['E-Mail Address Policies'],
  async run(context, { Name, ...given }) {
    if (given.EnabledEmailAddressTemplates === undefined && given.EnabledPrimarySMTPAddressTemplate === undefined) {
      throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: EnabledEmailAddressTemplates.', { remedy: 'Give -EnabledEmailAddressTemplates or -EnabledPrimarySMTPAddressTemplate.' });
    }
    return newConfiguration(context, 'EmailAddressPolicy', Name, policyProperties(given));
  },
});
