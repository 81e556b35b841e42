import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { readRecipientFilter } from '../recipients/recipient-filter.ts';
import { recipientRestrictionFilter, scopeOutput } from './management-scope-object.ts';

export const newManagementScope = defineExchangeCmdlet({
  name: 'New-ManagementScope',
  synopsis: 'Makes a scope: the recipients that fit a filter. Role assignments can be narrowed to it.',
  parameters: { Name: { type: 'string', position: 0, mandatory: true, description: 'Name of the scope.' }, RecipientRestrictionFilter: { ...recipientRestrictionFilter, mandatory: true } },
  example: 'New-ManagementScope -Name Branch -RecipientRestrictionFilter "DisplayName -like \'Branch*\'"',
  roles: ['Role Management'],
  async run(context, { Name, RecipientRestrictionFilter }) {
    readRecipientFilter(RecipientRestrictionFilter);
    return newConfiguration(context, 'ManagementScope', Name, { RecipientFilter: RecipientRestrictionFilter }, scopeOutput);
  },
});
