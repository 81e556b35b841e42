import { defineExchangeCmdlet, serverViewerRoles } from '../exchange-context.ts';
import { getVirtualDirectories, virtualDirectoryGetParameters } from './virtual-directory-parameters.ts';

export const getWebServicesVirtualDirectory = defineExchangeCmdlet({
  name: 'Get-WebServicesVirtualDirectory',
  synopsis: 'Shows how EWS of each server is reached and signed in to.',
  parameters: virtualDirectoryGetParameters,
  example: 'Get-WebServicesVirtualDirectory | Format-List server,*url*,*oauth*',
  roles: serverViewerRoles,
  side: 'OnPremises',
  run: (context, { Identity, Server }) => getVirtualDirectories(context, 'WebServicesVirtualDirectory', Identity, Server),
});
