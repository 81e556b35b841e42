import { oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { virtualDirectoryOutput } from './virtual-directory-output.ts';
import { virtualDirectorySetParameters } from './virtual-directory-parameters.ts';

export const setAutodiscoverVirtualDirectory = defineExchangeCmdlet({
  name: 'Set-AutodiscoverVirtualDirectory',
  synopsis: 'Changes how Autodiscover of a server is signed in to.',
  parameters: virtualDirectorySetParameters,
  example: 'Set-AutodiscoverVirtualDirectory "MAIL01\\Autodiscover (Default Web Site)" -OAuthAuthentication:$True',
  roles: ['Exchange Virtual Directories'],
  side: 'OnPremises',
  async run(context, { Identity, ...changes }) {
    const former = await oneConfiguration(context, 'AutodiscoverVirtualDirectory', Identity);
    return setConfiguration(context, 'AutodiscoverVirtualDirectory', former, changes, { output: virtualDirectoryOutput });
  },
});
