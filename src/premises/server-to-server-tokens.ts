import type { Dispatcher } from 'undici';
import type { Clock, Log } from '../foundation/index.ts';
import { actorTokenAudience, createActorTokenSource, createUserContextToken } from '../identity/index.ts';
import type { ActorTokenSource, ActorTokenSourceOptions } from '../identity/index.ts';
import type { Requester } from '../ews/index.ts';
import { smtpDomainOf } from '../organization/index.ts';
import type { AuthServer, Organization } from '../organization/index.ts';
import { currentAuthCertificate } from './auth-certificate.ts';
import { cachedByVersion } from './cached-by-version.ts';
import { dedicatedHybridApplication } from './hybrid-application.ts';
import { PremisesError } from './premises-error.ts';

export interface ServerToServerTokensOptions {
  organization: Organization;
  /** Setting overrides may be for some servers only. */
  serverName: string;
  httpClient: Dispatcher;
  clock: Clock;
  log: Log;
}

export interface ServerToServerTokens {
  /**
   * The `Authorization` value with which this organisation asks another one on a user's behalf: an actor token for the
   * target host, from the authorization server that serves the requester's domain, wrapped in the user's context.
   *
   * @throws PremisesError `PREMISES_NO_AUTH_SERVER`; IdentityError as `createActorTokenSource` describes
   */
  authorizationFor(targetUrl: string, requester: Requester, requestId: string): Promise<string>;
  /** The actor token alone, and where it came from. Without a person, the first server that may be used is. Throws as `authorizationFor`. */
  actorFor(targetUrl: string, smtpAddress: string | undefined, requestId: string): Promise<ActorToken>;
  /** Forgets the tokens that are kept. */
  forget(): void;
}

export interface ActorToken {
  token: string;
  applicationId: string;
  tenantId: string;
  /** Name of the AuthServer object. */
  authServer: string;
}

/**
 * The dedicated hybrid application gets its tokens at the same endpoint as Exchange's shared principal, as a client with
 * an assertion; only the caller's id differs in what is issued. That Exchange does it so is *unverified*: what its servers
 * send with that feature has not been published.
 */
export function createServerToServerTokens(options: ServerToServerTokensOptions): ServerToServerTokens {
  const { organization, httpClient, clock, log } = options;
  const { configuration } = organization;
  const loadSources = async (): Promise<readonly Source[]> => {
    const { ServiceName } = (await configuration.singleton('AuthConfig')).properties;
    const dedicated = await dedicatedHybridApplication(organization, options.serverName);
    const common = { signingCertificate: () => currentAuthCertificate(organization, clock, log), httpClient, clock };
    return (await configuration.list('AuthServer')).flatMap(({ name, properties }) => {
      const { TokenIssuingEndpoint: tokenIssuingEndpoint, Realm: tenantId } = properties;
      if (properties.Type !== 'MicrosoftACS' || !properties.Enabled || tokenIssuingEndpoint === null || tenantId === null) return [];
      const issuer = properties.IssuerIdentifier === null ? {} : { issuerIdentifier: properties.IssuerIdentifier };
      const sourceOf = (applicationId: string, grant: NonNullable<ActorTokenSourceOptions['grant']>): Application => {
        return { applicationId, actorToken: createActorTokenSource({ tokenIssuingEndpoint, tenantId, applicationId, grant, ...issuer, ...common }) };
      };
      const own = dedicated !== undefined && (dedicated.realm === null || dedicated.realm === '' || dedicated.realm === tenantId) ? dedicated : undefined;
      const source: Source = { name, properties, tenantId, shared: sourceOf(ServiceName, 'assertion') };
      return [own === undefined ? source : { ...source, dedicated: { ...sourceOf(own.applicationId, 'clientCredentials'), domains: own.domains } }];
    });
  };
  let sources = cachedByVersion(configuration, loadSources);

  const actorFor = async (targetUrl: string, smtp: string | undefined, requestId: string): Promise<ActorToken> => {
    const source = choose(await sources(), smtp);
    if (source === undefined) {
      throw new PremisesError('PREMISES_NO_AUTH_SERVER', 'No enabled authorization server issues tokens for this organisation.', {
        facts: { targetUrl, requester: smtp },
        remedy: 'Create one with New-AuthServer -AuthMetadataUrl, and enable it.',
      });
    }
    const { dedicated, tenantId } = source;
    const application = dedicated !== undefined && serves(dedicated.domains, smtp) ? dedicated : source.shared;
    const token = await application.actorToken(new URL(targetUrl).hostname, requestId);
    return { token, applicationId: application.applicationId, tenantId, authServer: source.name };
  };
  return {
    async authorizationFor(targetUrl, requester, requestId) {
      const { primarySmtpAddress: smtp, userPrincipalName: upn = smtp } = requester.recipient;
      const { token: actorToken, applicationId, tenantId } = await actorFor(targetUrl, smtp, requestId);
      const audience = actorTokenAudience({ host: new URL(targetUrl).hostname, tenantId });
      return `Bearer ${createUserContextToken({ actorToken, applicationId, tenantId, audience, user: { smtp, upn }, clock })}`;
    },
    actorFor,
    forget() {
      sources = cachedByVersion(configuration, loadSources);
    },
  };
}

interface Application {
  applicationId: string;
  actorToken: ActorTokenSource;
}

interface Source {
  name: string;
  properties: Readonly<AuthServer>;
  tenantId: string;
  shared: Application;
  dedicated?: Application & { domains: readonly string[] };
}

/** The server that names the requester's domain, else one that names none and so serves all. */
function choose(sources: readonly Source[], smtpAddress: string | undefined): Source | undefined {
  const named = sources.find(({ properties }) => properties.DomainName.length > 0 && serves(properties.DomainName, smtpAddress));
  return named ?? sources.find(({ properties }) => properties.DomainName.length === 0);
}

/** Nobody in particular is served by any: an application by itself speaks for no domain. */
function serves(domains: readonly string[], smtpAddress: string | undefined): boolean {
  if (domains.length === 0 || smtpAddress === undefined) return true;
  const domain = smtpDomainOf(smtpAddress);
  return domains.some((name) => name.toLowerCase() === domain);
}
