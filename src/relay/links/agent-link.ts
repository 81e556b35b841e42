import type { TLSSocket } from 'node:tls';
import type { Log } from '../../foundation/index.ts';
import type { AgentCounters, AgentMessage, ControlChannel, LinkStream, RelayMessage, ReportedProblem, TargetStatus } from '../../tunnel/index.ts';
import { agentMessageSchema, agentMessageTypes, controlPath, createControlChannel, maximumStreamsPerLink, openLinkSession, serverNameHeader } from '../../tunnel/index.ts';

export interface AgentLinkOptions {
  agentId: string;
  tenantId: string;
  /** Where the agent's connection comes from, as Get-HybridAgent shows it. */
  externalIp: string;
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
  problems?: readonly ReportedProblem[];
  /** @throws when the session ends in this very moment */
  openStream(applicationId: string, passThroughName?: string): LinkStream;
  send(message: RelayMessage): void;
  destroy(): void;
  /** Resolves after `onClosed`. */
  readonly closed: Promise<void>;
}

export function openAgentLink(options: AgentLinkOptions): AgentLink {
  const { socket, log, externalIp } = options;
  let control: ControlChannel<RelayMessage> | undefined;
  let resolveClosed: () => void = () => undefined;
  const session = openLinkSession(socket, {
    role: 'client',
    onGoaway: () => retire(link),
    onDead() {
      log.warn({ agentId: options.agentId, externalIp }, 'link is silent and given up');
      link.destroy();
    },
    onClose(error) {
      if (error !== undefined) log.debug({ err: error, agentId: options.agentId }, 'link failed');
      link.available = false;
      clearTimeout(greeting);
      options.onClosed(link);
      resolveClosed();
    },
    ...(options.pingIntervalMs === undefined ? {} : { pingIntervalMs: options.pingIntervalMs }),
  });
  const link: AgentLink = {
    agentId: options.agentId,
    tenantId: options.tenantId,
    externalIp,
    get activeStreams() {
      return session.activeStreams - (stream.closed ? 0 : 1);
    },
    available: false,
    drainListeners: new Set(),
    closed: new Promise((resolve) => (resolveClosed = resolve)),
    openStream(applicationId, passThroughName) {
      return session.open([[':method', 'CONNECT'], [':authority', applicationId], ...(passThroughName === undefined ? [] : [[serverNameHeader, passThroughName] as const])]);
    },
    send: (message) => control?.send(message),
    destroy() {
      link.available = false;
      // In a later turn, so that what was sent last, such as why, has left.
      setImmediate(() => session.destroy());
    },
  };
  const stream = session.open([[':method', 'POST'], [':scheme', 'https'], [':path', controlPath]]);
  // The agent ends the control stream when it goes away; what is in work may finish.
  stream.onEnd = () => stream.end();
  stream.onClose = () => {
    retire(link);
    session.close();
  };
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
