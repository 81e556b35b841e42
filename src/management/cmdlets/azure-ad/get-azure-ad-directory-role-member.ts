import { administrators, checkRole } from '../tenant/global-administrator.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdUserOutput } from './azure-ad-output.ts';

export const getAzureAdDirectoryRoleMember = defineTenantCmdlet({
  name: 'Get-AzureADDirectoryRoleMember',
  synopsis: 'Shows who administers the tenant.',
  parameters: { ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The role, from Get-AzureADDirectoryRole.' } },
  example: 'Get-AzureADDirectoryRole | Get-AzureADDirectoryRoleMember',
  async run(context, { ObjectId }) {
    checkRole(ObjectId);
    return (await administrators(context)).map(azureAdUserOutput);
  },
});
