import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { Dial } from '../../foundation/index.ts';
import { dialTls, errorCode, errorText } from '../../foundation/index.ts';
import { createHeadReader, createResponseHeadParser } from '../../tunnel/index.ts';
import { AgentError } from '../agent-error.ts';
import { compileNoProxy } from './compile-no-proxy.ts';

export interface OutboundProxy {
  /** `http://[user:password@]host[:port]`; `https://` when the proxy itself speaks TLS. */
  url: string;
  /** Hosts that are reached without the proxy: see `compileNoProxy`. */
  noProxy?: string;
  /** PEM certificates to trust for an `https://` proxy instead of the built-in roots. */
  ca?: string | readonly string[];
}

/**
 * Dials through an outbound proxy with CONNECT (RFC 9110 §9.3.6), with Basic credentials where the address has them.
 *
 * The dial rejects with AgentError `AGENT_PROXY_UNREACHABLE`, `AGENT_PROXY_SILENT`, `AGENT_PROXY_SIGN_IN` or `AGENT_PROXY_REFUSED`.
 */
export function dialThroughProxy(proxy: OutboundProxy, dial: Dial): Dial {
  const url = new URL(proxy.url);
  const proxyHost = url.hostname.replace(/^\[|\]$/g, '');
  const proxyPort = Number(url.port || (url.protocol === 'https:' ? '443' : '80'));
  const place = `${proxyHost}:${proxyPort}`;
  const bypasses = compileNoProxy(proxy.noProxy ?? '');
  const connectToProxy = async (signal: AbortSignal | undefined): Promise<Socket> => {
    try {
      if (url.protocol !== 'https:') return await dial(proxyHost, proxyPort, signal);
      return await dialTls({ dial, host: proxyHost, port: proxyPort, ALPNProtocols: ['http/1.1'], ...(signal === undefined ? {} : { signal }), ...(proxy.ca === undefined ? {} : { ca: [...(typeof proxy.ca === 'string' ? [proxy.ca] : proxy.ca)] }) });
    } catch (error) {
      const cause = errorCode(error) ?? errorText(error);
      throw new AgentError('AGENT_PROXY_UNREACHABLE', `The outbound proxy ${place} cannot be reached (${cause === 'DIAL_ABORTED' ? 'no answer in time' : cause}).`, {
        facts: { proxy: place, cause },
        cause: error,
        retryable: true,
        remedy: 'Check the address of the proxy and that it runs.',
      });
    }
  };
  return async (host, port, signal) => {
    if (bypasses(host, port)) return dial(host, port, signal);
    const socket = await connectToProxy(signal);
    const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
    const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
    if (url.username !== '') lines.push(`Proxy-Authorization: Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`);
    const status = await askProxy(socket, place, `${lines.join('\r\n')}\r\n\r\n`, signal);
    if (status >= 200 && status < 300) return socket;
    socket.destroy();
    throw proxyRefused(status, place, authority);
  };
}

/** Writes the CONNECT request and reads the head of the answer; what follows it stays in the socket. */
function askProxy(socket: Socket, proxy: string, request: string, signal: AbortSignal | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const heads = createHeadReader();
    const settle = (): void => {
      signal?.removeEventListener('abort', abort);
      socket.removeListener('readable', read);
      socket.removeListener('error', fail);
      socket.removeListener('end', cut);
    };
    const give = (error: AgentError): void => {
      settle();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const fail = (error: unknown): void => {
      const cause = errorCode(error) ?? errorText(error);
      give(new AgentError('AGENT_PROXY_REFUSED', `The outbound proxy ${proxy} did not answer as a proxy does (${cause}).`, { facts: { proxy, cause }, cause: error, retryable: true, remedy: 'Check that the address is that of an HTTP proxy.' }));
    };
    const abort = (): void =>
      give(new AgentError('AGENT_PROXY_SILENT', `The outbound proxy ${proxy} did not answer in time.`, { facts: { proxy }, cause: signal?.reason, retryable: true, remedy: 'Check whether the proxy itself gets through to the relay, and that the address is that of an HTTP proxy.' }));
    const cut = (): void => fail(Object.assign(new Error('The proxy hung up.'), { code: 'ECONNRESET' }));
    const read = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      try {
        const head = heads.read(chunk, 0);
        if (head === undefined) return;
        const { status } = createResponseHeadParser()(head.bytes);
        settle();
        if (head.end < chunk.length) socket.unshift(chunk.subarray(head.end));
        resolve(status);
      } catch (error) {
        fail(error);
      }
    };
    signal?.addEventListener('abort', abort, { once: true });
    socket.on('readable', read);
    socket.on('error', fail);
    socket.on('end', cut);
    socket.write(request);
  });
}

function proxyRefused(status: number, proxy: string, authority: string): AgentError {
  const facts = { proxy, authority, status };
  // tinyproxy answers wrong credentials with 401, as no proxy should.
  if (status === 407 || status === 401) {
    return new AgentError('AGENT_PROXY_SIGN_IN', `The outbound proxy ${proxy} wants credentials, or does not accept those it got.`, { facts, retryable: true, remedy: 'Check proxy.user and proxy.password (Basic; or HYBRIDGE_AGENT_PROXY_USER and _PASSWORD).' });
  }
  if (status >= 500) {
    return new AgentError('AGENT_PROXY_REFUSED', `The outbound proxy ${proxy} does not get through to ${authority} (${status}).`, { facts, retryable: true, remedy: 'Check whether this host is up, and whether the proxy resolves its name and reaches it.' });
  }
  return new AgentError('AGENT_PROXY_REFUSED', `The outbound proxy ${proxy} refused the connection to ${authority} (${status}).`, { facts, retryable: true, remedy: 'Have the proxy allow CONNECT to this host and port, without TLS inspection.' });
}
