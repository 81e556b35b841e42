import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';
import { getVirtualDirectories, virtualDirectoryGetParameters } from './virtual-directory-parameters.ts';

export const getWebServicesVirtualDirectory = defineExchangeCmdlet({
  name: 'Get-WebServicesVirtualDirectory',
  synopsis: 'Shows how EWS of each server is reached and signed in to.',
  parameters: virtualDirectoryGetParameters,
  example: 'Get-WebServicesVirtualDirectory | Format-List server,*url*,*oauth*',
  roles: viewerRoles,
  side: 'OnPremises',
  run: (context, { Identity, Server }) => getVirtualDirectories(context, 'WebServicesVirtualDirectory', Identity, Server),
});
