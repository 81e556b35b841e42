import { readFilter } from '../tenant/filter.ts';
import { deletedItemOutput } from '../tenant/deleted-users.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getMgDirectoryDeletedItemAsUser = defineTenantCmdlet({
  name: 'Get-MgDirectoryDeletedItemAsUser',
  synopsis: 'Shows who was deleted and can still be restored: 30 days long.',
  parameters: {
    Filter: { type: 'string', description: "One comparison: userPrincipalName eq '…', or startswith(displayName,'…')." },
    Top: { type: 'integer', aliases: ['Limit'], description: 'How many at most; default 100.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  example: 'Get-MgDirectoryDeletedItemAsUser -All',
  async run({ directory, tenantId }, { Filter, Top, All }) {
    return (await directory.listDeletedUsers(tenantId)).map(deletedItemOutput).filter(readFilter(Filter)).slice(0, All === true ? undefined : (Top ?? 100));
  },
});
