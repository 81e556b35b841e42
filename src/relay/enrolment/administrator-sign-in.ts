import type { Clock, Dial, HybridgeError, Log } from '../../foundation/index.ts';
import { createHttpClient, errorCode, systemDial } from '../../foundation/index.ts';
import type { TokenValidator, UserContext } from '../../identity/index.ts';
import { createTokenValidator, fetchAuthMetadata, TokenRejected } from '../../identity/index.ts';
import type { SignInResponse } from '../../tunnel/index.ts';
import { RelayError } from '../relay-error.ts';

/** How a tenant's administrators prove at a token service that they may enrol agents. */
export interface AdministratorSignInOptions {
  /** `https://login.example`: the token service, without a tenant. */
  authority: string;
  /** Application id of the agent, a public client there. */
  clientId: string;
  /** Service principal name of the relay there, the audience of access tokens. Default `https://<first domain>`. */
  resource?: string;
  /** Role in the relay's application that lets a person enrol agents. Default `HybridAgent.Enroll`. */
  role?: string;
  /** Which directory of the token service (a GUID) stands for which tenant of the relay; people of others are refused. */
  tenants: readonly { directory: string; tenant: string }[];
  /** PEM certificates to trust for the token service instead of the built-in roots. */
  ca?: string | readonly string[];
  /** How the token service is reached. */
  dial?: Dial;
}

export interface AdministratorSignIn {
  /** What agents are told. */
  readonly description: SignInResponse;
  /**
   * Whose administrator an access token speaks of.
   *
   * @throws RelayError `RELAY_SIGN_IN_TENANT`, `_ROLE`, `_CLOCK`, `_TOKEN`, `_UNAVAILABLE`
   */
  admit(accessToken: string): Promise<{ tenantId: string; administrator: string }>;
  close(): Promise<void>;
}

export interface AdministratorSignInSurroundings {
  relayHost: string;
  clock: Clock;
  log: Log;
}

/** Keys of the token service are used this long before they are asked for again. */
const keysLastMs = 60 * 60_000;
/** A token of a key that is not known has them fetched anew, but no more often than this. */
const keysRestMs = 30_000;

interface Keys {
  validator: TokenValidator<UserContext>;
  fetchedAt: number;
}

/** Admits administrators by access tokens of one token service; its keys are fetched when first needed. */
export function createAdministratorSignIn(options: AdministratorSignInOptions, { relayHost, clock, log }: AdministratorSignInSurroundings): AdministratorSignIn {
  const authority = options.authority.replace(/\/+$/, '');
  const resource = options.resource ?? `https://${relayHost}`;
  const audience = new URL(resource).host;
  const role = options.role ?? 'HybridAgent.Enroll';
  const tenants = new Map(options.tenants.map(({ directory, tenant }) => [directory.toLowerCase(), tenant]));
  const httpClient = createHttpClient({ dial: options.dial ?? systemDial, connections: 2, ...(options.ca === undefined ? {} : { ca: options.ca }) });
  let keys: Promise<Keys> | undefined;

  const fetchKeys = async (): Promise<Keys> => {
    try {
      const authServers = await Promise.all(
        [...tenants.keys()].map(async (directory) => {
          const { type, issuerIdentifier, certificates } = await fetchAuthMetadata(`${authority}/${directory}/.well-known/openid-configuration`, httpClient);
          return { name: directory, type, issuerIdentifier, realm: directory, certificates, enabled: true, isDefaultAuthorizationEndpoint: false };
        }),
      );
      return { validator: createTokenValidator<UserContext>({ authServers, partnerApplications: [], resolveUser: (context) => Promise.resolve([context]), clock }), fetchedAt: clock.now() };
    } catch (error) {
      log.error({ err: error, authority }, 'the keys of the token service cannot be fetched');
      throw new RelayError('RELAY_SIGN_IN_UNAVAILABLE', 'The relay cannot reach the token service, so it cannot check the sign-in.', { facts: { authority, cause: errorCode(error) }, cause: error, retryable: true, remedy: 'Try again later, or have an enrolment token issued.' });
    }
  };
  const currentKeys = async (oldestMs: number): Promise<Keys> => {
    const known = await keys?.catch(() => undefined);
    if (known !== undefined && clock.now() - known.fetchedAt < oldestMs) return known;
    keys = fetchKeys();
    return keys;
  };
  const validate = async (accessToken: string): ReturnType<TokenValidator<UserContext>['validate']> => {
    const target = { host: audience, scheme: 'https', profiles: ['User'] } as const;
    try {
      return await (await currentKeys(keysLastMs)).validator.validate(accessToken, target);
    } catch (error) {
      if (errorCode(error) !== 'IDENTITY_TOKEN_KEY_UNKNOWN') throw error;
      return (await currentKeys(keysRestMs)).validator.validate(accessToken, target);
    }
  };
  return {
    description: { authority: `${authority}/organizations`, clientId: options.clientId, scope: `${resource}/.default` },
    async admit(accessToken) {
      const token = await validate(accessToken).catch((error: unknown) => {
        throw error instanceof TokenRejected ? refusalOf(error) : error;
      });
      const tenantId = tenants.get(token.tenantId.toLowerCase());
      if (token.profile !== 'User' || tenantId === undefined) throw wrongTenant(token.tenantId);
      const facts = { directory: token.tenantId, administrator: token.context.upn };
      if (token.applicationId.toLowerCase() !== options.clientId.toLowerCase()) {
        throw new RelayError('RELAY_SIGN_IN_TOKEN', 'The access token was issued to another application.', { facts: { ...facts, applicationId: token.applicationId }, remedy: 'Sign in with: hybridge agent enroll --device-code' });
      }
      if (!token.roles.includes(role)) {
        throw new RelayError('RELAY_SIGN_IN_ROLE', `Who signed in is not allowed to enrol agents: the role ${role} is missing.`, { facts, remedy: `Sign in as an administrator who has the role ${role}, have the role assigned, or use an enrolment token.` });
      }
      return { tenantId, administrator: token.context.upn ?? token.context.objectId ?? 'unnamed' };
    },
    close: () => httpClient.close(),
  };
}

function wrongTenant(directory: unknown): RelayError {
  return new RelayError('RELAY_SIGN_IN_TENANT', 'Who signed in belongs to an organisation that this relay does not serve.', { facts: { directory }, remedy: 'Sign in with an account of the organisation that the agent is for, or have the relay’s operator add it.' });
}

function refusalOf(rejected: TokenRejected): HybridgeError {
  const facts = { ...rejected.facts, cause: rejected.code };
  if (rejected.code === 'IDENTITY_TOKEN_TENANT') return wrongTenant(rejected.facts['tenant']);
  if (rejected.code === 'IDENTITY_TOKEN_EXPIRED' || rejected.code === 'IDENTITY_TOKEN_NOT_YET_VALID') {
    return new RelayError('RELAY_SIGN_IN_CLOCK', `The access token does not fit the relay's clock: it ${rejected.code === 'IDENTITY_TOKEN_EXPIRED' ? 'has expired' : 'is not valid yet'}.`, { facts, cause: rejected, remedy: 'Sign in again; if that fails at once, the clock of the relay or of the token service is wrong.' });
  }
  return new RelayError('RELAY_SIGN_IN_TOKEN', `The relay does not accept the access token: ${rejected.message}`, { facts, cause: rejected, remedy: 'Sign in again; if that fails, the relay’s operator compares resource and authority of the sign-in with the token service.' });
}
