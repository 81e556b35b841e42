import { removePrincipal } from '../tenant/remove-principal.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeAzureAdServicePrincipal = defineTenantCmdlet({
  name: 'Remove-AzureADServicePrincipal',
  synopsis: 'Takes an application away from the tenant.',
  parameters: { ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'Object id of the service principal.' } },
  example: 'Remove-AzureADServicePrincipal -ObjectId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: (context, { ObjectId }) => removePrincipal(context, ObjectId),
});
