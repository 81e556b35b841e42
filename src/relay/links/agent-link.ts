import http2 from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Log } from '../../foundation/index.ts';
import type { AgentCounters, AgentMessage, ControlChannel, RelayMessage, TargetStatus } from '../../tunnel/index.ts';
import { agentMessageSchema, agentMessageTypes, controlPath, createControlChannel, linkClientOptions, maximumStreamsPerLink, serverNameHeader, unblockWrites, watchLiveness, widenLink } from '../../tunnel/index.ts';

export interface AgentLinkOptions {
  agentId: string;
  tenantId: string;
  /** The connection with the agent, handshake done, nothing written yet. */
  socket: TLSSocket;
  log: Log;
  onMessage: (message: AgentMessage, link: AgentLink) => void;
  onClosed: (link: AgentLink) => void;
  /** Milliseconds between pings. Default 1,000; the link counts as dead after four silent ones. */
  pingIntervalMs?: number;
}

/** One connection that an agent opened; HTTP/2 with the relay as client. */
export interface AgentLink {
  readonly agentId: string;
  readonly tenantId: string;
  readonly externalIp: string;
  /** Client connections in work. */
  readonly activeStreams: number;
  /** No new streams: the agent goes away, or never said hello. */
  available: boolean;
  /** Called when the agent announces that it goes away. */
  readonly drainListeners: Set<() => void>;
  /** What the agent last reported. */
  counters?: AgentCounters;
  targets?: readonly TargetStatus[];
  /** @throws when the session ends in this very moment */
  openStream(applicationId: string, passThroughName?: string): ClientHttp2Stream;
  send(message: RelayMessage): void;
  destroy(): void;
  /** Resolves after `onClosed`. */
  readonly closed: Promise<void>;
}

export function openAgentLink(options: AgentLinkOptions): AgentLink {
  const { socket, log } = options;
  const externalIp = socket.remoteAddress ?? '';
  const session: ClientHttp2Session = http2.connect('https://agent.invalid', { ...linkClientOptions, createConnection: () => unblockWrites(socket) });
  let control: ControlChannel<RelayMessage> | undefined;
  let active = 0;
  let resolveClosed: () => void = () => undefined;
  const link: AgentLink = {
    agentId: options.agentId,
    tenantId: options.tenantId,
    externalIp,
    get activeStreams() {
      return active;
    },
    available: false,
    drainListeners: new Set(),
    closed: new Promise((resolve) => (resolveClosed = resolve)),
    openStream(applicationId, passThroughName) {
      const stream = session.request({ ':method': 'CONNECT', ':authority': applicationId, ...(passThroughName === undefined ? {} : { [serverNameHeader]: passThroughName }) }, { endStream: false });
      active += 1;
      stream.once('close', () => (active -= 1));
      return stream;
    },
    send: (message) => control?.send(message),
    destroy() {
      link.available = false;
      // In later turns, so that what was sent last, such as why, has left. With a code, so that no stream takes this for an orderly end.
      setImmediate(() => {
        session.destroy(new Error('The link was given up.'), http2.constants.NGHTTP2_CANCEL);
        setImmediate(() => socket.destroy());
      });
    },
  };
  session.once('connect', () => {
    widenLink(session);
    const stream = session.request({ ':method': 'POST', ':path': controlPath }, { endStream: false });
    stream.on('error', () => undefined);
    // The agent ends the control stream when it goes away; what is in work may finish.
    stream.once('end', () => stream.end());
    stream.once('close', () => {
      retire(link);
      if (!session.closed && !session.destroyed) session.close();
    });
    control = createControlChannel<AgentMessage, RelayMessage>(stream, {
      schema: agentMessageSchema,
      knownTypes: agentMessageTypes,
      onMessage: (message) => options.onMessage(message, link),
      onError: (error) => {
        log.warn({ code: error.code, facts: error.facts, agentId: options.agentId }, error.message);
        link.destroy();
      },
    });
    // An agent that accepts the link but never says hello is of no use.
    const greeting = setTimeout(() => {
      if (!link.available) link.destroy();
    }, 10_000);
    session.once('close', () => clearTimeout(greeting));
  });
  session.once('goaway', () => retire(link));
  session.on('error', (error) => log.debug({ err: error, agentId: options.agentId }, 'link failed'));
  session.once('close', () => {
    link.available = false;
    socket.destroy();
    options.onClosed(link);
    resolveClosed();
  });
  watchLiveness(session, {
    bytesReceived: () => socket.bytesRead,
    streams: () => active,
    ...(options.pingIntervalMs === undefined ? {} : { intervalMs: options.pingIntervalMs }),
    onDead: () => {
      log.warn({ agentId: options.agentId, externalIp }, 'link is silent and given up');
      link.destroy();
    },
  });
  return link;
}

/** Takes no new streams and gives up those that rest between two requests. */
export function retire(link: AgentLink): void {
  if (!link.available) return;
  link.available = false;
  for (const listener of link.drainListeners) listener();
}

/** True while a link may carry another client connection. */
export function hasRoom(link: AgentLink): boolean {
  return link.activeStreams < maximumStreamsPerLink - 1;
}
