import type { Clock, Log } from '../../foundation/index.ts';
import { errorCode } from '../../foundation/index.ts';
import type { AuthMetadata, TokenValidator, TrustedAuthServer, UserContext } from '../../identity/index.ts';
import { createTokenValidator, TokenRejected } from '../../identity/index.ts';
import type { RefusalCode, RequestHead } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { AccessTokenSettings } from './access-token-settings.ts';
import type { IssuerSource } from './create-issuer-source.ts';

/** Why a request does not pass, with the challenge that belongs to it. */
export interface TokenRefusal {
  code: RefusalCode;
  fields: readonly (readonly [name: string, value: string])[];
}

export interface TokenGate {
  /** Undefined when the request may go on. Never rejects. */
  check(application: Application, settings: AccessTokenSettings, head: RequestHead): Promise<TokenRefusal | undefined>;
}

export interface TokenGateOptions {
  issuers: IssuerSource;
  clock: Clock;
  log: Log;
}

interface Compiled {
  metadata: readonly AuthMetadata[];
  validator: TokenValidator<UserContext>;
}

/** Checks access tokens at the relay, for applications that want that. */
export function createTokenGate({ issuers, clock, log }: TokenGateOptions): TokenGate {
  const compiled = new WeakMap<AccessTokenSettings, Compiled>();
  const validatorOf = async (settings: AccessTokenSettings): Promise<TokenValidator<UserContext>> => {
    const metadata = await Promise.all(settings.issuers.map((url) => issuers.get(url)));
    const known = compiled.get(settings);
    if (known !== undefined && known.metadata.every((one, index) => one === metadata[index])) return known.validator;
    const validator = createTokenValidator<UserContext>({
      clock,
      authServers: metadata.map(authServer),
      partnerApplications: settings.partnerApplications.map((id) => ({ name: id, applicationIdentifier: id, enabled: true, useAuthServer: true, linkedAccount: 'relay' })),
      // Whom a token means is for the target to find out.
      resolveUser: (user) => Promise.resolve([user]),
    });
    compiled.set(settings, { metadata, validator });
    return validator;
  };
  const validate = async (validator: TokenValidator<UserContext>, token: string, hosts: readonly string[]): Promise<TokenRejected | undefined> => {
    let first: TokenRejected | undefined;
    for (const host of hosts) {
      try {
        await validator.validate(token, { host, scheme: 'https' });
        return undefined;
      } catch (error) {
        if (!(error instanceof TokenRejected)) throw error;
        first ??= error;
      }
    }
    return first;
  };
  const decide = async (settings: AccessTokenSettings, head: RequestHead): Promise<TokenRefusal | undefined> => {
    const sent = head.fields.filter((field) => field.key === 'authorization');
    // Which of several the target believes, nobody knows.
    if (sent.length > 1) return { code: 'RELAY_REQUEST_MALFORMED', fields: [] };
    const [, scheme = '', token = ''] = /^(\S+)\s*(.*)$/.exec(sent[0]?.value ?? '') ?? [];
    const bearer = scheme.toLowerCase() === 'bearer';
    if (bearer ? token === '' && settings.anonymous === 'forward' : (scheme === '' ? settings.anonymous : settings.otherSchemes) === 'forward') return undefined;
    const validator = await validatorOf(settings);
    if (!bearer || token === '') return refusal('RELAY_TOKEN_REQUIRED', validator);
    const hosts = [head.host, ...settings.audiences];
    const rejected = await validate(validator, token, hosts);
    if (rejected === undefined) return undefined;
    if (rejected.code !== 'IDENTITY_TOKEN_KEY_UNKNOWN') return refusal('RELAY_TOKEN_REJECTED', validator, rejected);
    // The issuer may have rolled its keys over.
    const renewed = await Promise.all(settings.issuers.map((url) => issuers.renew(url).catch(() => false)));
    if (!renewed.includes(true)) return refusal('RELAY_TOKEN_REJECTED', validator, rejected);
    const newer = await validatorOf(settings);
    const again = await validate(newer, token, hosts);
    return again === undefined ? undefined : refusal('RELAY_TOKEN_REJECTED', newer, again);
  };
  return {
    async check(application, settings, head) {
      try {
        return await decide(settings, head);
      } catch (error) {
        log.warn({ err: error, code: errorCode(error), application: application.id }, 'an access token could not be checked');
        return { code: 'RELAY_TOKEN_KEYS_UNAVAILABLE', fields: [] };
      }
    },
  };
}

function authServer(metadata: AuthMetadata, index: number): TrustedAuthServer {
  const { type, issuerIdentifier, realm, certificates, authorizationEndpoint } = metadata;
  return {
    name: `issuer ${index + 1}`,
    type,
    issuerIdentifier,
    enabled: true,
    isDefaultAuthorizationEndpoint: type === 'AzureAD',
    certificates,
    ...(realm === undefined ? {} : { realm }),
    ...(authorizationEndpoint === undefined ? {} : { authorizationEndpoint }),
  };
}

function refusal(code: RefusalCode, validator: TokenValidator<UserContext>, rejected?: TokenRejected): TokenRefusal {
  const { wwwAuthenticate, diagnostics } = validator.challenge(rejected === undefined ? {} : { rejected });
  return { code, fields: [['WWW-Authenticate', wwwAuthenticate], ...(diagnostics === undefined ? [] : [['x-ms-diagnostics', diagnostics] as const])] };
}
