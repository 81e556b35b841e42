import http2 from 'node:http2';
import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Dial } from '../../foundation/index.ts';
import { dialTls } from '../../foundation/index.ts';
import type { AgentMessage, ControlChannel, RelayMessage } from '../../tunnel/index.ts';
import { controlPath, createControlChannel, linkProtocol, linkServerOptions, relayMessageSchema, relayMessageTypes, serverNameHeader, unblockWrites, watchLiveness, widenLink } from '../../tunnel/index.ts';
import { AgentError } from '../agent-error.ts';
import { relayConnectionError } from './relay-connection-error.ts';

export interface RelayLinkOptions {
  host: string;
  port: number;
  dial: Dial;
  ca?: readonly string[];
  certificate: string;
  privateKey: string;
  /** First message of every link. */
  hello: () => AgentMessage;
  onMessage: (message: RelayMessage, link: RelayLink) => void;
  /** `passThroughName` is given when TLS is not to be ended but passed through. */
  onStream: (stream: ServerHttp2Stream, applicationId: string, passThroughName: string | undefined) => void;
  /** Once, with the reason where there is one. */
  onClosed: (link: RelayLink, error: Error | undefined) => void;
  connectTimeoutMs: number;
  pingIntervalMs?: number;
}

/** One connection with the relay, which this agent opened; HTTP/2 with the agent as server. */
export interface RelayLink {
  readonly activeStreams: number;
  send(message: AgentMessage): void;
  /** Accepts no more streams; the link ends when those in work have. */
  finish(): void;
  destroy(error?: Error): void;
}

/** @throws AgentError `AGENT_RELAY_UNREACHABLE`, `AGENT_RELAY_CERTIFICATE`, `AGENT_RELAY_ANSWER` */
export async function openRelayLink(options: RelayLinkOptions): Promise<RelayLink> {
  const socket = await connect(options);
  // No write may be in flight on the socket when HTTP/2 takes it over: the process would abort. Nothing has been written here.
  const session: ServerHttp2Session = http2.performServerHandshake(unblockWrites(socket), linkServerOptions);
  let control: ControlChannel<AgentMessage> | undefined;
  let failure: Error | undefined;
  let active = 0;
  const link: RelayLink = {
    get activeStreams() {
      return active;
    },
    send: (message) => control?.send(message),
    finish() {
      control?.end();
      if (!session.closed && !session.destroyed) session.close();
    },
    destroy(error) {
      failure ??= error;
      // With a code, so that no stream takes this for an orderly end.
      session.destroy(new Error('The link was given up.'), http2.constants.NGHTTP2_CANCEL);
      socket.destroy();
    },
  };
  widenLink(session);
  session.on('stream', (stream: ServerHttp2Stream, headers) => {
    if (headers[':method'] === 'CONNECT') {
      active += 1;
      stream.once('close', () => (active -= 1));
      const passThroughName = headers[serverNameHeader];
      options.onStream(stream, String(headers[':authority']), typeof passThroughName === 'string' ? passThroughName : undefined);
    } else if (headers[':path'] === controlPath && control === undefined) {
      stream.on('error', () => undefined);
      stream.respond({ ':status': 200 });
      control = createControlChannel<RelayMessage, AgentMessage>(stream, {
        schema: relayMessageSchema,
        knownTypes: relayMessageTypes,
        onMessage: (message) => options.onMessage(message, link),
        onError: (error) => link.destroy(error),
      });
      control.send(options.hello());
    } else stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
  });
  session.on('error', (error) => (failure ??= error));
  session.once('close', () => {
    socket.destroy();
    options.onClosed(link, failure);
  });
  watchLiveness(session, {
    bytesReceived: () => socket.bytesRead,
    streams: () => active,
    ...(options.pingIntervalMs === undefined ? {} : { intervalMs: options.pingIntervalMs }),
    onDead: () => link.destroy(new AgentError('AGENT_RELAY_SILENT', 'The relay has gone silent; the link was given up.', { retryable: true })),
  });
  return link;
}

async function connect(options: RelayLinkOptions): Promise<TLSSocket> {
  const relay = `${options.host}:${options.port}`;
  let socket: TLSSocket;
  try {
    socket = await dialTls({
      dial: options.dial,
      host: options.host,
      port: options.port,
      cert: options.certificate,
      key: options.privateKey,
      minVersion: 'TLSv1.2',
      ALPNProtocols: [linkProtocol],
      signal: AbortSignal.timeout(options.connectTimeoutMs),
      ...(options.ca === undefined ? {} : { ca: [...options.ca] }),
    });
  } catch (error) {
    throw relayConnectionError(error, relay);
  }
  socket.on('error', () => undefined);
  socket.setNoDelay(true);
  if (socket.alpnProtocol === linkProtocol) return socket;
  socket.destroy();
  throw new AgentError('AGENT_RELAY_ANSWER', 'What answers at the address of the relay does not speak its protocol.', {
    facts: { relay, protocol: socket.alpnProtocol },
    retryable: true,
    remedy: 'Check the address; a proxy that inspects TLS must leave the relay alone.',
  });
}
