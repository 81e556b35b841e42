import { iisAuthenticationMethods } from '../../../organization/index.ts';
import type { MapiVirtualDirectory } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { virtualDirectoryOutput } from './virtual-directory-output.ts';
import { extendedProtectionDetails } from './virtual-directory-parameters.ts';

export const setMapiVirtualDirectory = defineExchangeCmdlet({
  name: 'Set-MapiVirtualDirectory',
  synopsis: 'Changes how MAPI over HTTP of a server is reached and signed in to.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'SERVER\\name or GUID.' },
    IISAuthenticationMethods: { type: iisAuthenticationMethods, many: true, description: 'All sign-in methods, each time: what is not named is switched off.' },
    InternalUrl: { type: 'url', nullable: true, description: 'Address inside the network.' },
    ExternalUrl: { type: 'url', nullable: true, description: 'Address for everybody else.' },
    ExtendedProtectionTokenChecking: { type: ['None', 'Allow', 'Require'], description: 'Channel binding; Require breaks clients behind anything that ends TLS.' },
    ...extendedProtectionDetails,
    ApplyDefaults: { type: 'boolean', ignored: true, description: 'For the installer; without effect.' },
  },
  example: 'Get-MapiVirtualDirectory | Set-MapiVirtualDirectory -IISAuthenticationMethods Ntlm, OAuth, Negotiate',
  roles: ['Exchange Virtual Directories'],
  side: 'OnPremises',
  async run(context, { Identity, IISAuthenticationMethods, ...changes }) {
    const former = await oneConfiguration(context, 'MapiVirtualDirectory', Identity);
    if (IISAuthenticationMethods !== undefined && !('replace' in IISAuthenticationMethods)) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'IISAuthenticationMethods takes the whole list of methods, not what to add or remove.', {
        remedy: `Name all of them, for example: Set-MapiVirtualDirectory "${former.name}" -IISAuthenticationMethods Ntlm, OAuth, Negotiate`,
      });
    }
    const methods = IISAuthenticationMethods?.replace as MapiVirtualDirectory['IISAuthenticationMethods'] | undefined;
    return setConfiguration(context, 'MapiVirtualDirectory', former, { ...changes, ...(methods === undefined ? {} : { IISAuthenticationMethods: methods }) }, { output: virtualDirectoryOutput });
  },
});
