import { removePrincipal } from './remove-principal.ts';
import { defineTenantCmdlet, namedServicePrincipal, servicePrincipalParameters } from './tenant-context.ts';

export const removeMsolServicePrincipal = defineTenantCmdlet({
  name: 'Remove-MsolServicePrincipal',
  synopsis: 'Takes an application away from the tenant.',
  parameters: servicePrincipalParameters,
  example: 'Remove-MsolServicePrincipal -AppPrincipalId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: async (context, named) => removePrincipal(context, (await namedServicePrincipal(context, named)).objectId),
});
