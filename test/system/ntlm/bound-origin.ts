import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { systemClock } from '../../../src/foundation/index.ts';
import { createConnectionSignIn, ntHash } from '../../../src/identity/index.ts';

/** A server that knows people by their connections, as IIS does, and writes down what reached it over which. */
export interface BoundOrigin {
  listener: RequestListener;
  /** Connections over which a request has come, oldest first. */
  connections: readonly OriginConnection[];
  /** Codes of refused NTLM messages. */
  refusals: readonly string[];
}

export interface OriginConnection {
  socket: Socket;
  /** What `x-client` said in its requests: one client connection may only ever have one. */
  clients: Set<string>;
  identities: Set<string>;
  requests: number;
}

/**
 * Every request is answered with the identity of its connection, or `nobody`. `/EWS/open` demands none; elsewhere nobody
 * gets a 401.
 */
export function createBoundOrigin(passwordOf: (userName: string) => string | undefined): BoundOrigin {
  const connections: OriginConnection[] = [];
  const bySocket = new Map<Socket, OriginConnection>();
  const refusals: string[] = [];
  const signIn = createConnectionSignIn<string>({
    names: () => ({ computer: 'ORIGIN', domain: 'CONTOSO', dnsComputer: 'origin.contoso.test', dnsDomain: 'contoso.test' }),
    async findAccount({ userName }) {
      const password = passwordOf(userName);
      return password === undefined ? undefined : { identity: userName, ntHash: ntHash(password) };
    },
    clock: systemClock,
  });
  const connectionOf = (socket: Socket): OriginConnection => {
    const known = bySocket.get(socket);
    if (known !== undefined) return known;
    const connection: OriginConnection = { socket, clients: new Set(), identities: new Set(), requests: 0 };
    bySocket.set(socket, connection);
    connections.push(connection);
    return connection;
  };
  return {
    connections,
    refusals,
    listener(request, response) {
      const connection = connectionOf(request.socket);
      connection.requests += 1;
      connection.clients.add(String(request.headers['x-client']));
      void signIn.authenticate(request.socket, request.headers.authorization).then((result) => {
        request.resume();
        if (result.kind === 'challenge') return response.writeHead(401, { 'www-authenticate': result.wwwAuthenticate }).end('nobody');
        if (result.kind === 'refused') refusals.push(result.error.code);
        if (result.kind === 'signedIn') {
          connection.identities.add(result.identity);
          return response.end(result.identity);
        }
        if (request.url === '/EWS/open') return response.end('nobody');
        return response.writeHead(401, { 'www-authenticate': 'NTLM' }).end('nobody');
      });
    },
  };
}
