import { checkRole, setAdministrator } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeAzureAdDirectoryRoleMember = defineTenantCmdlet({
  name: 'Remove-AzureADDirectoryRoleMember',
  synopsis: 'Makes a person an administrator of the tenant no longer.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The role, from Get-AzureADDirectoryRole.' },
    MemberId: { type: 'guid', pipeline: true, mandatory: true, description: 'The person.' },
  },
  example: 'Remove-AzureADDirectoryRoleMember -ObjectId 62e90394-69f5-4237-9190-012177145e10 -MemberId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { ObjectId, MemberId }) {
    checkRole(ObjectId);
    await setAdministrator(context, MemberId, false);
    return [];
  },
});
