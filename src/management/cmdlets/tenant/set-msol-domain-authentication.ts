import { ManagementError } from '../../management-error.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const setMsolDomainAuthentication = defineTenantCmdlet({
  name: 'Set-MsolDomainAuthentication',
  synopsis: 'Changes whether people of a domain sign in here or at an identity provider of their own.',
  parameters: {
    DomainName: { type: 'domain', pipeline: true, aliases: ['Name'], mandatory: true, description: 'A domain of the tenant.' },
    Authentication: { type: ['Managed', 'Federated'], mandatory: true, description: 'Managed removes what was set of an identity provider. Either way each person needs a new password or signs in elsewhere.' },
    IssuerUri: { type: 'string', description: 'Issuer of the identity provider’s tokens, character for character.' },
    PassiveLogOnUri: { type: 'url', description: 'Where browsers are sent.' },
    LogOffUri: { type: 'url', description: 'Where sign-out goes on.' },
    SigningCertificate: { type: 'string', description: 'Base64 of the certificate that signs its tokens.' },
    NextSigningCertificate: { type: 'string', description: 'One that will sign them.' },
    PreferredAuthenticationProtocol: { type: ['WsFed', 'Samlp'], description: 'WsFed by default.' },
    SupportsMfa: { type: 'boolean', description: '$true: a second factor that the identity provider took counts here.' },
    FederationBrandName: { type: 'string', ignored: true, description: 'Accepted and without effect: the page shows the tenant’s name.' },
    ActiveLogOnUri: { type: 'url', ignored: true, description: 'Accepted and without effect: passwords are not taken to identity providers.' },
    MetadataExchangeUri: { type: 'url', ignored: true, description: 'Accepted and without effect, as ActiveLogOnUri.' },
  },
  example: 'Set-MsolDomainAuthentication -DomainName contoso.test -Authentication Federated -IssuerUri http://adfs.contoso.test/adfs/services/trust -PassiveLogOnUri https://adfs.contoso.test/adfs/ls/ -SigningCertificate $certificate',
  async run(context, { DomainName, Authentication, IssuerUri, PassiveLogOnUri, LogOffUri, SigningCertificate, NextSigningCertificate, PreferredAuthenticationProtocol, SupportsMfa }) {
    const { directory, tenantId } = context;
    if (Authentication === 'Managed') {
      await context.change(DomainName, () => directory.setDomainAuthentication(tenantId, DomainName, { authentication: 'Managed' }));
      return [];
    }
    if (IssuerUri === undefined || PassiveLogOnUri === undefined || SigningCertificate === undefined) {
      throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'A federated domain needs the parameters IssuerUri, PassiveLogOnUri and SigningCertificate.');
    }
    await context.change(DomainName, () =>
      directory.setDomainAuthentication(tenantId, DomainName, {
        authentication: 'Federated',
        issuerUri: IssuerUri,
        passiveSignInUri: PassiveLogOnUri,
        signingCertificate: SigningCertificate,
        preferredAuthenticationProtocol: PreferredAuthenticationProtocol === 'Samlp' ? 'saml' : 'wsFed',
        federatedIdpMfaBehavior: SupportsMfa === true ? 'acceptIfMfaDoneByFederatedIdp' : 'rejectMfaByFederatedIdp',
        ...(LogOffUri === undefined ? {} : { signOutUri: LogOffUri }),
        ...(NextSigningCertificate === undefined ? {} : { nextSigningCertificate: NextSigningCertificate }),
      }),
    );
    return [];
  },
});
