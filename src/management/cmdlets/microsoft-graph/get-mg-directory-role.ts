import { checkRole, globalAdministrator } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, listOf } from './graph-list.ts';

export const getMgDirectoryRole = defineTenantCmdlet({
  name: 'Get-MgDirectoryRole',
  synopsis: 'Shows the directory’s administrator roles. There is one: who has it may consent to applications for everybody.',
  parameters: {
    DirectoryRoleId: { type: 'guid', pipeline: true, aliases: ['Id'], description: 'One role.' },
    ...graphListParameters,
  },
  outputs: ['DisplayName', 'Id', 'Description', 'RoleTemplateId'],
  example: "Get-MgDirectoryRole -Filter \"displayName eq 'Global Administrator'\"",
  async run(context, { DirectoryRoleId, ...list }) {
    if (DirectoryRoleId !== undefined) checkRole(DirectoryRoleId);
    return listOf(context, [{ DisplayName: globalAdministrator.name, Id: globalAdministrator.id, Description: globalAdministrator.description, RoleTemplateId: globalAdministrator.id }], list);
  },
});
