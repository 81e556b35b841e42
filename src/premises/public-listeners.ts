import { createServer as createPlainServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { Listener, ListenOptions, Log } from '../foundation/index.ts';
import { listen } from '../foundation/index.ts';

export interface PublicListenersOptions {
  tls: ListenOptions & { cert: string; key: string };
  plain?: ListenOptions;
  timeouts?: { headMs?: number; requestMs?: number };
  handler: RequestListener;
  log: Log;
}

export interface PublicListeners {
  host: string;
  port: number;
  plainPort?: number;
  close(graceMs?: number): Promise<void>;
}

/** The listeners of the public side: TLS, and one without where it is wanted. */
export async function openPublicListeners({ tls, plain, timeouts, handler, log }: PublicListenersOptions): Promise<PublicListeners> {
  const { headMs = 60_000, requestMs = 300_000 } = timeouts ?? {};
  const limits = {
    keepAliveTimeout: 120_000,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(headMs, requestMs, 10_000) / 2,
    // A token alone may have 16 KiB.
    maxHeaderSize: 32_768,
  };
  const server = createServer({ ...limits, cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2', handshakeTimeout: headMs }, handler);
  server.on('tlsClientError', (error, socket) => log.debug({ err: error, client: socket.remoteAddress }, 'TLS handshake failed'));
  const main = await listen(server, tls);
  if (plain === undefined) return main;
  let second: Listener;
  try {
    second = await listen(createPlainServer(limits, handler), plain);
  } catch (error) {
    await main.close();
    throw error;
  }
  return {
    host: main.host,
    port: main.port,
    plainPort: second.port,
    async close(graceMs) {
      await Promise.all([main.close(graceMs), second.close(graceMs)]);
    },
  };
}
