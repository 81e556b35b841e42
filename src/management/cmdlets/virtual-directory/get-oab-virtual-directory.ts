import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getVirtualDirectories, virtualDirectoryGetParameters } from './virtual-directory-parameters.ts';

export const getOabVirtualDirectory = defineExchangeCmdlet({
  name: 'Get-OabVirtualDirectory',
  synopsis: 'Shows how the offline address books of each server are reached and signed in to.',
  parameters: virtualDirectoryGetParameters,
  example: 'Get-OabVirtualDirectory | Format-List server,*url*,*oauth*',
  roles: ['Exchange Virtual Directories', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context, { Identity, Server }) => getVirtualDirectories(context, 'OabVirtualDirectory', Identity, Server),
});
