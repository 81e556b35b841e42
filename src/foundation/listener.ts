import type { AddressInfo, Server, Socket } from 'node:net';
import { errorCode, HybridgeError } from './hybridge-error.ts';

export type ListenerErrorCode = 'LISTEN_PORT_TAKEN' | 'LISTEN_NOT_PERMITTED' | 'LISTEN_FAILED';

export interface ListenOptions {
  /** Address to bind. Default `127.0.0.1`: a party is reachable from outside only where its configuration says so. */
  host?: string;
  /** 0 (default) lets the system choose. */
  port?: number;
}

export interface Listener {
  host: string;
  port: number;
  /** Stops accepting, lets connections in work finish for `graceMs` (default 0), then destroys what is left. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Binds a server and follows its connections, so that closing it ends in bounded time. Idle keep-alive connections of
 * Node's HTTP servers are closed at once.
 *
 * @throws HybridgeError `LISTEN_PORT_TAKEN`, `LISTEN_NOT_PERMITTED` or `LISTEN_FAILED`
 */
export async function listen(server: Server, options: ListenOptions = {}): Promise<Listener> {
  const host = options.host ?? '127.0.0.1';
  const port = options.port ?? 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  const bound = (server.address() as AddressInfo).port;
  let closing: Promise<void> | undefined;
  return {
    host,
    port: bound,
    close(graceMs = 0) {
      closing ??= closeServer(server, sockets, graceMs);
      return closing;
    },
  };
}

async function closeServer(server: Server, sockets: Set<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  (server as Server & { closeIdleConnections?(): void }).closeIdleConnections?.();
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, graceMs);
  await closed;
  clearTimeout(timer);
}

function listenError(error: Error, host: string, port: number): HybridgeError<ListenerErrorCode> {
  const code = errorCode(error);
  const facts = { host, port, cause: code };
  if (code === 'EADDRINUSE') {
    return new HybridgeError('LISTEN_PORT_TAKEN', `Port ${port} on ${host} is already in use.`, {
      facts,
      cause: error,
      remedy: 'Stop the program that holds the port, or choose another one.',
    });
  }
  if (code === 'EACCES') {
    return new HybridgeError('LISTEN_NOT_PERMITTED', `This account may not listen on port ${port} of ${host}.`, {
      facts,
      cause: error,
      remedy: 'Choose a port above 1023, or grant the process CAP_NET_BIND_SERVICE.',
    });
  }
  return new HybridgeError('LISTEN_FAILED', `Cannot listen on ${host}:${port} (${code ?? error.message}).`, { facts, cause: error });
}
