import { oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { virtualDirectoryOutput } from './virtual-directory-output.ts';
import { virtualDirectorySetParameters } from './virtual-directory-parameters.ts';

export const setWebServicesVirtualDirectory = defineExchangeCmdlet({
  name: 'Set-WebServicesVirtualDirectory',
  synopsis: 'Changes how EWS of a server is reached and signed in to.',
  parameters: {
    ...virtualDirectorySetParameters,
    InternalUrl: { type: 'url', nullable: true, description: 'Address inside the network.' },
    ExternalUrl: { type: 'url', nullable: true, description: 'Address for everybody else; Autodiscover hands it out.' },
    InternalNLBBypassUrl: { type: 'url', nullable: true, description: 'Address of this very server.' },
    MRSProxyEnabled: { type: 'boolean', description: 'Lets the other organisation move mailboxes through this server.' },
    CertificateAuthentication: { type: 'boolean', nullable: true, description: 'Client certificates; shown, not offered.' },
    GzipLevel: { type: ['Off', 'Low', 'High', 'Error'], description: 'Compression; shown, not acted on.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'Set-WebServicesVirtualDirectory -Identity "MAIL01\\EWS (Default Web Site)" -OAuthAuthentication:$True',
  roles: ['Exchange Virtual Directories'],
  side: 'OnPremises',
  async run(context, { Identity, ...changes }) {
    const former = await oneConfiguration(context, 'WebServicesVirtualDirectory', Identity);
    return setConfiguration(context, 'WebServicesVirtualDirectory', former, changes, { output: virtualDirectoryOutput });
  },
});
