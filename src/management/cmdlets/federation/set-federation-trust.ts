import type { FederationTrust } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateWithKey, registration } from './federation-means.ts';
import { federationTrustOutput } from './federation-trust-output.ts';
import { gatewayMetadataUrl, gatewayProperties } from './gateway-properties.ts';

export const setFederationTrust = defineExchangeCmdlet({
  name: 'Set-FederationTrust',
  synopsis: 'Reads the gateway’s metadata anew, or rolls this organisation’s federation certificate. In the cloud only the former: its federation is the service’s.',
  parameters: {
    Identity: identityToChange,
    RefreshMetadata: { type: 'switch', description: 'Reads the metadata again: after the gateway has changed its certificates.' },
    MetadataUrl: { type: 'url', side: 'OnPremises', description: 'Another metadata address; it is read at once.' },
    Thumbprint: { type: 'thumbprint', side: 'OnPremises', description: 'The certificate that comes next.' },
    PublishFederationCertificate: { type: 'switch', side: 'OnPremises', description: 'Registers the next certificate with the gateway and makes it the current one.' },
    ApplicationUri: { type: 'string', side: 'OnPremises', description: 'Another application URI.' },
    Name: { type: 'string', side: 'OnPremises', description: 'A new name.' },
  },
  example: 'Set-FederationTrust "Microsoft Federation Gateway" -RefreshMetadata',
  roles: ['Federated Sharing'],
  async run(context, { Identity, RefreshMetadata, MetadataUrl, Thumbprint, PublishFederationCertificate, ApplicationUri, Name }) {
    const former = await oneConfiguration(context, 'FederationTrust', Identity);
    const changes: Partial<FederationTrust> = ApplicationUri === undefined ? {} : { ApplicationUri };
    if (MetadataUrl !== undefined || RefreshMetadata === true) Object.assign(changes, await gatewayProperties(context, MetadataUrl ?? former.properties.TokenIssuerMetadataEpr ?? gatewayMetadataUrl, former.properties));
    if (Thumbprint !== undefined) {
      await certificateWithKey(context, Thumbprint);
      changes.OrgNextPrivCertificate = Thumbprint;
    }
    if (PublishFederationCertificate === true) {
      const next = former.properties.OrgNextPrivCertificate;
      if (next === null) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'There is no next certificate to publish.', { remedy: 'Name it first: Set-FederationTrust -Thumbprint <thumbprint>.' });
      const { certificate } = await certificateWithKey(context, next);
      const { manager, applicationId } = await registration(context, former.name);
      await manager.updateCertificate(applicationId, certificate);
      Object.assign(changes, { OrgPrivCertificate: next, OrgPrevPrivCertificate: former.properties.OrgPrivCertificate, OrgNextPrivCertificate: null });
    }
    return setConfiguration(context, 'FederationTrust', former, changes, { newName: Name, output: federationTrustOutput });
  },
});
