import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeAzureAdServicePrincipalKeyCredential = defineTenantCmdlet({
  name: 'Remove-AzureADServicePrincipalKeyCredential',
  synopsis: 'Takes a certificate away from an application.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'Object id of the service principal, or its application id.' },
    KeyId: { type: 'guid', pipeline: true, mandatory: true, description: 'Key id, from Get-AzureADServicePrincipalKeyCredential.' },
  },
  example: 'Remove-AzureADServicePrincipalKeyCredential -ObjectId 00000002-0000-0ff1-ce00-000000000000 -KeyId 6a1f1b9c-2c43-4b4e-9a44-7d3f5a3f6c11',
  async run({ directory, tenantId, change }, { ObjectId, KeyId }) {
    const { displayName, objectId } = await directory.getServicePrincipal(tenantId, ObjectId);
    await change(`${displayName}, ${KeyId}`, () => directory.removeCredential(tenantId, objectId, KeyId));
    return [];
  },
});
