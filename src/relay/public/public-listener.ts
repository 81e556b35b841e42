import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import net from 'node:net';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { Listener, ListenOptions, Log } from '../../foundation/index.ts';
import { listen } from '../../foundation/index.ts';
import type { CertificateWithKey } from '../../identity/index.ts';
import type { ClientHello } from '../../tunnel/index.ts';
import { linkProtocol, readClientHello } from '../../tunnel/index.ts';
import type { ClientFacts } from '../proxy/proxy-context.ts';
import type { RelayMetrics } from '../relay-metrics.ts';
import type { ConnectionLimiter } from './connection-limiter.ts';
import { loadCertificate } from './load-certificate.ts';

export interface PublicListenerOptions extends ListenOptions {
  /** The first serves clients without a name that fits another. */
  certificates: readonly CertificateWithKey[];
  /** The relay's own host names, answered by `ownHost` instead of an agent. */
  ownHosts: ReadonlySet<string>;
  ownHost: RequestListener;
  /** Serves one client connection after its TLS handshake, HTTP/1.1 or (ALPN `h2`) HTTP/2. */
  serve: (socket: TLSSocket, client: ClientFacts) => ServedConnection;
  /** Takes connections of agents, before their handshake. */
  acceptLink: (socket: Socket) => void;
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
  const transports = new Map<string, Socket>();
  let emptied: (() => void) | undefined;
  const [first, ...others] = options.certificates.map(loadCertificate);
  if (first === undefined) throw new RangeError('a relay needs a certificate');
  const https = tls.createServer({
    cert: first.certificate,
    key: first.privateKey,
    minVersion: 'TLSv1.2',
    // The relay's own host answers in HTTP/1.1 only.
    ALPNCallback: ({ servername, protocols }) => ['h2', 'http/1.1'].find((one) => protocols.includes(one) && (one !== 'h2' || !options.ownHosts.has(servername.toLowerCase()))),
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
    } else clients.set(socket, options.serve(socket, factsOf(transports.get(farEnd(socket)) ?? socket, serverName)));
  });

  const dispatch = (socket: Socket, hello: ClientHello): void => {
    if (hello.protocols.includes(linkProtocol)) return options.acceptLink(socket);
    if (hello.serverName !== undefined && options.passThrough(socket, hello.serverName, factsOf(socket, hello.serverName))) return;
    const key = farEnd(socket);
    transports.set(key, socket);
    socket.once('close', () => transports.delete(key));
    https.emit('connection', socket);
  };
  const server = net.createServer({ noDelay: true, pauseOnConnect: false }, (socket) => {
    const address = socket.remoteAddress ?? '';
    if (!limiter.admit(address)) {
      metrics.connectionsRefused.inc({ reason: 'rate' });
      socket.destroy();
      return;
    }
    socket.once('close', () => limiter.release(address));
    readHello(socket, dispatch, (reason) => {
      metrics.connectionsRefused.inc({ reason });
      socket.destroy();
    });
  });
  const listener = await listen(server, options);
  return {
    listener,
    get clients() {
      return clients.size;
    },
    drain: () =>
      new Promise((resolve) => {
        emptied = resolve;
        for (const connection of clients.values()) connection.drain();
        if (clients.size === 0) resolve();
      }),
  };
}

/** Waits for the ClientHello and puts its bytes back for whoever takes the connection over. */
function readHello(socket: Socket, found: (socket: Socket, hello: ClientHello) => void, failed: (reason: string) => void): void {
  let received: Buffer | undefined;
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
      hello = readClientHello(received);
    } catch {
      finish();
      socket.on('error', ignore);
      failed('not-tls');
      return;
    }
    if (hello === undefined) return;
    finish();
    socket.unshift(received);
    found(socket, hello);
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

function factsOf(socket: Socket, serverName: string | undefined): ClientFacts {
  return {
    address: (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, ''),
    localAddress: socket.localAddress ?? '',
    localPort: socket.localPort ?? 0,
    serverName,
    reset: () => void socket.resetAndDestroy(),
  };
}

function farEnd(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}
