import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdKeyCredentialOutput } from './azure-ad-output.ts';

export const getAzureAdServicePrincipalKeyCredential = defineTenantCmdlet({
  name: 'Get-AzureADServicePrincipalKeyCredential',
  synopsis: 'Shows the certificates with which an application proves itself.',
  parameters: { ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'Object id of the service principal, or its application id.' } },
  example: 'Get-AzureADServicePrincipal -Filter "AppId eq \'00000002-0000-0ff1-ce00-000000000000\'" | Get-AzureADServicePrincipalKeyCredential',
  run: async ({ directory, tenantId }, { ObjectId }) => (await directory.getServicePrincipal(tenantId, ObjectId)).keyCredentials.map(azureAdKeyCredentialOutput),
});
