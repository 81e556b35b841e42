import type { ConnectionOptions } from 'node:tls';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import type { Dial } from './dial.ts';
import { dialTls } from './dial.ts';

export interface HttpClientOptions {
  dial: Dial;
  /** PEM certificates to trust instead of the built-in roots. */
  ca?: string | readonly string[];
  /** Client certificate, PEM. */
  cert?: string;
  key?: string;
  /** For who only looks: an unverified peer, or one of old TLS. Nothing that is secret may be sent to it. Default: Node's. */
  tls?: Pick<ConnectionOptions, 'rejectUnauthorized' | 'minVersion' | 'ciphers'>;
  /** Connections per origin. Default 64. */
  connections?: number;
  /** Milliseconds to dial and complete the TLS handshake. Default 10,000. */
  connectTimeoutMs?: number;
}

/**
 * An HTTP client (an undici dispatcher; use it with undici's own `request`) whose every connection goes through
 * `dial`. Close it with `close()`.
 */
export function createHttpClient(options: HttpClientOptions): Dispatcher {
  const connectTimeoutMs = options.connectTimeoutMs ?? 10_000;
  const tlsOptions = {
    ...(options.ca === undefined ? {} : { ca: [...(typeof options.ca === 'string' ? [options.ca] : options.ca)] }),
    ...(options.cert === undefined ? {} : { cert: options.cert }),
    ...(options.key === undefined ? {} : { key: options.key }),
    ...options.tls,
  };
  return new Agent({
    connections: options.connections ?? 64,
    pipelining: 1,
    connect: (target, callback) => {
      const signal = AbortSignal.timeout(connectTimeoutMs);
      const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
      const host = target.hostname.replace(/^\[|\]$/g, '');
      const connected =
        target.protocol === 'https:'
          ? dialTls({ dial: options.dial, host, port, signal, ...tlsOptions, ...(target.servername == null ? {} : { servername: target.servername }), ALPNProtocols: ['http/1.1'] })
          : options.dial(host, port, signal);
      connected.then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
    },
  });
}
