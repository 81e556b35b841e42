import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import net from 'node:net';
import type { BlockList, Socket } from 'node:net';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Listener, ListenOptions, Log } from '../../foundation/index.ts';
import { listen } from '../../foundation/index.ts';
import type { CertificateWithKey } from '../../identity/index.ts';
import type { ClientHello } from '../../tunnel/index.ts';
import { linkProtocol, readClientHello } from '../../tunnel/index.ts';
import type { ConnectionPlace } from '../limits/create-limiter.ts';
import type { ClientFacts } from '../proxy/proxy-context.ts';
import type { RelayMetrics } from '../relay-metrics.ts';
import type { ConnectionLimiter } from './connection-limiter.ts';
import { loadCertificate } from './load-certificate.ts';
import type { ProxyHeader } from './read-proxy-header.ts';
import { readProxyHeader } from './read-proxy-header.ts';

export interface PublicListenerOptions extends ListenOptions {
  /** The first serves clients without a name that fits another. */
  certificates: readonly CertificateWithKey[];
  /** The relay's own host names, answered by `ownHost` instead of an agent. */
  ownHosts: ReadonlySet<string>;
  ownHost: RequestListener;
  /** Serves one client connection after its TLS handshake, HTTP/1.1 or (ALPN `h2`) HTTP/2. */
  serve: (socket: TLSSocket, client: ClientFacts) => ServedConnection;
  /** Takes connections of agents, before their handshake, with the address that they come from. */
  acceptLink: (socket: Socket, address: string) => void;
  /**
   * Begins a handshake, now or when it is its turn; false when the connection must be closed instead. `serverName` is
   * what the client asked for.
   */
  admitHandshake: (serverName: string | undefined, begin: () => void) => boolean;
  /** The place of one client connection. */
  place: () => ConnectionPlace;
  /** Load balancers whose connections begin with a PROXY protocol header, and must. */
  proxies?: BlockList;
  /** Takes a connection whose TLS ends at a target; false when no application passes that name through. */
  passThrough: (socket: Socket, serverName: string, client: ClientFacts) => boolean;
  limiter: ConnectionLimiter;
  metrics: RelayMetrics;
  log: Log;
}

export interface ServedConnection {
  /** Ends the connection as soon as no request is in work on it. */
  drain(): void;
}

export interface PublicListener {
  listener: Listener;
  /** Client connections after their handshake. */
  readonly clients: number;
  /** Where a connection comes from that `ownHost` answers on. */
  addressOf(socket: Socket): string;
  /** Ends client connections as their requests finish; resolves when none is left. */
  drain(): Promise<void>;
}

/** Milliseconds in which a client must have sent its ClientHello, and then finished its handshake. */
const helloTimeoutMs = 10_000;

/**
 * The one public port. What a connection is shows in its ClientHello: a link of an agent by its application protocol,
 * a pass-through application by its name, everybody else is an HTTPS client.
 */
export async function startPublicListener(options: PublicListenerOptions): Promise<PublicListener> {
  const { log, metrics, limiter } = options;
  const clients = new Map<TLSSocket, ServedConnection>();
  /** TCP connections under the clients' TLS, by the far end. */
  const transports = new Map<string, Arrival>();
  let emptied: (() => void) | undefined;
  const [first, ...others] = options.certificates.map(loadCertificate);
  if (first === undefined) throw new RangeError('a relay needs a certificate');
  const https = tls.createServer({
    cert: first.certificate,
    key: first.privateKey,
    minVersion: 'TLSv1.2',
    // The relay's own host answers in HTTP/1.1 only. Whatever its type says, `servername` is no text where the client names nobody.
    ALPNCallback: ({ servername, protocols }: { servername: unknown; protocols: string[] }) => ['h2', 'http/1.1'].find((one) => protocols.includes(one) && (one !== 'h2' || typeof servername !== 'string' || !options.ownHosts.has(servername.toLowerCase()))),
    handshakeTimeout: helloTimeoutMs,
    SNICallback: (name, callback) => callback(null, [first, ...others].find((one) => one.x509.checkHost(name) !== undefined)?.context),
  });
  const own = createHttpServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, options.ownHost);
  https.on('tlsClientError', (error) => log.debug({ err: error }, 'client handshake failed'));
  https.on('secureConnection', (socket) => {
    socket.once('close', () => {
      clients.delete(socket);
      if (clients.size === 0) emptied?.();
    });
    const serverName = typeof socket.servername === 'string' ? socket.servername.toLowerCase() : undefined;
    if (serverName !== undefined && options.ownHosts.has(serverName)) {
      clients.set(socket, { drain: () => own.closeIdleConnections() });
      own.emit('connection', socket);
      return;
    }
    const arrival = transports.get(farEnd(socket));
    if (arrival === undefined) socket.destroy();
    else clients.set(socket, options.serve(socket, factsOf(arrival, serverName, placeOf(arrival.socket))));
  });
  const placeOf = (socket: Socket): ConnectionPlace => {
    const place = options.place();
    socket.once('close', place.leave);
    return place;
  };

  const refuse = (socket: Socket, reason: string): void => {
    metrics.connectionsRefused.add(reason);
    socket.destroy();
  };
  const dispatch = (arrival: Arrival, hello: ClientHello): void => {
    const { socket } = arrival;
    if (hello.protocols.includes(linkProtocol)) return options.acceptLink(socket, addressOf(arrival));
    const begin = (): void => {
      if (socket.destroyed) return;
      if (hello.serverName !== undefined && options.passThrough(socket, hello.serverName, factsOf(arrival, hello.serverName, placeOf(socket)))) return;
      const key = farEnd(socket);
      transports.set(key, arrival);
      socket.once('close', () => transports.delete(key));
      https.emit('connection', socket);
    };
    if (!options.admitHandshake(hello.serverName, begin)) refuse(socket, 'tenant-rate');
  };
  const server = net.createServer({ noDelay: true, pauseOnConnect: false }, (socket) => {
    const admit = (address: string): boolean => {
      if (!limiter.admit(address)) {
        refuse(socket, 'rate');
        return false;
      }
      socket.once('close', () => limiter.release(address));
      return true;
    };
    const address = socket.remoteAddress ?? '';
    const proxied = options.proxies?.check(address, net.isIPv6(address) ? 'ipv6' : 'ipv4') === true;
    // Behind a load balancer, addresses are counted once they are known.
    if (!proxied && !admit(address)) return;
    readHello(socket, proxied, (hello, header) => {
      const client = header?.client;
      if (proxied && !admit(client?.address ?? address)) return;
      dispatch({ socket, ...(client === undefined ? {} : { client }) }, hello);
    }, (reason) => refuse(socket, reason));
  });
  const listener = await listen(server, options);
  return {
    listener,
    get clients() {
      return clients.size;
    },
    addressOf(socket) {
      const arrival = transports.get(farEnd(socket));
      return arrival === undefined ? '' : addressOf(arrival);
    },
    drain: () =>
      new Promise((resolve) => {
        emptied = resolve;
        for (const connection of clients.values()) connection.drain();
        if (clients.size === 0) resolve();
      }),
  };
}

/** A connection that has come, and who is at its far end where a load balancer says so. */
interface Arrival {
  socket: Socket;
  client?: { address: string; port: number };
}

/** Waits for the ClientHello, behind a PROXY header where one must be, and puts its bytes back for whoever takes the connection over. */
function readHello(socket: Socket, proxied: boolean, found: (hello: ClientHello, header: ProxyHeader | undefined) => void, failed: (reason: string) => void): void {
  let received: Buffer | undefined;
  let header: ProxyHeader | undefined;
  const finish = (): void => {
    clearTimeout(timer);
    socket.removeListener('readable', read);
    socket.removeListener('error', ignore);
    socket.removeListener('end', cut);
  };
  const ignore = (): void => undefined;
  const cut = (): void => {
    finish();
    failed('cut');
  };
  const read = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    received = received === undefined ? chunk : Buffer.concat([received, chunk]);
    let hello: ClientHello | undefined;
    try {
      if (proxied && header === undefined) {
        header = readProxyHeader(received);
        if (header === undefined) return;
        received = received.subarray(header.length);
      }
      hello = readClientHello(received);
    } catch {
      finish();
      socket.on('error', ignore);
      failed(proxied && header === undefined ? 'proxy-header' : 'not-tls');
      return;
    }
    if (hello === undefined) return;
    finish();
    socket.unshift(received);
    found(hello, header);
  };
  const timer = setTimeout(() => {
    finish();
    socket.on('error', ignore);
    failed('time-out');
  }, helloTimeoutMs);
  socket.on('readable', read);
  socket.on('error', ignore);
  socket.on('end', cut);
  socket.once('close', () => clearTimeout(timer));
}

function factsOf({ socket, client }: Arrival, serverName: string | undefined, place: ConnectionPlace): ClientFacts {
  return {
    address: addressOf({ socket, client }),
    port: client?.port ?? socket.remotePort ?? 0,
    localAddress: (socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, ''),
    localPort: socket.localPort ?? 0,
    serverName,
    place,
    reset: () => void socket.resetAndDestroy(),
  };
}

/** Where a connection comes from: what a load balancer says, or the far end of its TCP connection. */
function addressOf({ socket, client }: { socket: Socket; client?: Arrival['client'] | undefined }): string {
  return client?.address ?? (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}

function farEnd(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
