import type { TLSSocket } from 'node:tls';
import type { Dial } from '../../foundation/index.ts';
import { dialTls } from '../../foundation/index.ts';
import type { AgentMessage, ControlChannel, LinkStream, RelayMessage } from '../../tunnel/index.ts';
import { controlPath, createControlChannel, errorCodes, linkProtocol, openLinkSession, relayMessageSchema, relayMessageTypes, serverNameHeader } from '../../tunnel/index.ts';
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
  onStream: (stream: LinkStream, applicationId: string, passThroughName: string | undefined) => void;
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
  let control: ControlChannel<AgentMessage> | undefined;
  let controlStream: LinkStream | undefined;
  let failure: Error | undefined;
  const session = openLinkSession(socket, {
    role: 'server',
    onStream(stream) {
      if (stream.headers.get(':method') === 'CONNECT') options.onStream(stream, stream.headers.get(':authority') ?? '', stream.headers.get(serverNameHeader));
      else if (stream.headers.get(':path') === controlPath && control === undefined) {
        controlStream = stream;
        stream.respond(200);
        control = createControlChannel<RelayMessage, AgentMessage>(stream, {
          schema: relayMessageSchema,
          knownTypes: relayMessageTypes,
          onMessage: (message) => options.onMessage(message, link),
          onError: (error) => link.destroy(error),
        });
        control.send(options.hello());
      } else stream.reset(errorCodes.refusedStream);
    },
    onDead: () => link.destroy(new AgentError('AGENT_RELAY_SILENT', 'The relay has gone silent; the link was given up.', { retryable: true })),
    onClose: (error) => options.onClosed(link, failure ?? error),
    ...(options.pingIntervalMs === undefined ? {} : { pingIntervalMs: options.pingIntervalMs }),
  });
  const link: RelayLink = {
    get activeStreams() {
      return session.activeStreams - (controlStream?.closed === false ? 1 : 0);
    },
    send: (message) => control?.send(message),
    finish() {
      control?.end();
      session.close();
    },
    destroy(error) {
      failure ??= error;
      session.destroy();
    },
  };
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
