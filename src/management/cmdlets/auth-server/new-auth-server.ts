import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { metadataProperties, trustAnyWarning } from './metadata-properties.ts';

export const newAuthServer = defineExchangeCmdlet({
  name: 'New-AuthServer',
  synopsis: 'Trusts an authorization server, whose issuer, endpoints and certificates are read from its metadata.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the object, at most 64 characters.' },
    AuthMetadataUrl: { type: 'url', description: 'Where the metadata is: …/metadata/json/1 of ACS, or the OpenID configuration of the sign-in authority.' },
    Type: { type: ['MicrosoftACS', 'AzureAD', 'ADFS'], description: 'MicrosoftACS (default) issues tokens between servers; AzureAD signs users in.' },
    ApplicationIdentifier: { own: true, type: 'string', description: 'Id of the dedicated hybrid application.' },
    DomainName: { type: 'domain', many: true, description: 'Domains whose tokens this server issues.' },
    Enabled: { type: 'boolean', description: 'Default $true.' },
    GraphBaseUrl: { own: true, type: 'url', description: 'Base address of Microsoft Graph, where the dedicated application uses it.' },
    TrustAnySSLCertificate: { type: 'switch', description: 'Accepted and without effect: an untrusted server is never believed here.' },
  },
  example: 'New-AuthServer -Name "ACS" -AuthMetadataUrl https://login.cloud.test/11111111-2222-3333-4444-555555555555/metadata/json/1',
  roles: ['Organization Client Access'],
  side: 'OnPremises',
  async run(context, { Name, AuthMetadataUrl, DomainName, TrustAnySSLCertificate, ...rest }) {
    if (AuthMetadataUrl === undefined && rest.ApplicationIdentifier === undefined) {
      throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Parameter set cannot be resolved using the specified named parameters. Give AuthMetadataUrl, or Type with ApplicationIdentifier.');
    }
    if (TrustAnySSLCertificate === true) context.warn(trustAnyWarning);
    const metadata = AuthMetadataUrl === undefined ? {} : { ...(await metadataProperties(context, AuthMetadataUrl)), AuthMetadataUrl };
    return newConfiguration(context, 'AuthServer', Name, { ...metadata, ...rest, DomainName: DomainName === undefined ? [] : applyMultiValued([], DomainName) });
  },
});
