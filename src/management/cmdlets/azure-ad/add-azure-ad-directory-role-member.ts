import { checkRole, setAdministrator } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const addAzureAdDirectoryRoleMember = defineTenantCmdlet({
  name: 'Add-AzureADDirectoryRoleMember',
  synopsis: 'Makes a person an administrator of the tenant.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The role, from Get-AzureADDirectoryRole.' },
    RefObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The person.' },
  },
  example: 'Add-AzureADDirectoryRoleMember -ObjectId 62e90394-69f5-4237-9190-012177145e10 -RefObjectId 8a7c50d3-fcbd-4727-a889-8ab232dfea01',
  async run(context, { ObjectId, RefObjectId }) {
    checkRole(ObjectId);
    await setAdministrator(context, RefObjectId, true);
    return [];
  },
});
