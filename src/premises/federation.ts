import type { Dispatcher } from 'undici';
import type { AvailabilityEngineOptions } from '../availability/index.ts';
import type { Requester } from '../ews/index.ts';
import { createRequestId } from '../foundation/index.ts';
import type { Clock } from '../foundation/index.ts';
import { certificatePem, createDelegationTokenSource, createDelegationValidator, IdentityError, secureWithToken, writeProbeEnvelope } from '../identity/index.ts';
import type { CertificateHolder, DelegationTokenSource, DelegationValidator } from '../identity/index.ts';
import type { Organization, Recipient } from '../organization/index.ts';
import { smtpDomainOf } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';

export interface Federation {
  /** Secures requests to federated organisations. */
  getDelegation: NonNullable<AvailabilityEngineOptions['getDelegation']>;
  /** Decides about requests of theirs. */
  validator: DelegationValidator;
  /** Gets a token for this organisation itself and checks it as one that comes from outside. */
  validateOwnToken(person: Recipient): Promise<void>;
}

/** Delegated federation of one organisation, as its federation trust and its organisation identifier say now. */
export function createFederation(options: { organization: Organization; httpClient: Dispatcher; clock: Clock }): Federation {
  const { organization, clock } = options;
  const { configuration } = organization;
  const settings = cachedByVersion(configuration, () => readFederation(options));
  const getDelegation: Federation['getDelegation'] = async ({ targetApplicationUri, action, requester, requestId }) => {
      const { source, domains } = await settings();
      if (source === undefined) {
        throw new IdentityError('IDENTITY_FEDERATION_CERTIFICATE_MISSING', 'This organisation has no federation trust.', { remedy: 'Create one with New-FederationTrust.' });
      }
      const { recipient } = requester;
      const token = await source({
        target: targetApplicationUri,
        action,
        // Where a source anchor is set, Exchange names the person by it.
        nameIdentifier: recipient.immutableId ?? recipient.userPrincipalName ?? recipient.primarySmtpAddress,
        emailAddress: federatedAddress(recipient, domains),
        requestId,
      });
      return (envelope) => secureWithToken(envelope, token, clock);
  };
  const validator = createDelegationValidator({
      audiences: async () => (await settings()).audiences,
      issuers: async () => (await settings()).issuers,
      privateKeys: async () => (await settings()).certificates().map(({ privateKey }) => privateKey),
      clock,
      xmlLimits: { maximumBytes: delegatedBodyLimit },
  });
  return {
    getDelegation,
    validator,
    async validateOwnToken(recipient) {
      const [audience = ''] = (await settings()).audiences;
      const secure = await getDelegation({ targetApplicationUri: audience, action: 'MSExchange.Autodiscover', requester: { recipient, origin: 'local' }, requestId: createRequestId() });
      await validator.validate(Buffer.from(secure(writeProbeEnvelope())), ['MSExchange.Autodiscover']);
    },
  };
}

/** A request for free/busy is short, and who sends it is not known before it has been read. */
export const delegatedBodyLimit = 1 << 20;

interface FederationSettings {
  source?: DelegationTokenSource;
  domains: readonly string[];
  audiences: readonly string[];
  issuers: readonly { uri: string; certificates: readonly string[] }[];
  /** Federation certificates that have not expired, the current one first. A key that is held opens what was encrypted to it, though a slow clock thinks the certificate still to come. */
  certificates(): readonly CertificateHolder[];
}

async function readFederation({ organization, httpClient, clock }: { organization: Organization; httpClient: Dispatcher; clock: Clock }): Promise<FederationSettings> {
  const { configuration } = organization;
  const identifier = (await configuration.singleton('FederatedOrganizationIdentifier')).properties;
  const trusts = await configuration.list('FederationTrust');
  const trust = trusts.find(({ name }) => name === identifier.DelegationTrustLink) ?? trusts[0];
  const held: (CertificateHolder & { notAfter: number; isCurrent: boolean })[] = [];
  const { OrgPrivCertificate: current = null, OrgNextPrivCertificate: next = null, OrgPrevPrivCertificate: previous = null } = trust?.properties ?? {};
  for (const thumbprint of [current, previous, next]) {
    const stored = thumbprint === null ? undefined : await configuration.get('ExchangeCertificate', thumbprint);
    const privateKey = thumbprint === null ? undefined : await configuration.certificateKey(thumbprint);
    if (stored === undefined || privateKey === undefined) continue;
    const { Certificate, NotAfter } = stored.properties;
    held.push({ certificate: certificatePem(Certificate), privateKey, notAfter: Date.parse(NotAfter), isCurrent: thumbprint === current });
  }
  const unexpired = (): typeof held => held.filter(({ notAfter }) => notAfter > clock.now());
  const requestor = trust?.properties.ApplicationUri ?? identifier.AccountNamespace;
  const endpoint = trust?.properties.TokenIssuerEpr ?? null;
  const isFederated = identifier.Enabled && requestor !== null;
  return {
    ...(isFederated && endpoint !== null
      ? { source: createDelegationTokenSource({ endpoint, requestor, signingCertificate: async () => unexpired().find(({ isCurrent }) => isCurrent), httpClient, clock }) }
      : {}),
    domains: identifier.Domains,
    audiences: isFederated ? [requestor, ...(identifier.AccountNamespace === null ? [] : [identifier.AccountNamespace])] : [],
    issuers: trusts.flatMap(({ properties: { TokenIssuerUri: uri, TokenIssuerCertificate, TokenIssuerPrevCertificate } }) =>
      uri === null ? [] : [{ uri, certificates: [TokenIssuerCertificate, TokenIssuerPrevCertificate].filter((certificate) => certificate !== null) }],
    ),
    certificates: unexpired,
  };
}

/** The address by which the other organisation knows a person: one of a federated domain, the primary one where it is. */
function federatedAddress({ primarySmtpAddress, emailAddresses }: Recipient, domains: readonly string[]): string {
  const federated = new Set(domains.map((domain) => domain.toLowerCase()));
  return [primarySmtpAddress, ...emailAddresses].find((address) => federated.has(smtpDomainOf(address))) ?? primarySmtpAddress;
}

/** A person of another organisation, who is in no directory here. */
export function delegatedRequester(emailAddress: string): Requester {
  return {
    recipient: {
      guid: '00000000-0000-0000-0000-000000000000',
      recipientTypeDetails: 'MailContact',
      displayName: emailAddress,
      alias: '',
      primarySmtpAddress: emailAddress,
      emailAddresses: [emailAddress],
    },
    origin: 'partner',
    delegated: true,
  };
}
