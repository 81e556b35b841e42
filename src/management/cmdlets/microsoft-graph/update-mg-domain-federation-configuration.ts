import { namedFederatedDomain } from '../tenant/named-domain.ts';
import { defineGraphWriter } from './define-graph-writer.ts';
import { domainFederationOutput } from './graph-output.ts';

export const updateMgDomainFederationConfiguration = defineGraphWriter({
  name: 'Update-MgDomainFederationConfiguration',
  synopsis: 'Changes what the tenant knows of a domain’s identity provider; what is not given stays.',
  parameters: {
    DomainId: { type: 'domain', pipeline: true, mandatory: true, description: 'A federated domain of the tenant.' },
    InternalDomainFederationId: { type: 'string', ignored: true, description: 'Id from Get-MgDomainFederationConfiguration; a domain has one configuration.' },
    IssuerUri: { type: 'string', description: 'Issuer of the identity provider’s tokens, character for character.' },
    PassiveSignInUri: { type: 'url', description: 'Where browsers are sent.' },
    SigningCertificate: { type: 'string', description: 'Base64 of the certificate that signs its tokens.' },
    NextSigningCertificate: { type: 'string', nullable: true, description: 'One that will sign them: give it before the provider rolls its key. $null takes it away.' },
    PreferredAuthenticationProtocol: { type: ['wsFed', 'saml'], description: 'How browsers are sent.' },
    FederatedIdpMfaBehavior: { type: ['acceptIfMfaDoneByFederatedIdp', 'rejectMfaByFederatedIdp'], description: 'Whether a second factor that it took counts here.' },
    DisplayName: { type: 'string', ignored: true, description: 'Accepted and without effect: the page shows the tenant’s name.' },
    ActiveSignInUri: { type: 'url', ignored: true, description: 'Accepted and without effect: passwords are not taken to identity providers.' },
    MetadataExchangeUri: { type: 'url', ignored: true, description: 'Accepted and without effect, as ActiveSignInUri.' },
    SignOutUri: { type: 'url', nullable: true, description: 'Where sign-out goes on. $null: nowhere.' },
  },
  example: 'Update-MgDomainFederationConfiguration -DomainId contoso.test -NextSigningCertificate $certificate',
  async run(context, { DomainId, IssuerUri, PassiveSignInUri, SigningCertificate, NextSigningCertificate, PreferredAuthenticationProtocol, FederatedIdpMfaBehavior, SignOutUri }) {
    const former = await namedFederatedDomain(context, DomainId);
    const nextSigningCertificate = NextSigningCertificate === undefined ? former.nextSigningCertificate : NextSigningCertificate;
    const signOutUri = SignOutUri === undefined ? former.signOutUri : SignOutUri;
    const settings = {
      issuerUri: IssuerUri ?? former.issuerUri,
      passiveSignInUri: PassiveSignInUri ?? former.passiveSignInUri,
      signingCertificate: SigningCertificate ?? former.signingCertificate,
      preferredAuthenticationProtocol: PreferredAuthenticationProtocol ?? former.preferredAuthenticationProtocol ?? 'wsFed',
      federatedIdpMfaBehavior: FederatedIdpMfaBehavior ?? former.federatedIdpMfaBehavior ?? 'rejectMfaByFederatedIdp',
      ...(nextSigningCertificate === undefined || nextSigningCertificate === null ? {} : { nextSigningCertificate }),
      ...(signOutUri === undefined || signOutUri === null ? {} : { signOutUri }),
    };
    const made = await context.change(DomainId, () => context.directory.setDomainAuthentication(context.tenantId, DomainId, { authentication: 'Federated', ...settings }));
    return made?.authentication === 'Federated' ? [domainFederationOutput(made)] : [];
  },
});
