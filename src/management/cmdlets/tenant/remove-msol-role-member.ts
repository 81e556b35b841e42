import { setAdministrator } from './global-administrator.ts';
import { roleMember, roleMemberParameters } from './role-member.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const removeMsolRoleMember = defineTenantCmdlet({
  name: 'Remove-MsolRoleMember',
  synopsis: 'Makes a person an administrator of the tenant no longer.',
  parameters: roleMemberParameters,
  example: "Remove-MsolRoleMember -RoleName 'Company Administrator' -RoleMemberEmailAddress bert@contoso.test",
  async run(context, given) {
    await setAdministrator(context, roleMember(given), false);
    return [];
  },
});
