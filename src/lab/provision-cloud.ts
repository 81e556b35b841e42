import type { Dispatcher } from 'undici';
import type { Clock } from '../foundation/index.ts';
import { createSelfSignedCertificate, exchangeApplicationId, fetchAuthMetadata, fetchFederationMetadata, readCertificate } from '../identity/index.ts';
import type { CertificateFacts, StsAdminClient } from '../identity/index.ts';
import type { Configuration, Organization } from '../organization/index.ts';

const applicationAccount = 'Exchange On-Premises-ApplicationAccount';

export interface ProvisionCloudOptions {
  organization: Organization;
  httpClient: Dispatcher;
  /** `metadata/json/1` and OpenID configuration of the tenant. */
  acsMetadataUrl: string;
  evoStsMetadataUrl: string;
}

/**
 * What a service gives its own organisation when a tenant is made: trust in the token service, and the partner application
 * by which servers of the other side act. Returns its Auth certificate (PEM), for the tenant to know.
 */
export async function provisionCloud(options: ProvisionCloudOptions): Promise<string> {
  const { configuration } = options.organization;
  const { CurrentCertificateThumbprint: thumbprint } = (await configuration.singleton('AuthConfig')).properties;
  const certificate = (thumbprint === null ? undefined : await configuration.get('ExchangeCertificate', thumbprint))?.properties.Certificate ?? '';

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

export interface FederateCloudOptions {
  organization: Organization;
  httpClient: Dispatcher;
  clock: Clock;
  sts: StsAdminClient;
  /** `FederationMetadata.xml` of the gateway. */
  gatewayMetadataUrl: string;
  /** Domains by whose addresses people of the tenant are known to other organisations. */
  domains: readonly string[];
}

/**
 * The service's own federation, which no tenant sets up: a certificate, the trust in the gateway, and the registration
 * as `outlook.com`, for which the operator of both vouches.
 */
export async function federateCloud({ organization, httpClient, clock, sts, gatewayMetadataUrl, domains }: FederateCloudOptions): Promise<void> {
  const { configuration } = organization;
  for (const { applicationId } of await sts.listFederatedApplications()) await sts.removeFederatedApplication(applicationId);
  const { certificate, privateKey } = await createSelfSignedCertificate({ commonName: 'Federation', days: 1826, clock });
  const facts = await keepCertificate(configuration, certificate, privateKey);
  const application = await sts.createFederatedApplication({ certificate, uris: ['outlook.com'], domains, ofService: true });
  const metadata = await fetchFederationMetadata(gatewayMetadataUrl, httpClient);
  await configuration.create('FederationTrust', 'MicrosoftOnline', {
    ApplicationIdentifier: application.applicationId,
    ApplicationUri: 'outlook.com',
    OrgPrivCertificate: facts.thumbprint,
    TokenIssuerUri: metadata.issuerUri,
    TokenIssuerEpr: metadata.tokenEndpoint,
    TokenIssuerMetadataEpr: gatewayMetadataUrl,
    TokenIssuerManageEpr: new URL('/service/managedelegation2.asmx', metadata.tokenEndpoint).href,
    TokenIssuerCertificate: metadata.certificates[0] ?? null,
    TokenIssuerPrevCertificate: metadata.certificates[1] ?? null,
  });
  const identifier = await configuration.singleton('FederatedOrganizationIdentifier');
  await configuration.update('FederatedOrganizationIdentifier', identifier.name, { AccountNamespace: domains[0] ?? null, Domains: [...domains], Enabled: true, DelegationTrustLink: 'MicrosoftOnline' });
}

async function keepCertificate(configuration: Configuration, certificate: string, privateKey: string): Promise<CertificateFacts> {
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
  return facts;
}
