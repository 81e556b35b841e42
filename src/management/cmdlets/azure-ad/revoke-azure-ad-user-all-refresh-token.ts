import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const revokeAzureAdUserAllRefreshToken = defineTenantCmdlet({
  name: 'Revoke-AzureADUserAllRefreshToken',
  synopsis: 'Ends every session and refresh token of a person (AADSTS50173 from then on).',
  parameters: { ObjectId: { type: 'string', pipeline: true, mandatory: true, description: 'The person: user principal name or object id.' } },
  example: 'Revoke-AzureADUserAllRefreshToken -ObjectId bert@contoso.test',
  async run({ directory, tenantId, change }, { ObjectId }) {
    await change(ObjectId, () => directory.revokeSignIns(tenantId, ObjectId));
    return [];
  },
});
