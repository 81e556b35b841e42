import { removePrincipal } from '../tenant/remove-principal.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeAzureAdApplication = defineTenantCmdlet({
  name: 'Remove-AzureADApplication',
  synopsis: 'Removes an application and its principal.',
  parameters: { ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'Object id of the application.' } },
  example: 'Remove-AzureADApplication -ObjectId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: (context, { ObjectId }) => removePrincipal(context, ObjectId),
});
