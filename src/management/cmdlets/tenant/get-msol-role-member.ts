import { administrators, checkRole } from './global-administrator.ts';
import { memberPage, roleMemberOutput } from './group-output.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolRoleMember = defineTenantCmdlet({
  name: 'Get-MsolRoleMember',
  synopsis: 'Shows who administers the tenant.',
  parameters: {
    RoleObjectId: { type: 'guid', mandatory: true, description: 'The role, from Get-MsolRole.' },
    MemberObjectTypes: { type: 'string', many: true, ignored: true, description: 'Accepted and without effect: all members are people.' },
    SearchString: { type: 'string', description: 'Beginning of the name or address.' },
    MaxResults: { type: 'integer', description: 'How many at most; default 250.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  outputs: ['DisplayName', 'EmailAddress', 'LastDirSyncTime', 'ObjectId', 'RoleMemberType'],
  example: 'Get-MsolRoleMember -RoleObjectId (Get-MsolRole).ObjectId',
  async run(context, { RoleObjectId, ...page }) {
    checkRole(RoleObjectId);
    return memberPage(await administrators(context), page).map(roleMemberOutput);
  },
});
