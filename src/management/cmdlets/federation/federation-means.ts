import type { CertificateHolder, DelegationAction, DelegationRegistration, GatewayMetadata } from '../../../identity/index.ts';
import { readCertificate } from '../../../identity/index.ts';
import type { OrganizationRelationshipSettings } from '../../../ews/index.ts';
import type { Recipient, Stored } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** What another organisation publishes about its federation, and where it said so. */
export interface RemoteFederation {
  applicationUri: string;
  domains: readonly string[];
  tokenIssuerUris: readonly string[];
  /** Autodiscover endpoint that answered. */
  endpoint: string;
}

export interface RemoteTarget {
  targetApplicationUri: string;
  autodiscoverEpr: string;
  /** Domains of the relationship. */
  domains: readonly string[];
}

/** How the cmdlets reach federation gateways and federated organisations; `premises` passes it in. */
export interface FederationMeans {
  fetchMetadata(url: string): Promise<GatewayMetadata>;
  manager(url: string, signer: CertificateHolder): DelegationRegistration;
  /** Asks the gateway for a token for a person, by the organisation's own trust. */
  requestToken(target: string, action: DelegationAction, person: Recipient): Promise<void>;
  /** Asks the gateway for a token for this organisation itself, and checks it as one that comes from outside. */
  validateOwnToken(person: Recipient): Promise<void>;
  /** Which relationships the other organisation has with this one, asked with a delegation token of a person. */
  remoteRelationships(target: RemoteTarget, person: Recipient): Promise<readonly OrganizationRelationshipSettings[]>;
  /** GetFederationInformation of a domain's Autodiscover, or of one endpoint. */
  federationInformation(domain: string, endpoint?: string): Promise<RemoteFederation>;
}

/** A certificate of the store with its key. */
export async function certificateWithKey({ organization: { configuration } }: ExchangeContext, thumbprint: string | null): Promise<CertificateHolder> {
  const stored = thumbprint === null ? undefined : await configuration.get('ExchangeCertificate', thumbprint);
  const privateKey = stored === undefined ? undefined : await configuration.certificateKey(stored.properties.Thumbprint);
  if (stored !== undefined && stored.properties.Request === undefined && privateKey !== undefined) return { certificate: stored.properties.Certificate, privateKey };
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The certificate with the thumbprint ${thumbprint ?? '(none)'} couldn't be found in the certificate store with its key.`, {
    facts: { thumbprint },
    remedy: 'Make one with New-ExchangeCertificate -SubjectName "CN=Federation" -Services Federation.',
  });
}

/** The organisation's federation trust and the means to change its registration. */
export async function registration(context: ExchangeContext, identity?: string): Promise<{ trust: Stored<'FederationTrust'>; manager: DelegationRegistration; applicationId: string }> {
  const { configuration } = context.organization;
  const linked = identity ?? (await configuration.singleton('FederatedOrganizationIdentifier')).properties.DelegationTrustLink;
  const trust = linked === null ? (await configuration.list('FederationTrust'))[0] : await configuration.get('FederationTrust', linked);
  const { TokenIssuerManageEpr: url = null, ApplicationIdentifier: applicationId = null, OrgPrivCertificate: current = null } = trust?.properties ?? {};
  if (trust === undefined || url === null || applicationId === null || current === null) {
    throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', 'This organization has no federation trust that is registered with a federation gateway.', { remedy: 'Create one with New-FederationTrust.' });
  }
  return { trust, applicationId, manager: context.federation.manager(url, await signer(context, trust.properties)) };
}

/** The current certificate; where that has ended, the one before, which the gateway has kept. */
async function signer(context: ExchangeContext, { OrgPrivCertificate: current, OrgPrevPrivCertificate: previous }: Stored<'FederationTrust'>['properties']): Promise<CertificateHolder> {
  const holder = await certificateWithKey(context, current);
  if (previous === null || readCertificate(holder.certificate).notAfter > context.clock.now()) return holder;
  return certificateWithKey(context, previous).catch(() => holder);
}
