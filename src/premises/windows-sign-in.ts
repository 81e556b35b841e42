import type { IncomingMessage } from 'node:http';
import type { Clock } from '../foundation/index.ts';
import type { ConnectionSignInResult, NtlmServerNames, NtlmUser } from '../identity/index.ts';
import { channelBindingToken, createConnectionSignIn } from '../identity/index.ts';
import type { Organization, Recipient } from '../organization/index.ts';
import type { ServerIdentity } from './server-identity.ts';
import type { VirtualDirectoryMethods } from './virtual-directories.ts';

export interface WindowsSignInOptions {
  organization: Organization;
  server: ServerIdentity;
  /** PEM; what clients see of this server, and tie their sign-in to. */
  certificate: string;
  clock: Clock;
}

/** NTLM at virtual directories. */
export interface WindowsSignIn {
  /** Call for every request to a directory with Windows sign-in, whatever its `Authorization`. */
  authenticate(request: IncomingMessage, methods: VirtualDirectoryMethods): Promise<ConnectionSignInResult<Recipient>>;
}

/**
 * Signs connections in by NTLM. What a connection has proved is an account, not a person's state of that time: whoever
 * has been removed since is nobody.
 */
export function createWindowsSignIn({ organization, server, certificate, clock }: WindowsSignInOptions): WindowsSignIn {
  const { directory } = organization;
  const token = channelBindingToken(certificate);
  const connections = createConnectionSignIn<string>({
    names: () => namesOf(server),
    async findAccount(user) {
      const found = await directory.findNtHash(signInName(user));
      return found === undefined ? undefined : { identity: found.recipient.guid, ntHash: found.ntHash };
    },
    clock,
  });
  return {
    async authenticate(request, { extendedProtection }) {
      const result = await connections.authenticate(request.socket, request.headers.authorization, { policy: extendedProtection, token });
      if (result.kind !== 'signedIn') return result;
      const recipient = await directory.byGuid(result.identity);
      return recipient === undefined ? { kind: 'none' } : { kind: 'signedIn', identity: recipient };
    },
  };
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
