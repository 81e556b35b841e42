import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Dial } from '../../foundation/index.ts';
import type { ApplicationConfiguration, RefusalCode, TargetStatus } from '../../tunnel/index.ts';
import { createPathPolicy } from '../../tunnel/index.ts';
import { refusalOfDialFailure } from './dial-failure.ts';
import type { TargetPool } from './target-pool.ts';
import { createTargetPool } from './target-pool.ts';
import { watchHealth } from './watch-health.ts';

export interface ApplicationsOptions {
  dial: Dial;
  targetCa?: readonly string[];
  /** Host names that the agent may connect to, `*.example` for all below; undefined: whatever the relay says. */
  allowedTargets?: readonly string[];
  warmConnections: number;
  connectTimeoutMs: number;
  onHealthChanged: () => void;
  random: () => number;
}

export interface UpstreamConnection<Connection extends Socket> {
  socket: Connection;
  target: TargetPool;
}

/** An application as this agent serves it. */
export interface ServedApplication {
  readonly configuration: ApplicationConfiguration;
  /** Takes what `comparablePath` returned. */
  allows(comparable: string): boolean;
  /** A connection of its own with a target: a healthy one by weight, any other where none is. Never throws. */
  connect(): Promise<UpstreamConnection<TLSSocket> | RefusalCode>;
  /** The same without TLS, for a client that brings its own. */
  connectPlain(): Promise<UpstreamConnection<Socket> | RefusalCode>;
  statuses(): TargetStatus[];
  /** Stops looking after its targets. */
  close(): void;
}

/** What the relay told this agent to serve. */
export interface Applications {
  get(id: string): ServedApplication | undefined;
  /** Replaces everything; targets that stay keep their connections. */
  configure(configurations: readonly ApplicationConfiguration[]): void;
  statuses(): TargetStatus[];
  close(): void;
}

export function createApplications(options: ApplicationsOptions): Applications {
  let served = new Map<string, ServedApplication>();
  let pools = new Map<string, TargetPool>();
  return {
    get: (id) => served.get(id),
    configure(configurations) {
      const before = pools;
      for (const application of served.values()) application.close();
      pools = new Map();
      served = new Map();
      const poolOf = (url: string): TargetPool => {
        const pool = pools.get(url) ?? before.get(url) ?? createPool(url, options);
        pools.set(url, pool);
        return pool;
      };
      for (const configuration of configurations) served.set(configuration.id, serveApplication(configuration, poolOf, options));
      for (const [url, pool] of before) if (!pools.has(url)) pool.close();
    },
    statuses: () => [...served.values()].flatMap((application) => application.statuses()),
    close() {
      for (const application of served.values()) application.close();
      for (const pool of pools.values()) pool.close();
    },
  };
}

function createPool(url: string, options: ApplicationsOptions): TargetPool {
  return createTargetPool({
    url,
    dial: options.dial,
    warm: options.warmConnections,
    connectTimeoutMs: options.connectTimeoutMs,
    onHealthChanged: options.onHealthChanged,
    ...(options.targetCa === undefined ? {} : { ca: options.targetCa }),
  });
}

function serveApplication(configuration: ApplicationConfiguration, poolOf: (url: string) => TargetPool, options: ApplicationsOptions): ServedApplication {
  const allowed = configuration.targets.filter((target) => isAllowedTarget(new URL(target.url).hostname, options.allowedTargets));
  const targets = allowed.map((target) => ({ pool: poolOf(target.url), weight: target.weight }));
  const connectFirst = async <Connection extends Socket>(open: (target: TargetPool) => Promise<Connection>): Promise<UpstreamConnection<Connection> | RefusalCode> => {
    let refusal: RefusalCode = 'AGENT_TARGET_NOT_ALLOWED';
    for (const target of orderTargets(targets, options.random)) {
      try {
        return { socket: await open(target), target };
      } catch (error) {
        refusal = refusalOfDialFailure(error);
      }
    }
    return refusal;
  };
  const close = watchHealth(targets.map((target) => target.pool), configuration.healthCheck);
  return {
    configuration,
    close,
    allows: createPathPolicy(configuration.allowedPaths),
    connect: () => connectFirst((target) => target.take()),
    connectPlain: () => connectFirst((target) => target.dialPlain()),
    statuses: () => targets.map(({ pool }) => statusOf(configuration.id, pool)),
  };
}

function statusOf(application: string, pool: TargetPool): TargetStatus {
  const { url, healthy, connections, warmConnections, lastError } = pool;
  return { application, url, healthy, connections, warmConnections, ...(lastError === undefined ? {} : { lastError }) };
}

/** Healthy targets drawn by weight, then healthy stand-bys (weight 0), then the unhealthy ones, for want of better. */
function orderTargets(targets: readonly { pool: TargetPool; weight: number }[], random: () => number): TargetPool[] {
  if (targets.length === 1) return targets.map((target) => target.pool);
  const drawn = targets.map((target) => ({ ...target, draw: target.weight === 0 ? Infinity : -Math.log(1 - random()) / target.weight }));
  return drawn.sort((a, b) => Number(b.pool.healthy) - Number(a.pool.healthy) || a.draw - b.draw).map((target) => target.pool);
}

function isAllowedTarget(host: string, allowedTargets: readonly string[] | undefined): boolean {
  if (allowedTargets === undefined) return true;
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return allowedTargets.some((pattern) => {
    const wanted = pattern.toLowerCase();
    return wanted === name || (wanted.startsWith('*.') && isIP(name) === 0 && name.endsWith(wanted.slice(1)));
  });
}
