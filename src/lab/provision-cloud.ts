import type { Dispatcher } from 'undici';
import type { Clock } from '../foundation/index.ts';
import { createAuthCertificate, exchangeApplicationId, fetchAuthMetadata, readCertificate } from '../identity/index.ts';
import type { Organization } from '../organization/index.ts';

const applicationAccount = 'Exchange On-Premises-ApplicationAccount';

export interface ProvisionCloudOptions {
  organization: Organization;
  httpClient: Dispatcher;
  clock: Clock;
  /** `metadata/json/1` and OpenID configuration of the tenant. */
  acsMetadataUrl: string;
  evoStsMetadataUrl: string;
}

/**
 * What a service gives its own organisation when a tenant is made: an Auth certificate, trust in the token service, and
 * the partner application by which servers of the other side act. Returns the certificate (PEM), for the tenant to know.
 */
export async function provisionCloud(options: ProvisionCloudOptions): Promise<string> {
  const { configuration } = options.organization;
  const { certificate, privateKey } = await createAuthCertificate({ clock: options.clock });
  const facts = readCertificate(certificate);
  await configuration.create('ExchangeCertificate', facts.thumbprint, {
    Thumbprint: facts.thumbprint,
    Subject: facts.subject,
    Issuer: facts.issuer,
    SerialNumber: facts.serialNumber,
    NotBefore: new Date(facts.notBefore).toISOString(),
    NotAfter: new Date(facts.notAfter).toISOString(),
    IsSelfSigned: true,
    PublicKeySize: 2048,
    Certificate: certificate,
  });
  await configuration.setCertificateKey(facts.thumbprint, privateKey);
  await configuration.update('AuthConfig', (await configuration.singleton('AuthConfig')).name, { CurrentCertificateThumbprint: facts.thumbprint });

  // The service has had modern authentication switched on for all clients for years.
  await configuration.update('OrganizationConfig', (await configuration.singleton('OrganizationConfig')).name, { OAuth2ClientProfileEnabled: true });

  for (const [name, url] of [
    ['MicrosoftACS', options.acsMetadataUrl],
    ['MicrosoftSts', options.evoStsMetadataUrl],
  ] as const) {
    const metadata = await fetchAuthMetadata(url, options.httpClient);
    await configuration.create('AuthServer', name, {
      Type: metadata.type,
      IssuerIdentifier: metadata.issuerIdentifier,
      Realm: metadata.realm ?? null,
      TokenIssuingEndpoint: metadata.tokenIssuingEndpoint ?? null,
      AuthorizationEndpoint: metadata.authorizationEndpoint ?? null,
      AuthMetadataUrl: url,
      CertificateStrings: [...metadata.certificates],
      IsDefaultAuthorizationEndpoint: metadata.type === 'AzureAD',
    });
  }
  await configuration.create('PartnerApplication', 'Exchange On-Premises', {
    ApplicationIdentifier: exchangeApplicationId,
    UseAuthServer: true,
    LinkedAccount: applicationAccount,
  });
  await configuration.create('ManagementRoleAssignment', `UserApplication-${applicationAccount}`, { Role: 'UserApplication', RoleAssignee: applicationAccount, RoleAssigneeName: applicationAccount });
  return certificate;
}
