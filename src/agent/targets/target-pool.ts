import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { Dial } from '../../foundation/index.ts';
import { dialTls, errorCode } from '../../foundation/index.ts';
import { askStatus } from './ask-status.ts';

export interface TargetPoolOptions {
  /** `https://host[:port]`. */
  url: string;
  dial: Dial;
  /** PEM certificates to trust instead of the built-in roots. */
  ca?: readonly string[];
  /** Connections kept dialled and never used. */
  warm: number;
  /** Milliseconds for dialling and the handshake. */
  connectTimeoutMs: number;
  onHealthChanged: (pool: TargetPool) => void;
}

/** Connections with one target. Each serves one client connection and is never used again. */
export interface TargetPool {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** False after a failed attempt, until one succeeds. */
  readonly healthy: boolean;
  readonly lastError: string | undefined;
  readonly connections: number;
  readonly warmConnections: number;
  /** A connection that nobody has used. Rejects with what dialling threw. */
  take(): Promise<TLSSocket>;
  /** A TCP connection, for a client that brings its own TLS. Rejects with what dialling threw. */
  dialPlain(): Promise<Socket>;
  /**
   * Finds out whether the target works: accepts a connection and, where a path is given, answers a GET with a status
   * below 500. Never throws; the result is in `healthy`.
   */
  probe(timeoutMs: number, path?: string): Promise<void>;
  close(): void;
}

/** A warm connection older than this may have been dropped by a firewall without a word. */
const warmLifetimeMs = 30_000;
/** Warm connections are kept while the target has been asked for within this time. */
const warmWhileUsedMs = 5 * 60_000;

/** A resumed handshake takes a third of the time and does not look at the certificate: this often it is looked at all the same. */
const resumeMs = 10 * 60_000;
/** What servers on premises know goes first and alone with a key: making one for ML-KEM as well takes as long as all else that a resumed handshake does. A target that insists on it still gets it. */
const keyExchanges = 'X25519:prime256v1:secp384r1:X25519MLKEM768';

export function createTargetPool(options: TargetPoolOptions): TargetPool {
  const url = new URL(options.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || '443');
  const secureContext: SecureContext = tls.createSecureContext({ minVersion: 'TLSv1.2', ecdhCurve: keyExchanges, ...(options.ca === undefined ? {} : { ca: [...options.ca] }) });
  const warm = new Map<TLSSocket, number>();
  const open = new Set<TLSSocket>();
  let session: Buffer | undefined;
  /** When the certificate of the target was last looked at. */
  let verifiedAt = -Infinity;
  let dialError: string | undefined;
  let checkError: string | undefined;
  let healthyBefore = true;
  let usedAt = -Infinity;
  let filling = 0;
  let closed = false;

  const isHealthy = (): boolean => dialError === undefined && checkError === undefined;
  const noteHealth = (): void => {
    if (healthyBefore === isHealthy()) return;
    healthyBefore = isHealthy();
    options.onHealthChanged(pool);
  };
  const dialTarget = async (timeoutMs: number, resume = true): Promise<TLSSocket> => {
    const offered = resume && performance.now() - verifiedAt < resumeMs ? session : undefined;
    const socket = await dialTls({
      dial: options.dial,
      host,
      port,
      secureContext,
      ALPNProtocols: ['http/1.1'],
      signal: AbortSignal.timeout(timeoutMs),
      onSession: (ticket) => (session = ticket),
      ...(offered === undefined ? {} : { session: offered }),
    });
    if (!socket.isSessionReused()) verifiedAt = performance.now();
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  const dialAndNote = async (timeoutMs: number, resume = true): Promise<TLSSocket> => {
    try {
      const socket = await dialTarget(timeoutMs, resume);
      dialError = undefined;
      return socket;
    } catch (error) {
      // A ticket that the target no longer likes must not be offered again.
      session = undefined;
      dialError = errorCode(error) ?? 'unknown';
      throw error;
    } finally {
      noteHealth();
    }
  };
  const keepWarm = (socket: TLSSocket): void => {
    const drop = (): void => {
      warm.delete(socket);
      socket.destroy();
    };
    // A server that speaks before it is asked, or hangs up, leaves nothing that could be used.
    socket.once('readable', drop);
    socket.once('end', drop);
    socket.once('close', () => warm.delete(socket));
    warm.set(socket, performance.now());
  };
  const refill = (): void => {
    const wanted = options.warm - warm.size - filling;
    if (closed || !isHealthy() || performance.now() - usedAt > warmWhileUsedMs) return;
    for (let count = 0; count < wanted; count += 1) {
      filling += 1;
      dialTarget(options.connectTimeoutMs)
        .then((socket) => (closed ? socket.destroy() : keepWarm(socket)))
        .catch(() => undefined)
        .finally(() => (filling -= 1));
    }
  };
  const takeWarm = (): TLSSocket | undefined => {
    for (const [socket, since] of warm) {
      warm.delete(socket);
      if (socket.destroyed || socket.readableEnded || performance.now() - since > warmLifetimeMs) {
        socket.destroy();
        continue;
      }
      socket.removeAllListeners('readable');
      socket.removeAllListeners('end');
      return socket;
    }
    return undefined;
  };
  const tidy = setInterval(() => {
    for (const [socket, since] of warm) if (performance.now() - since > warmLifetimeMs) socket.destroy();
    refill();
  }, warmLifetimeMs / 2);
  tidy.unref();

  const pool: TargetPool = {
    url: options.url,
    host,
    port,
    get healthy() {
      return isHealthy();
    },
    get lastError() {
      return dialError ?? checkError;
    },
    get connections() {
      return open.size - warm.size;
    },
    get warmConnections() {
      return warm.size;
    },
    async take() {
      usedAt = performance.now();
      const ready = takeWarm();
      if (ready !== undefined) {
        setImmediate(refill);
        return ready;
      }
      const socket = await dialAndNote(options.connectTimeoutMs);
      setImmediate(refill);
      return socket;
    },
    async dialPlain() {
      const socket = await options.dial(host, port, AbortSignal.timeout(options.connectTimeoutMs));
      socket.on('error', () => undefined);
      return socket;
    },
    async probe(timeoutMs, path) {
      try {
        // From the beginning: a handshake that goes on from an earlier one does not look at the certificate.
        const socket = await dialAndNote(timeoutMs, false);
        const status = path === undefined ? undefined : await askStatus(socket, host, path, timeoutMs);
        socket.destroy();
        checkError = status !== undefined && status >= 500 ? `status ${status}` : undefined;
      } catch (error) {
        if (dialError === undefined) checkError = errorCode(error) ?? 'unknown';
      }
      noteHealth();
    },
    close() {
      closed = true;
      clearInterval(tidy);
      for (const socket of warm.keys()) socket.destroy();
    },
  };
  return pool;
}
