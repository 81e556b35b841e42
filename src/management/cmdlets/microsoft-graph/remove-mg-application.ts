import { removePrincipal } from '../tenant/remove-principal.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgApplication = defineTenantCmdlet({
  name: 'Remove-MgApplication',
  synopsis: 'Removes an application and its principal.',
  parameters: { ApplicationId: { type: 'guid', position: 0, pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the application.' } },
  example: 'Remove-MgApplication -ApplicationId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: (context, { ApplicationId }) => removePrincipal(context, ApplicationId),
});
