import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { assignmentsWith, scopeOutput } from './management-scope-object.ts';

export const getManagementScope = defineExchangeCmdlet({
  name: 'Get-ManagementScope',
  synopsis: 'Shows the scopes to which role assignments can be narrowed.',
  parameters: { Identity: identityToGet, Orphan: { type: 'switch', description: 'Only scopes that no assignment has.' } },
  outputs: ['RecipientRoot', 'RecipientFilter', 'ServerFilter', 'DatabaseFilter', 'ScopeRestrictionType', 'Exclusive', 'Name', 'Identity', 'Guid'],
  example: 'Get-ManagementScope | Format-List Name,RecipientFilter',
  roles: ['Role Management', 'View-Only Configuration'],
  async run(context, { Identity, Orphan }) {
    const found = await getConfiguration(context, 'ManagementScope', Identity, scopeOutput);
    if (Orphan !== true) return found;
    const inUse = await Promise.all(found.map(async ({ Name }) => (await assignmentsWith(context, String(Name))).length > 0));
    return found.filter((_, index) => inUse[index] !== true);
  },
});
