import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, Log } from '../foundation/index.ts';
import type { ConnectionSignInResult, NtlmServerNames, NtlmUser } from '../identity/index.ts';
import { channelBindingToken, createConnectionSignIn } from '../identity/index.ts';
import type { Organization, Recipient } from '../organization/index.ts';
import type { ServerIdentity } from './server-identity.ts';
import { createSignInThrottle } from './sign-in-throttle.ts';
import type { VirtualDirectoryMethods } from './virtual-directories.ts';

export interface WindowsSignInOptions {
  organization: Organization;
  server: ServerIdentity;
  /** PEM; what clients see of this server, and tie their sign-in to. */
  certificate: string;
  clock: Clock;
  log: Log;
}

/** NTLM at virtual directories. */
export interface WindowsSignIn {
  /** Call for every request to a directory with Windows sign-in, whatever its `Authorization`. */
  authenticate(request: IncomingMessage, methods: VirtualDirectoryMethods): Promise<ConnectionSignInResult<Recipient>>;
}

/**
 * Signs connections in by NTLM. What a connection has proved is an account, not a person's state of that time: whoever
 * has been removed since is nobody. Guessing is slowed down as for Basic, and counted apart from it.
 */
export function createWindowsSignIn({ organization, server, certificate, clock, log }: WindowsSignInOptions): WindowsSignIn {
  const { directory } = organization;
  const token = channelBindingToken(certificate);
  const throttle = createSignInThrottle(clock);
  /** Whose password is being proved on a connection. */
  const tried = new WeakMap<object, { account: string; known: boolean }>();
  const connections = createConnectionSignIn<string>({
    names: () => namesOf(server),
    async findAccount(user, connection) {
      const name = signInName(user);
      const found = await directory.findNtHash(name);
      const account = found?.recipient.guid ?? name.toLowerCase();
      if (!throttle.mayTry(account, addressOf(connection))) return undefined;
      tried.set(connection, { account, known: found !== undefined });
      return found === undefined ? undefined : { identity: found.recipient.guid, ntHash: found.ntHash };
    },
    clock,
  });
  const count = (connection: object, succeeded: boolean): void => {
    const attempt = tried.get(connection);
    if (attempt === undefined) return;
    tried.delete(connection);
    if (succeeded) return throttle.succeeded(attempt.account);
    const lockedUntil = throttle.failed(attempt.account, addressOf(connection));
    if (lockedUntil === 0) return;
    // A name that is nobody's is not written down: people type passwords into the wrong field.
    const facts = { code: 'PREMISES_SIGN_IN_LOCKED', account: attempt.known ? attempt.account : undefined, until: new Date(lockedUntil).toISOString() };
    log.warn(facts, 'too many wrong passwords: more are not looked at for a while');
  };
  return {
    async authenticate({ socket, headers }, { extendedProtection }) {
      const result = await connections.authenticate(socket, headers.authorization, { policy: extendedProtection, token });
      count(socket, result.kind === 'signedIn');
      if (result.kind !== 'signedIn') return result;
      const recipient = await directory.byGuid(result.identity);
      return recipient === undefined ? { kind: 'none' } : { kind: 'signedIn', identity: recipient };
    },
  };
}

function addressOf(connection: object): string {
  return (connection as Socket).remoteAddress ?? '';
}

/** A user principal name stands alone, whatever domain a client adds to it. */
function signInName({ domain, userName }: NtlmUser): string {
  return userName.includes('@') ? userName : `${domain}\\${userName}`;
}

/** NetBIOS names as Windows derives them by default: the first label, in capitals, at most 15 characters. */
function namesOf({ name, fqdn }: ServerIdentity): NtlmServerNames {
  const dnsDomain = fqdn.slice(fqdn.indexOf('.') + 1);
  const [label = dnsDomain] = dnsDomain.split('.');
  return { computer: name.toUpperCase().slice(0, 15), domain: label.toUpperCase().slice(0, 15), dnsComputer: fqdn, dnsDomain };
}
