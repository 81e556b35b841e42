import type { Dispatcher } from 'undici';
import type { Clock } from '../foundation/index.ts';
import { actorTokenAudience, createActorTokenSource, createUserContextToken } from '../identity/index.ts';
import type { ActorTokenSource, CertificateWithKey } from '../identity/index.ts';
import type { Requester } from '../ews/index.ts';
import { certificatePem } from '../identity/index.ts';
import type { AuthServer, Organization } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';
import { PremisesError } from './premises-error.ts';

export interface ServerToServerTokensOptions {
  organization: Organization;
  httpClient: Dispatcher;
  clock: Clock;
}

export interface ServerToServerTokens {
  /**
   * The `Authorization` value with which this organisation asks another one on a user's behalf: an actor token for the
   * target host, from the authorization server that serves the requester's domain, wrapped in the user's context.
   *
   * @throws PremisesError `PREMISES_NO_AUTH_SERVER`; IdentityError as `createActorTokenSource` describes
   */
  authorizationFor(targetUrl: string, requester: Requester, requestId: string): Promise<string>;
}

export function createServerToServerTokens(options: ServerToServerTokensOptions): ServerToServerTokens {
  const { organization, httpClient, clock } = options;
  const { configuration } = organization;
  const sources = cachedByVersion(configuration, async () => {
    const signingCertificate = (): Promise<CertificateWithKey | undefined> => currentAuthCertificate(organization);
    const { ServiceName: applicationId } = (await configuration.singleton('AuthConfig')).properties;
    return (await configuration.list('AuthServer')).flatMap(({ properties }) => {
      const { TokenIssuingEndpoint: tokenIssuingEndpoint, Realm: tenantId } = properties;
      if (properties.Type !== 'MicrosoftACS' || !properties.Enabled || tokenIssuingEndpoint === null || tenantId === null) return [];
      const issuer = properties.IssuerIdentifier === null ? {} : { issuerIdentifier: properties.IssuerIdentifier };
      const actorToken = createActorTokenSource({ tokenIssuingEndpoint, tenantId, applicationId, ...issuer, signingCertificate, httpClient, clock });
      return [{ properties, tenantId, applicationId, actorToken }];
    });
  });
  return {
    async authorizationFor(targetUrl, requester, requestId) {
      const { primarySmtpAddress: smtp, userPrincipalName: upn = smtp } = requester.recipient;
      const source = choose(await sources(), smtp);
      if (source === undefined) {
        throw new PremisesError('PREMISES_NO_AUTH_SERVER', 'No enabled authorization server issues tokens for this organisation.', {
          facts: { targetUrl, requester: smtp },
          remedy: 'Create one with New-AuthServer -AuthMetadataUrl, and enable it.',
        });
      }
      const host = new URL(targetUrl).hostname;
      const { tenantId, applicationId } = source;
      const actorToken = await source.actorToken(host, requestId);
      const audience = actorTokenAudience({ host, tenantId });
      return `Bearer ${createUserContextToken({ actorToken, applicationId, tenantId, audience, user: { smtp, upn }, clock })}`;
    },
  };
}

interface Source {
  properties: Readonly<AuthServer>;
  tenantId: string;
  applicationId: string;
  actorToken: ActorTokenSource;
}

/** The server that names the requester's domain, else one that names none and so serves all. */
function choose(sources: readonly Source[], smtpAddress: string): Source | undefined {
  const domain = smtpAddress.slice(smtpAddress.lastIndexOf('@') + 1).toLowerCase();
  const named = sources.find(({ properties }) => properties.DomainName.some((name) => name.toLowerCase() === domain));
  return named ?? sources.find(({ properties }) => properties.DomainName.length === 0);
}

async function currentAuthCertificate({ configuration }: Organization): Promise<CertificateWithKey | undefined> {
  const thumbprint = (await configuration.singleton('AuthConfig')).properties.CurrentCertificateThumbprint;
  if (thumbprint === null) return undefined;
  const certificate = await configuration.get('ExchangeCertificate', thumbprint);
  const privateKey = await configuration.certificateKey(thumbprint);
  return certificate === undefined || privateKey === undefined ? undefined : { certificate: certificatePem(certificate.properties.Certificate), privateKey };
}
