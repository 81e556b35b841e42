import { randomBytes } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';
import { IdentityError } from '../identity-error.ts';
import { parseAuthenticateMessage } from './authenticate-message.ts';
import type { ChannelProtection } from './channel-binding.ts';
import { checkChannelBinding } from './channel-binding.ts';
import type { NtlmServerNames } from './challenge-message.ts';
import { answerNegotiate } from './challenge-message.ts';
import { malformedMessage, maximumMessageBytes, messageType } from './ntlm-message.ts';
import { verifyResponse } from './verify-response.ts';

/** Whom a client claims to be. */
export interface NtlmUser {
  /** As it was sent; empty where the client names none. */
  domain: string;
  userName: string;
}

export interface NtlmAccount<Identity> {
  identity: Identity;
  ntHash: Uint8Array;
}

export interface ConnectionSignInOptions<Identity> {
  names: () => NtlmServerNames | Promise<NtlmServerNames>;
  /** The account that a user name means, with its NT hash. Undefined: there is none that could sign in on this connection. */
  findAccount: (user: NtlmUser, connection: object) => Promise<NtlmAccount<Identity> | undefined>;
  clock: Clock;
  /** How long a challenge may be answered. Default 60,000 ms. */
  challengeLifetimeMs?: number;
  /** Refused answers after which a connection gets no more challenges. Default 5. */
  maximumRefusals?: number;
  randomBytes?: (size: number) => Buffer;
}

/**
 * What a request's `Authorization` header comes to on its connection:
 * - `none`: it has nothing to do with NTLM, and nobody has signed in on the connection
 * - `challenge`: the answer is 401 with this `WWW-Authenticate` alone
 * - `signedIn`: by this request or, where it has no `Authorization`, by one before it on the same connection
 * - `refused`: the answer is 401, as if nobody had signed in
 */
export type ConnectionSignInResult<Identity> =
  | { kind: 'none' }
  | { kind: 'challenge'; wwwAuthenticate: string }
  | { kind: 'signedIn'; identity: Identity }
  | { kind: 'refused'; error: IdentityError };

export interface ConnectionSignIn<Identity> {
  /**
   * Call once for each request, before its body is read. `connection` is the object that stands for the TCP connection
   * (a request's socket) and must not be shared by requests of several clients: HTTP/1.1 only.
   * `protection` is that of the virtual directory; default: none.
   */
  authenticate(connection: object, authorization: string | undefined, protection?: ChannelProtection): Promise<ConnectionSignInResult<Identity>>;
}

interface Handshake {
  negotiate: Buffer;
  challenge: Buffer;
  serverChallenge: Buffer;
  until: number;
}

interface ConnectionState<Identity> {
  handshake: Handshake | undefined;
  identity: { value: Identity; channelBound: boolean } | undefined;
  refusals: number;
  /** Requests that a client sent ahead take their turns. */
  last: Promise<unknown>;
}

/** What an answer to a challenge is judged by. */
interface Turn {
  connection: object;
  handshake: Handshake | undefined;
  protection: ChannelProtection;
}

/** For users that do not exist: their answers take as long to refuse as others'. */
const nobodysHash = Buffer.alloc(16);
const unprotected: ChannelProtection = { policy: 'None', token: nobodysHash };
const tokenShape = /^(ntlm|negotiate) +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * NTLM over HTTP as IIS does it ([MS-NTHT]): three messages in `Authorization` and `WWW-Authenticate`, after which the
 * connection, not a header, says who asks. NTLMSSP messages under `Negotiate` are taken too; Kerberos is not. What a
 * connection has proved is forgotten with it, and no connection learns of another's.
 */
export function createConnectionSignIn<Identity>(options: ConnectionSignInOptions<Identity>): ConnectionSignIn<Identity> {
  const random = options.randomBytes ?? randomBytes;
  const lifetimeMs = options.challengeLifetimeMs ?? 60_000;
  const maximumRefusals = options.maximumRefusals ?? 5;
  const connections = new WeakMap<object, ConnectionState<Identity>>();

  const challenge = async (state: ConnectionState<Identity>, scheme: string, negotiate: Buffer): Promise<ConnectionSignInResult<Identity>> => {
    const serverChallenge = random(8);
    const now = options.clock.now();
    const message = answerNegotiate({ negotiate, serverChallenge, names: await options.names(), now });
    state.handshake = { negotiate, challenge: message, serverChallenge, until: now + lifetimeMs };
    return { kind: 'challenge', wwwAuthenticate: `${scheme} ${message.toString('base64')}` };
  };

  const verify = async (state: ConnectionState<Identity>, { connection, handshake, protection }: Turn, authenticate: Buffer): Promise<ConnectionSignInResult<Identity>> => {
    if (handshake === undefined) throw unexpected('no challenge was sent on this connection');
    if (options.clock.now() > handshake.until) throw unexpected('the challenge is too old');
    const message = parseAuthenticateMessage(authenticate);
    const account = await options.findAccount({ domain: message.domain, userName: message.userName }, connection);
    verifyResponse(account?.ntHash ?? nobodysHash, message, { ...handshake, authenticate });
    if (account === undefined) throw new IdentityError('IDENTITY_NTLM_DENIED', 'User name or password is wrong.', { facts: { domain: message.domain, userName: message.userName } });
    state.identity = { value: account.identity, channelBound: checkChannelBinding(message.targetInfo, protection) };
    return { kind: 'signedIn', identity: account.identity };
  };

  const decide = async (connection: object, state: ConnectionState<Identity>, authorization: string | undefined, protection: ChannelProtection): Promise<ConnectionSignInResult<Identity>> => {
    // A challenge is good for the next request only, whatever that is.
    const { handshake, identity } = state;
    state.handshake = undefined;
    if (authorization === undefined) {
      if (identity === undefined || (protection.policy === 'Require' && !identity.channelBound)) return { kind: 'none' };
      return { kind: 'signedIn', identity: identity.value };
    }
    if (!/^(?:ntlm|negotiate)\b/i.test(authorization)) return { kind: 'none' };
    state.identity = undefined;
    try {
      if (state.refusals >= maximumRefusals) throw unexpected('too many refusals on this connection');
      const { scheme, token } = readToken(authorization);
      return messageType(token) === 1 ? await challenge(state, scheme, token) : await verify(state, { connection, handshake, protection }, token);
    } catch (error) {
      if (!(error instanceof IdentityError)) throw error;
      state.refusals += 1;
      return { kind: 'refused', error };
    }
  };

  return {
    authenticate(connection, authorization, protection = unprotected) {
      let state = connections.get(connection);
      if (state === undefined) {
        state = { handshake: undefined, identity: undefined, refusals: 0, last: Promise.resolve() };
        connections.set(connection, state);
      }
      const mine = state;
      const result = mine.last.then(() => decide(connection, mine, authorization, protection));
      mine.last = result.catch(() => undefined);
      return result;
    },
  };
}

/** The scheme as IIS spells it, and the message. */
function readToken(authorization: string): { scheme: 'NTLM' | 'Negotiate'; token: Buffer } {
  if (authorization.length > maximumMessageBytes * 2) throw malformedMessage('too long');
  const [, scheme = '', text = ''] = tokenShape.exec(authorization) ?? [];
  if (scheme === '') throw malformedMessage('no token');
  return { scheme: scheme.toLowerCase() === 'ntlm' ? 'NTLM' : 'Negotiate', token: Buffer.from(text, 'base64') };
}

function unexpected(reason: string): IdentityError {
  return new IdentityError('IDENTITY_NTLM_UNEXPECTED', 'The NTLM message does not fit the state of the connection.', { facts: { reason } });
}
