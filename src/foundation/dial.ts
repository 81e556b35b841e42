import { isIP } from 'node:net';
import type { LookupFunction, Socket } from 'node:net';
import net from 'node:net';
import tls from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { HybridgeError } from './hybridge-error.ts';

/** Opens a TCP connection. Injected everywhere, so that a proxy, a lab network or a test can stand in the way. */
export type Dial = (host: string, port: number, signal?: AbortSignal) => Promise<Socket>;

export type DialErrorCode = 'DIAL_TIMEOUT' | 'DIAL_ABORTED';

/**
 * Makes a dial; Nagle off. Names are resolved by `lookup`, by the operating system where there is none. It rejects with
 * Node's own error codes (`ECONNREFUSED`, `ENOTFOUND`…) and with what `lookup` failed with.
 */
export const createDial = (lookup?: LookupFunction): Dial => (host, port, signal) =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, noDelay: true, ...(lookup === undefined ? {} : { lookup }) });
    const abort = (): void => {
      socket.destroy();
      reject(new HybridgeError<DialErrorCode>('DIAL_ABORTED', 'The connection attempt was given up.', { facts: { host, port }, cause: signal?.reason }));
    };
    if (signal?.aborted === true) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => {
      signal?.removeEventListener('abort', abort);
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error) => {
      signal?.removeEventListener('abort', abort);
      reject(error);
    });
  });

/** Dials through the operating system's resolver. */
export const systemDial: Dial = createDial();

export interface DialTlsOptions extends Omit<ConnectionOptions, 'socket' | 'host' | 'port'> {
  dial: Dial;
  host: string;
  port: number;
  signal?: AbortSignal;
  /** Takes what a later handshake can go on from. Up to TLS 1.2 it comes during the handshake, so that it is too late to ask for it afterwards. */
  onSession?: (session: Buffer) => void;
}

/** Dials and completes a TLS handshake, verifying the peer for `servername` (default: `host`). Rejects with OpenSSL's codes. */
export async function dialTls(options: DialTlsOptions): Promise<TLSSocket> {
  const { dial, host, port, signal, onSession, ...tlsOptions } = options;
  const socket = await dial(host, port, signal);
  const servername = tlsOptions.servername ?? (isIP(host) === 0 ? host : '');
  return new Promise((resolve, reject) => {
    const secure = tls.connect({ ...tlsOptions, socket, servername, ...(servername === '' ? { checkServerIdentity: (_, cert) => tls.checkServerIdentity(host, cert) } : {}) });
    if (onSession !== undefined) secure.on('session', onSession);
    const abort = (): void => {
      secure.destroy(new HybridgeError<DialErrorCode>('DIAL_ABORTED', 'The TLS handshake was given up.', { facts: { host, port } }));
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = (): void => signal?.removeEventListener('abort', abort);
    secure.once('secureConnect', () => {
      settle();
      secure.removeAllListeners('error');
      secure.removeAllListeners('close');
      resolve(secure);
    });
    secure.once('error', (error) => {
      settle();
      reject(error);
    });
    secure.once('close', () => {
      settle();
      reject(Object.assign(new Error('The peer closed the connection during the TLS handshake.'), { code: 'ECONNRESET' }));
    });
  });
}
