import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getVirtualDirectories, virtualDirectoryGetParameters } from './virtual-directory-parameters.ts';

export const getMapiVirtualDirectory = defineExchangeCmdlet({
  name: 'Get-MapiVirtualDirectory',
  synopsis: 'Shows how MAPI over HTTP of each server is reached and signed in to.',
  parameters: virtualDirectoryGetParameters,
  example: 'Get-MapiVirtualDirectory | Format-List server,*url*,*auth*',
  roles: ['Exchange Virtual Directories', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context, { Identity, Server }) => getVirtualDirectories(context, 'MapiVirtualDirectory', Identity, Server),
});
