import { checkRole, setAdministrator } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgDirectoryRoleMemberByRef = defineTenantCmdlet({
  name: 'Remove-MgDirectoryRoleMemberByRef',
  synopsis: 'Makes a person an administrator of the tenant no longer.',
  parameters: {
    DirectoryRoleId: { type: 'guid', mandatory: true, description: 'The role, from Get-MgDirectoryRole.' },
    DirectoryObjectId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person’s id.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgDirectoryRoleMemberByRef -DirectoryRoleId 62e90394-69f5-4237-9190-012177145e10 -DirectoryObjectId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { DirectoryRoleId, DirectoryObjectId, PassThru }) {
    checkRole(DirectoryRoleId);
    const done = await setAdministrator(context, DirectoryObjectId, false);
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
