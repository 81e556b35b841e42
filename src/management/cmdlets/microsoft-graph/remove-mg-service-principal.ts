import { removePrincipal } from '../tenant/remove-principal.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgServicePrincipal = defineTenantCmdlet({
  name: 'Remove-MgServicePrincipal',
  synopsis: 'Takes an application away from the tenant.',
  parameters: {
    ServicePrincipalId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the service principal.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgServicePrincipal -ServicePrincipalId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: (context, { ServicePrincipalId, PassThru }) => removePrincipal(context, ServicePrincipalId, PassThru),
});
