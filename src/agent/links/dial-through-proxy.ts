import { BlockList, isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { Dial } from '../../foundation/index.ts';
import { dialTls, errorCode, errorText } from '../../foundation/index.ts';
import { createHeadReader, createResponseHeadParser } from '../../tunnel/index.ts';
import { AgentError } from '../agent-error.ts';

export interface OutboundProxy {
  /** `http://[user:password@]host[:port]`; `https://` when the proxy itself speaks TLS. */
  url: string;
  /** Hosts that are reached without the proxy, in the form of NO_PROXY: `host`, `.domain`, `*.domain`, `host:port`, `10.0.0.0/8`, `*`; separated by commas. */
  noProxy?: string;
  /** PEM certificates to trust for an `https://` proxy instead of the built-in roots. */
  ca?: string | readonly string[];
}

/**
 * Dials through an outbound proxy with CONNECT (RFC 9110 §9.3.6), with Basic credentials where the address has them.
 *
 * The dial rejects with AgentError `AGENT_PROXY_UNREACHABLE`, `AGENT_PROXY_SIGN_IN` or `AGENT_PROXY_REFUSED`.
 */
export function dialThroughProxy(proxy: OutboundProxy, dial: Dial): Dial {
  const url = new URL(proxy.url);
  const proxyHost = url.hostname.replace(/^\[|\]$/g, '');
  const proxyPort = Number(url.port || (url.protocol === 'https:' ? '443' : '80'));
  const bypasses = compileNoProxy(proxy.noProxy ?? '');
  const connectToProxy = async (signal: AbortSignal | undefined): Promise<Socket> => {
    try {
      if (url.protocol !== 'https:') return await dial(proxyHost, proxyPort, signal);
      return await dialTls({ dial, host: proxyHost, port: proxyPort, ALPNProtocols: ['http/1.1'], ...(signal === undefined ? {} : { signal }), ...(proxy.ca === undefined ? {} : { ca: [...(typeof proxy.ca === 'string' ? [proxy.ca] : proxy.ca)] }) });
    } catch (error) {
      const cause = errorCode(error) ?? errorText(error);
      throw new AgentError('AGENT_PROXY_UNREACHABLE', `The outbound proxy cannot be reached (${cause}).`, {
        facts: { proxy: `${proxyHost}:${proxyPort}`, cause },
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
    const status = await askProxy(socket, `${lines.join('\r\n')}\r\n\r\n`, signal);
    if (status >= 200 && status < 300) return socket;
    socket.destroy();
    throw proxyRefused(status, `${proxyHost}:${proxyPort}`, authority);
  };
}

/** Writes the CONNECT request and reads the head of the answer; what follows it stays in the socket. */
function askProxy(socket: Socket, request: string, signal: AbortSignal | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const heads = createHeadReader();
    const settle = (): void => {
      signal?.removeEventListener('abort', abort);
      socket.removeListener('readable', read);
      socket.removeListener('error', fail);
      socket.removeListener('end', cut);
    };
    const fail = (error: unknown): void => {
      settle();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(
        new AgentError('AGENT_PROXY_REFUSED', 'The outbound proxy did not answer as a proxy does.', { facts: { cause: errorCode(error) ?? errorText(error) }, cause: error, retryable: true, remedy: 'Check that the address is that of an HTTP proxy.' }),
      );
    };
    const abort = (): void => fail(signal?.reason);
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
    return new AgentError('AGENT_PROXY_SIGN_IN', 'The outbound proxy wants credentials, or does not accept those it got.', { facts, retryable: true, remedy: 'Check proxy.user and proxy.password (Basic; or HYBRIDGE_AGENT_PROXY_USER and _PASSWORD).' });
  }
  return new AgentError('AGENT_PROXY_REFUSED', `The outbound proxy refused the connection (${status}).`, { facts, retryable: true, remedy: 'Have the proxy allow CONNECT to the relay on its port, without TLS inspection.' });
}

function compileNoProxy(list: string): (host: string, port: number) => boolean {
  const networks = new BlockList();
  const rules: { host: string; suffix: boolean; port: number | undefined }[] = [];
  for (const entry of list.split(',').map((part) => part.trim().toLowerCase())) {
    if (entry === '') continue;
    if (entry === '*') return () => true;
    const network = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry);
    if (network !== null) {
      networks.addSubnet(network[1] ?? '', Number(network[2]), isIP(network[1] ?? '') === 6 ? 'ipv6' : 'ipv4');
      continue;
    }
    // An IPv6 address is all host; elsewhere a port may follow.
    const [, name = entry, port] = (isIP(entry) === 6 ? null : /^(.*):(\d+)$/.exec(entry)) ?? [];
    const suffix = name.startsWith('*.') || name.startsWith('.');
    rules.push({ host: name.replace(/^\*?\./, ''), suffix, port: port === undefined ? undefined : Number(port) });
  }
  return (host, port) => {
    const name = host.toLowerCase();
    const version = isIP(name);
    if (version !== 0 && networks.check(name, version === 6 ? 'ipv6' : 'ipv4')) return true;
    return rules.some((rule) => (rule.port === undefined || rule.port === port) && (rule.host === name || (rule.suffix && name.endsWith(`.${rule.host}`))));
  };
}
