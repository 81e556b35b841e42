import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { requireDelegation } from '../management-role/role-object.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';
import { recipientRestrictionFilter, scopeOutput } from './management-scope-object.ts';

export const setManagementScope = defineExchangeCmdlet({
  name: 'Set-ManagementScope',
  synopsis: 'Changes whom a scope holds, at once for every assignment that has it.',
  parameters: { Identity: identityToChange, RecipientRestrictionFilter: recipientRestrictionFilter },
  example: 'Set-ManagementScope Branch -RecipientRestrictionFilter "PrimarySmtpAddress -like \'*@branch.contoso.test\'"',
  roles: ['Role Management'],
  async run(context, { Identity, RecipientRestrictionFilter }) {
    const scope = await oneConfiguration(context, 'ManagementScope', Identity);
    requireDelegation(context, scope.name, scope.name);
    if (RecipientRestrictionFilter !== undefined) readRecipientFilter(RecipientRestrictionFilter);
    return setConfiguration(context, 'ManagementScope', scope, RecipientRestrictionFilter === undefined ? {} : { RecipientFilter: RecipientRestrictionFilter }, { output: scopeOutput });
  },
});
