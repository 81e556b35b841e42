import { removePrincipal } from '../tenant/remove-principal.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgApplication = defineTenantCmdlet({
  name: 'Remove-MgApplication',
  synopsis: 'Removes an application and its principal.',
  parameters: {
    ApplicationId: { type: 'guid', pipeline: true, aliases: ['ObjectId', 'Id'], mandatory: true, description: 'Id of the application.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgApplication -ApplicationId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: (context, { ApplicationId, PassThru }) => removePrincipal(context, ApplicationId, PassThru),
});
