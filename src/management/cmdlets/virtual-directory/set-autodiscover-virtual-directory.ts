import { oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { virtualDirectoryOutput } from './virtual-directory-output.ts';
import { virtualDirectorySetParameters } from './virtual-directory-parameters.ts';

const url = { type: 'url', nullable: true, refused: true, description: 'Autodiscover has no addresses of its own since Exchange 2013: clients find it by its name in the DNS, and inside by Set-ClientAccessService -AutoDiscoverServiceInternalUri.' } as const;

export const setAutodiscoverVirtualDirectory = defineExchangeCmdlet({
  name: 'Set-AutodiscoverVirtualDirectory',
  synopsis: 'Changes how Autodiscover of a server is signed in to.',
  parameters: { ...virtualDirectorySetParameters, ExternalUrl: url, InternalUrl: url },
  example: 'Set-AutodiscoverVirtualDirectory "MAIL01\\Autodiscover (Default Web Site)" -OAuthAuthentication:$True',
  roles: ['Exchange Virtual Directories'],
  side: 'OnPremises',
  async run(context, { Identity, ...changes }) {
    const former = await oneConfiguration(context, 'AutodiscoverVirtualDirectory', Identity);
    return setConfiguration(context, 'AutodiscoverVirtualDirectory', former, changes, { output: virtualDirectoryOutput });
  },
});
