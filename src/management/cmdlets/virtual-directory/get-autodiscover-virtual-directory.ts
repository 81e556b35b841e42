import { defineExchangeCmdlet } from '../exchange-context.ts';
import { getVirtualDirectories, virtualDirectoryGetParameters } from './virtual-directory-parameters.ts';

export const getAutodiscoverVirtualDirectory = defineExchangeCmdlet({
  name: 'Get-AutodiscoverVirtualDirectory',
  synopsis: 'Shows how Autodiscover of each server is signed in to.',
  parameters: virtualDirectoryGetParameters,
  example: 'Get-AutodiscoverVirtualDirectory | Format-List server,*oauth*',
  roles: ['Exchange Virtual Directories', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context, { Identity, Server }) => getVirtualDirectories(context, 'AutodiscoverVirtualDirectory', Identity, Server),
});
