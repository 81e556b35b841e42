import tls from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { Dial } from '../../foundation/index.ts';
import { dialTls, errorCode } from '../../foundation/index.ts';

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
  /** Dials once to see whether the target accepts connections; the connection is kept warm if there is room. */
  probe(timeoutMs: number): Promise<TLSSocket>;
  note(failure: unknown): void;
  close(): void;
}

/** A warm connection older than this may have been dropped by a firewall without a word. */
const warmLifetimeMs = 30_000;
/** Warm connections are kept while the target has been asked for within this time. */
const warmWhileUsedMs = 5 * 60_000;

export function createTargetPool(options: TargetPoolOptions): TargetPool {
  const url = new URL(options.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || '443');
  const secureContext: SecureContext = tls.createSecureContext({ minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: [...options.ca] }) });
  const warm = new Map<TLSSocket, number>();
  const open = new Set<TLSSocket>();
  let session: Buffer | undefined;
  let healthy = true;
  let lastError: string | undefined;
  let usedAt = -Infinity;
  let filling = 0;
  let closed = false;

  const setHealth = (now: boolean, error?: string): void => {
    const changed = healthy !== now;
    healthy = now;
    lastError = now ? undefined : error;
    if (changed) options.onHealthChanged(pool);
  };
  const dialTarget = async (timeoutMs: number): Promise<TLSSocket> => {
    const socket = await dialTls({
      dial: options.dial,
      host,
      port,
      secureContext,
      ALPNProtocols: ['http/1.1'],
      signal: AbortSignal.timeout(timeoutMs),
      ...(session === undefined ? {} : { session }),
    });
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('session', (ticket) => (session = ticket));
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  const dialAndNote = async (timeoutMs: number): Promise<TLSSocket> => {
    try {
      const socket = await dialTarget(timeoutMs);
      setHealth(true);
      return socket;
    } catch (error) {
      pool.note(error);
      throw error;
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
    if (closed || !healthy || performance.now() - usedAt > warmWhileUsedMs) return;
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
      return healthy;
    },
    get lastError() {
      return lastError;
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
    probe: (timeoutMs) => dialAndNote(timeoutMs),
    note(failure) {
      session = undefined;
      setHealth(false, errorCode(failure) ?? 'unknown');
    },
    close() {
      closed = true;
      clearInterval(tidy);
      for (const socket of warm.keys()) socket.destroy();
    },
  };
  return pool;
}
