import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getVirtualDirectories, virtualDirectoryGetParameters } from './virtual-directory-parameters.ts';

export const getWebServicesVirtualDirectory = defineExchangeCmdlet({
  name: 'Get-WebServicesVirtualDirectory',
  synopsis: 'Shows how EWS of each server is reached and signed in to.',
  parameters: virtualDirectoryGetParameters,
  example: 'Get-WebServicesVirtualDirectory | Format-List server,*url*,*oauth*',
  roles: ['Exchange Virtual Directories', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context, { Identity, Server }) => getVirtualDirectories(context, 'WebServicesVirtualDirectory', Identity, Server),
});
