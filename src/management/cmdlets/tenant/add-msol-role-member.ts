import { setAdministrator } from './global-administrator.ts';
import { roleMember, roleMemberParameters } from './role-member.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const addMsolRoleMember = defineTenantCmdlet({
  name: 'Add-MsolRoleMember',
  synopsis: 'Makes a person an administrator of the tenant.',
  parameters: roleMemberParameters,
  example: "Add-MsolRoleMember -RoleName 'Company Administrator' -RoleMemberEmailAddress bert@contoso.test",
  async run(context, given) {
    await setAdministrator(context, roleMember(given), true);
    return [];
  },
});
