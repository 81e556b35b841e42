import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';
import { domainFederationOutput } from './graph-output.ts';

export const newMgDomainFederationConfiguration = defineGraphWriter({
  name: 'New-MgDomainFederationConfiguration',
  synopsis: 'Lets people of a domain sign in at an identity provider of their own.',
  parameters: {
    DomainId: { type: 'domain', pipeline: true, mandatory: true, aliases: ['Id'], description: 'A domain of the tenant.' },
    IssuerUri: { type: 'string', description: 'Issuer of the identity provider’s tokens, character for character.' },
    PassiveSignInUri: { type: 'url', description: 'Where browsers are sent.' },
    SigningCertificate: { type: 'string', description: 'Base64 of the certificate that signs its tokens.' },
    NextSigningCertificate: { type: 'string', description: 'One that will sign them.' },
    PreferredAuthenticationProtocol: { type: ['wsFed', 'saml'], description: 'wsFed by default.' },
    FederatedIdpMfaBehavior: { type: ['acceptIfMfaDoneByFederatedIdp', 'rejectMfaByFederatedIdp'], description: 'Whether a second factor that it took counts here. By default it does not.' },
    SignOutUri: { type: 'url', description: 'Where sign-out goes on.' },
    DisplayName: { type: 'string', ignored: true, description: 'Accepted and without effect: the page shows the tenant’s name.' },
    ActiveSignInUri: { type: 'url', ignored: true, description: 'Accepted and without effect: passwords are not taken to identity providers.' },
    MetadataExchangeUri: { type: 'url', ignored: true, description: 'Accepted and without effect, as ActiveSignInUri.' },
  },
  example: 'New-MgDomainFederationConfiguration -DomainId contoso.test -IssuerUri http://adfs.contoso.test/adfs/services/trust -PassiveSignInUri https://adfs.contoso.test/adfs/ls/ -SigningCertificate $certificate -PreferredAuthenticationProtocol wsFed',
  async run(context, given) {
    requireProperties('InternalDomainFederation', given, ['IssuerUri', 'PassiveSignInUri', 'SigningCertificate']);
    const { DomainId, IssuerUri, PassiveSignInUri, SigningCertificate, NextSigningCertificate, PreferredAuthenticationProtocol, FederatedIdpMfaBehavior, SignOutUri } = given;
    const settings = {
      issuerUri: IssuerUri,
      passiveSignInUri: PassiveSignInUri,
      signingCertificate: SigningCertificate,
      ...(NextSigningCertificate === undefined ? {} : { nextSigningCertificate: NextSigningCertificate }),
      ...(PreferredAuthenticationProtocol === undefined ? {} : { preferredAuthenticationProtocol: PreferredAuthenticationProtocol }),
      ...(FederatedIdpMfaBehavior === undefined ? {} : { federatedIdpMfaBehavior: FederatedIdpMfaBehavior }),
      ...(SignOutUri === undefined ? {} : { signOutUri: SignOutUri }),
    };
    const made = await context.change(DomainId, () => context.directory.setDomainAuthentication(context.tenantId, DomainId, { authentication: 'Federated', ...settings }));
    return made?.authentication === 'Federated' ? [domainFederationOutput(made)] : [];
  },
});
