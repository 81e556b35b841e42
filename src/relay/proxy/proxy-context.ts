import type { AccessLog, Clock, Log } from '../../foundation/index.ts';
import type { TokenGate } from '../access-tokens/create-token-gate.ts';
import type { ConnectionPlace, Limiter } from '../limits/create-limiter.ts';
import type { FairShare } from '../limits/fair-share.ts';
import type { FairTurns } from '../limits/fair-turns.ts';
import type { LinkDirectory } from '../links/link-directory.ts';
import type { Application } from '../registry/application.ts';
import type { RelayMetrics } from '../relay-metrics.ts';
import type { Deadlines } from './deadlines.ts';

export interface ProxyTimeouts {
  /** Milliseconds a connection may rest between requests. Default 120,000. */
  keepAliveMs: number;
  /** Milliseconds from the first byte of a head to its last. Default 30,000. */
  headMs: number;
  /** Milliseconds without a byte of a request's body. Default 120,000. */
  bodyMs: number;
  /** Bytes a second that a body must come at in the long run. Default 240, as HTTP.sys and Kestrel want. */
  bodyBytesPerSecond: number;
  /** Milliseconds before that is asked of a request. Default 10,000. */
  bodyGraceMs: number;
  /** Milliseconds in which a client must take what waits for it of an answer (some 64 KiB). Default 60,000. */
  readMs: number;
  /** Milliseconds before a request beyond a rate or count is told so, which slows clients down that try again at once. Default 1,000. */
  refusalMs: number;
  /** Milliseconds without a byte on a pass-through connection. Default 3,600,000. */
  passThroughIdleMs: number;
}

export const defaultProxyTimeouts: ProxyTimeouts = {
  keepAliveMs: 120_000,
  headMs: 30_000,
  bodyMs: 120_000,
  bodyBytesPerSecond: 240,
  bodyGraceMs: 10_000,
  readMs: 60_000,
  refusalMs: 1000,
  passThroughIdleMs: 3_600_000,
};

/** What all client connections of a relay share. */
export interface ProxyContext {
  /** The application published under a host name. */
  route: (host: string) => Application | undefined;
  /** The compiled policy of an application; takes what `comparablePath` returned. */
  allows: (application: Application, path: string) => boolean;
  links: LinkDirectory;
  /** The relay's own name in `Via`. */
  relayHost: string;
  clock: Clock;
  log: Log;
  accessLog: AccessLog;
  metrics: RelayMetrics;
  timeouts: ProxyTimeouts;
  deadlines: Deadlines;
  limiter: Limiter;
  share: FairShare;
  turns: FairTurns;
  tokens: TokenGate;
  /** Adds a finished request to the numbers of an agent. */
  count: (agentId: string, bytesReceived: number, bytesSent: number, failed: boolean) => void;
  /** True once the relay goes away: answers end their connections. */
  draining: () => boolean;
}

/** Who is at the other end of a client connection. */
export interface ClientFacts {
  address: string;
  port: number;
  localAddress: string;
  localPort: number;
  /** The name that the client asked for in TLS, lower case; undefined where it sent none. */
  serverName: string | undefined;
  /** Its place among the connections of an application. */
  place: ConnectionPlace;
  /** Ends the connection so that nobody can take it for an orderly end: a TCP reset. */
  reset: () => void;
}
