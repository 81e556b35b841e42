import { ManagementError } from '../../management-error.ts';
import { checkRole, setAdministrator } from './global-administrator.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const removeMsolRoleMember = defineTenantCmdlet({
  name: 'Remove-MsolRoleMember',
  synopsis: 'Makes a person an administrator of the tenant no longer.',
  parameters: {
    RoleObjectId: { type: 'guid', description: 'The role, from Get-MsolRole.' },
    RoleName: { type: 'string', description: 'The role, by its name.' },
    RoleMemberObjectId: { type: 'guid', pipeline: true, aliases: ['ObjectId'], description: 'The person.' },
    RoleMemberEmailAddress: { type: 'string', pipeline: true, description: 'The person’s sign-in name.' },
    RoleMemberType: { type: ['User'], ignored: true, description: 'Only User: applications get roles of applications.' },
  },
  example: "Remove-MsolRoleMember -RoleName 'Company Administrator' -RoleMemberEmailAddress bert@contoso.test",
  async run(context, { RoleObjectId, RoleName, RoleMemberObjectId, RoleMemberEmailAddress }) {
    const role = RoleObjectId ?? RoleName;
    const member = RoleMemberObjectId ?? RoleMemberEmailAddress;
    if (role === undefined || member === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', `Cannot process command because of one or more missing mandatory parameters: ${role === undefined ? 'RoleName' : 'RoleMemberEmailAddress'}.`);
    checkRole(role);
    await setAdministrator(context, member, false);
    return [];
  },
});
