import { administrators, checkRole } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, graphSearchParameters } from './graph-list.ts';
import { memberList } from './graph-output.ts';

export const getMgDirectoryRoleMember = defineTenantCmdlet({
  name: 'Get-MgDirectoryRoleMember',
  synopsis: 'Shows who administers the tenant. Name and sign-in name stand in AdditionalProperties, as in the published module.',
  parameters: {
    DirectoryRoleId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The role, from Get-MgDirectoryRole.' },
    ...graphListParameters,
    ...graphSearchParameters,
  },
  outputs: ['Id', 'DeletedDateTime', 'AdditionalProperties'],
  example: '(Get-MgDirectoryRole | Get-MgDirectoryRoleMember).AdditionalProperties.userPrincipalName',
  async run(context, { DirectoryRoleId, ...list }) {
    checkRole(DirectoryRoleId);
    return memberList(context, await administrators(context), list);
  },
});
