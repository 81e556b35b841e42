import { namedFederatedDomain } from './named-domain.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolDomainFederationSettings = defineTenantCmdlet({
  name: 'Get-MsolDomainFederationSettings',
  synopsis: 'Shows the identity provider of a federated domain.',
  parameters: { DomainName: { type: 'domain', pipeline: true, aliases: ['Name'], mandatory: true, description: 'A federated domain of the tenant.' } },
  outputs: ['IssuerUri', 'LogOffUri', 'NextSigningCertificate', 'PassiveLogOnUri', 'PreferredAuthenticationProtocol', 'SigningCertificate', 'SupportsMfa'],
  example: 'Get-MsolDomainFederationSettings -DomainName contoso.test | Format-List',
  async run(context, { DomainName }) {
    const domain = await namedFederatedDomain(context, DomainName);
    return [
      {
        IssuerUri: domain.issuerUri,
        LogOffUri: domain.signOutUri ?? null,
        NextSigningCertificate: domain.nextSigningCertificate ?? null,
        PassiveLogOnUri: domain.passiveSignInUri,
        PreferredAuthenticationProtocol: domain.preferredAuthenticationProtocol === 'saml' ? 'Samlp' : 'WsFed',
        SigningCertificate: domain.signingCertificate,
        SupportsMfa: domain.federatedIdpMfaBehavior === 'acceptIfMfaDoneByFederatedIdp',
      },
    ];
  },
});
