import { oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { virtualDirectoryOutput } from './virtual-directory-output.ts';
import { extendedProtectionDetails } from './virtual-directory-parameters.ts';

export const setOabVirtualDirectory = defineExchangeCmdlet({
  name: 'Set-OabVirtualDirectory',
  synopsis: 'Changes how the offline address books of a server are reached and signed in to.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'SERVER\\name or GUID.' },
    BasicAuthentication: { type: 'boolean', description: 'User name and password.' },
    WindowsAuthentication: { type: 'boolean', description: 'NTLM and Negotiate.' },
    OAuthAuthentication: { type: 'boolean', description: 'Bearer tokens.' },
    InternalUrl: { type: 'url', nullable: true, description: 'Address inside the network.' },
    ExternalUrl: { type: 'url', nullable: true, description: 'Address for everybody else.' },
    RequireSSL: { type: 'boolean', description: 'Shown, not acted on: the public listener speaks TLS only.' },
    PollInterval: { type: 'integer', description: 'Minutes; shown, not acted on.' },
    ExtendedProtectionTokenChecking: { type: ['None', 'Allow', 'Require'], description: 'Channel binding; Require breaks clients behind anything that ends TLS.' },
    ...extendedProtectionDetails,
  },
  example: 'Set-OabVirtualDirectory "MAIL01\\OAB (Default Web Site)" -OAuthAuthentication:$True',
  roles: ['Exchange Virtual Directories'],
  side: 'OnPremises',
  async run(context, { Identity, ...changes }) {
    const former = await oneConfiguration(context, 'OabVirtualDirectory', Identity);
    return setConfiguration(context, 'OabVirtualDirectory', former, changes, { output: virtualDirectoryOutput });
  },
});
