import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateWithKey } from './federation-means.ts';
import { federationTrustOutput } from './federation-trust-output.ts';
import { gatewayMetadataUrl, gatewayProperties } from './gateway-properties.ts';

export const newFederationTrust = defineExchangeCmdlet({
  name: 'New-FederationTrust',
  synopsis: 'Registers this organisation with a federation gateway, under a certificate of its store.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the trust, usually “Microsoft Federation Gateway”.' },
    Thumbprint: { type: 'thumbprint', mandatory: true, description: 'Certificate that signs requests for delegation tokens; tokens for this organisation are encrypted to it.' },
    MetadataUrl: { type: 'url', description: 'Metadata of the gateway. Default: Microsoft’s.' },
    SkipNamespaceProviderProvisioning: { type: 'switch', description: 'Registers nothing; the gateway knows the application already.' },
    ApplicationIdentifier: { type: 'string', description: 'Under which the gateway knows this organisation, with SkipNamespaceProviderProvisioning.' },
    ApplicationUri: { type: 'string', description: 'Application URI, with SkipNamespaceProviderProvisioning.' },
    UseLegacyProvisioningService: { type: 'switch', ignored: true, description: 'Accepted and without effect.' },
  },
  example: 'New-FederationTrust -Name "Microsoft Federation Gateway" -Thumbprint 5113AE0233A72FCCB75B1D0198628675333D010E',
  roles: ['Federated Sharing'],
  side: 'OnPremises',
  async run(context, { Name, Thumbprint, MetadataUrl, SkipNamespaceProviderProvisioning, ApplicationIdentifier, ApplicationUri }) {
    const signer = await certificateWithKey(context, Thumbprint);
    const properties = await gatewayProperties(context, MetadataUrl ?? gatewayMetadataUrl);
    const identifier = SkipNamespaceProviderProvisioning === true ? (ApplicationIdentifier ?? null) : await context.federation.manager(properties.TokenIssuerManageEpr ?? '', signer).createApplication();
    return newConfiguration(context, 'FederationTrust', Name, { ...properties, ApplicationIdentifier: identifier, ApplicationUri: ApplicationUri ?? null, OrgPrivCertificate: Thumbprint }, federationTrustOutput);
  },
});
