import type { AuthServer } from '../../../organization/index.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { modernAuthenticationObstacle } from '../exchange-server/modern-authentication-support.ts';
import { metadataProperties, trustAnyWarning } from './metadata-properties.ts';

export const setAuthServer = defineExchangeCmdlet({
  name: 'Set-AuthServer',
  synopsis: 'Changes an authorization server, or reads its metadata anew. In the cloud only the latter: the rest is the service’s.',
  parameters: {
    Identity: identityToChange,
    AuthMetadataUrl: { type: 'url', side: 'OnPremises', description: 'Another metadata address; it is read at once.' },
    RefreshAuthMetadata: { type: 'switch', description: 'Reads the metadata again: after the issuer has changed its keys.' },
    IsDefaultAuthorizationEndpoint: { type: 'boolean', side: 'OnPremises', description: 'Names this server as authorization_uri to clients. Only one server is the default. Refused while the organisation has servers that take no tokens of users.' },
    ApplicationIdentifier: { type: 'string', side: 'OnPremises', nullable: true, description: 'Id of the dedicated hybrid application.' },
    DomainName: { type: 'domain', side: 'OnPremises', many: true, description: 'Domains whose tokens this server issues.' },
    Enabled: { type: 'boolean', side: 'OnPremises', description: 'A disabled server’s tokens are refused.' },
    GraphBaseUrl: { own: true, type: 'url', side: 'OnPremises', nullable: true, description: 'Base address of Microsoft Graph.' },
    Name: { type: 'string', side: 'OnPremises', description: 'A new name.' },
    TrustAnySSLCertificate: { type: 'switch', side: 'OnPremises', description: 'Accepted and without effect: an untrusted server is never believed here.' },
  },
  example: 'Set-AuthServer EvoSts -IsDefaultAuthorizationEndpoint $true',
  roles: ['Organization Client Access'],
  async run(context, { Identity, Name, AuthMetadataUrl, RefreshAuthMetadata, DomainName, TrustAnySSLCertificate, ...rest }) {
    const former = await oneConfiguration(context, 'AuthServer', Identity);
    if (TrustAnySSLCertificate === true) context.warn(trustAnyWarning);
    const metadataUrl = AuthMetadataUrl ?? (RefreshAuthMetadata === true ? former.properties.AuthMetadataUrl : undefined);
    if (metadataUrl === null) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `'${former.name}' has no AuthMetadataUrl to refresh from.`, { remedy: 'Set AuthMetadataUrl first.' });
    const changes: Partial<AuthServer> = {
      ...(metadataUrl === undefined ? {} : { ...(await metadataProperties(context, metadataUrl)), AuthMetadataUrl: metadataUrl }),
      ...rest,
      ...(DomainName === undefined ? {} : { DomainName: applyMultiValued(former.properties.DomainName, DomainName) }),
    };
    if (changes.IsDefaultAuthorizationEndpoint === true) {
      if (former.properties.Type !== 'AzureAD' && former.properties.Type !== 'ADFS') {
        throw new ManagementError('MANAGEMENT_INVALID_VALUE', `'${former.name}' is of the type ${former.properties.Type}, which signs no users in; only AzureAD and ADFS can be the default authorization endpoint.`);
      }
      await checkServers(context);
      for (const other of await context.organization.configuration.list('AuthServer')) {
        if (other.guid !== former.guid && other.properties.IsDefaultAuthorizationEndpoint) await setConfiguration(context, 'AuthServer', other, { IsDefaultAuthorizationEndpoint: false });
      }
    }
    return setConfiguration(context, 'AuthServer', former, changes, { newName: Name });
  },
});

/** Clients are sent to sign in before anybody knows on which server their mailbox is: one old server, and its people are cut off. */
async function checkServers({ organization }: ExchangeContext): Promise<void> {
  for (const { name, properties } of await organization.configuration.list('ExchangeServer')) {
    const obstacle = modernAuthenticationObstacle(properties.AdminDisplayVersion);
    if (obstacle === undefined) continue;
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', `Hybrid modern authentication is not possible with the server ${name} (${properties.AdminDisplayVersion}): ${obstacle}.`, {
      facts: { server: name, version: properties.AdminDisplayVersion },
      remedy: 'Update or retire that server first; else people whose mailboxes are on it could not sign in.',
    });
  }
}
