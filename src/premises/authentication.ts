import type { IncomingMessage } from 'node:http';
import type { Clock, Log } from '../foundation/index.ts';
import type { ChallengeOptions, ValidatedToken } from '../identity/index.ts';
import { TokenRejected } from '../identity/index.ts';
import type { Requester } from '../ews/index.ts';
import type { Organization, Recipient } from '../organization/index.ts';
import { createBasicCredentials } from './basic-credentials.ts';
import { createClientProfile } from './client-profile.ts';
import type { SettingsVersion } from './settings-version.ts';
import { createTokenTrust } from './token-trust.ts';
import type { VirtualDirectoryMethods } from './virtual-directories.ts';
import type { WindowsSignIn } from './windows-sign-in.ts';

export interface AuthenticationOptions {
  organization: Organization;
  clock: Clock;
  log: Log;
  /** Default: the configuration as it is at each request. */
  settings?: Pick<SettingsVersion, 'version'>;
  /** Which of the two organisations this is. Default on-premises. */
  side?: 'OnPremises' | 'Cloud';
  /** Reads an authorization server's keys anew; true when they have changed. Default: nothing does. */
  refreshKeys?: (authServer: string) => Promise<boolean>;
  /** Default: none is offered. */
  windows?: WindowsSignIn;
}

/** Either who asks, or the headers of the 401 that is the answer. */
export type AuthenticationResult = { ok: true; requester: Requester } | { ok: false; code: string; /** Default 401. */ status?: 403; headers: Readonly<Record<string, string | string[]>> };

export interface Authentication {
  /** Decides by the `Authorization` header alone, before anything of the body is read. */
  authenticate(request: IncomingMessage, methods: VirtualDirectoryMethods): Promise<AuthenticationResult>;
  /** The account of a request's Basic credentials, whatever the virtual directories take. */
  basic(request: IncomingMessage): Promise<Recipient | undefined>;
}

/**
 * Sign-in to virtual directories: `Basic`, `Bearer` and, where this party speaks it, `NTLM`, each where the directory has
 * it switched on. Kerberos is not offered.
 */
export function createAuthentication(options: AuthenticationOptions): Authentication {
  const { organization, clock, log, windows, side = 'OnPremises', settings = organization.configuration } = options;
  const credentials = createBasicCredentials({ organization, clock, log });
  const trust = createTokenTrust(organization, clock, settings);
  const isKeptFromTokens = createClientProfile(organization, settings);

  const basic = async ({ headers, socket }: IncomingMessage): Promise<Recipient | undefined> => {
    return headers.authorization === undefined ? undefined : credentials.check(headers.authorization, socket.remoteAddress ?? '');
  };

  const challenge = async (request: IncomingMessage, methods: VirtualDirectoryMethods, code: string, why: ChallengeOptions = {}): Promise<AuthenticationResult> => {
    const schemes: string[] = [];
    const headers: Record<string, string | string[]> = {};
    if (methods.oauth) {
      const bearer = (await trust()).challenge(why);
      schemes.push(bearer.wwwAuthenticate);
      if (bearer.diagnostics !== undefined) headers['x-ms-diagnostics'] = bearer.diagnostics;
    }
    if (methods.windows && windows !== undefined) schemes.push('NTLM');
    if (methods.basic) schemes.push(`Basic realm="${realmOf(request)}"`);
    if (schemes.length > 0) headers['WWW-Authenticate'] = schemes;
    return { ok: false, code, headers };
  };

  const validate = async (request: IncomingMessage, token: string): Promise<ValidatedToken<Recipient>> => {
    const target = { host: request.headers.host ?? '', scheme: schemeOf(request), profiles: ['User', 'S2SAppActAs'] } as const;
    try {
      return await (await trust()).validate(token, target);
    } catch (error) {
      const isKeyUnknown = error instanceof TokenRejected && error.code === 'IDENTITY_TOKEN_KEY_UNKNOWN';
      if (!isKeyUnknown || (await options.refreshKeys?.(String(error.facts['authServer']))) !== true) throw error;
      return (await trust()).validate(token, target);
    }
  };

  return {
    async authenticate(request, offered) {
      // A password is not asked for where everybody on the way could read it.
      const methods = schemeOf(request) === 'https' ? offered : { ...offered, basic: false };
      const { authorization } = request.headers;
      const [scheme = '', ...rest] = (authorization ?? '').split(' ');
      const token = rest.join(' ').trim();
      const bound = methods.windows ? await windows?.authenticate(request, methods) : undefined;
      if (bound?.kind === 'signedIn') return { ok: true, requester: { recipient: bound.identity, origin: 'local' } };
      if (bound?.kind === 'challenge') return { ok: false, code: 'PREMISES_SIGN_IN_CONTINUES', headers: { 'WWW-Authenticate': bound.wwwAuthenticate } };
      if (bound?.kind === 'refused') {
        log.info({ code: bound.error.code, facts: bound.error.facts }, 'Windows sign-in refused');
        return challenge(request, methods, bound.error.code);
      }
      // The published answer to the empty Bearer names no domain. That a token is not taken either is *unverified*.
      if (methods.oauth && scheme.toLowerCase() === 'bearer' && (await isKeptFromTokens(request.headers))) {
        return challenge(request, methods, 'PREMISES_CLIENT_PROFILE', { notEnabledForDomain: '' });
      }
      if (methods.oauth && scheme.toLowerCase() === 'bearer' && token !== '') {
        try {
          const validated = await validate(request, token);
          if (validated.profile === 'S2SAppOnly') return await challenge(request, methods, 'PREMISES_UNAUTHORIZED');
          if (validated.user.accountDisabled === true) {
            log.info({ code: 'PREMISES_ACCOUNT_DISABLED', profile: validated.profile, recipient: validated.user.guid }, 'the account that a token names is disabled');
            return await challenge(request, methods, validated.profile === 'User' ? 'PREMISES_UNAUTHORIZED' : 'PREMISES_ACCOUNT_DISABLED');
          }
          return {
            ok: true,
            requester: { recipient: validated.user, origin: validated.profile === 'User' ? 'local' : 'partner', applicationId: validated.applicationId },
          };
        } catch (error) {
          if (!(error instanceof TokenRejected)) throw error;
          log.info({ code: error.code, diagnostics: error.diagnostics.code, facts: error.facts }, 'bearer token refused');
          const refusal = await challenge(request, methods, error.code, { rejected: error });
          return refusal.ok || !isShutOut(error, side) ? refusal : { ...refusal, status: 403 };
        }
      }
      if (methods.basic && scheme.toLowerCase() === 'basic') {
        const recipient = await basic(request);
        if (recipient !== undefined) return { ok: true, requester: { recipient, origin: 'local' } };
      }
      return challenge(request, methods, 'PREMISES_UNAUTHORIZED');
    },
    basic,
  };
}

/** An application that the cloud knows and does not let in is answered 403, as Exchange's shared principal has been since October 2025. */
function isShutOut({ code, facts }: TokenRejected, side: 'OnPremises' | 'Cloud'): boolean {
  return side === 'Cloud' && code === 'IDENTITY_TOKEN_PARTNER_UNKNOWN' && Number(facts['configured']) > 0;
}

/** Of the connection itself: no header that a client could write says so. */
function schemeOf({ socket }: IncomingMessage): 'https' | 'http' {
  return 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http';
}

/** The host that was called, without port, safe inside a quoted string. */
function realmOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '').replace(/[^\w.-]/g, '');
}
