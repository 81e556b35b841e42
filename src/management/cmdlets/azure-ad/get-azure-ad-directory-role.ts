import { readFilter } from '../tenant/filter.ts';
import { checkRole, globalAdministrator } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getAzureAdDirectoryRole = defineTenantCmdlet({
  name: 'Get-AzureADDirectoryRole',
  synopsis: 'Shows the directory’s administrator roles. There is one: who has it may consent to applications for everybody.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, description: 'One role.' },
    Filter: { type: 'string', description: "OData: displayName eq '…'." },
  },
  outputs: ['ObjectId', 'DisplayName', 'Description', 'RoleTemplateId'],
  example: "Get-AzureADDirectoryRole -Filter \"displayName eq 'Global Administrator'\"",
  async run(_context, { ObjectId, Filter }) {
    if (ObjectId !== undefined) checkRole(ObjectId);
    return [{ ObjectId: globalAdministrator.id, DisplayName: globalAdministrator.name, Description: globalAdministrator.description, RoleTemplateId: globalAdministrator.id }].filter(readFilter(Filter));
  },
});
