import type { RefusalCode } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { TenantLimits } from './tenant-limits.ts';
import type { TokenBucket } from './token-bucket.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface LimiterOptions {
  /** Called for every request. */
  limitsOf: (tenantId: string) => TenantLimits;
  /** Monotonic milliseconds. Default `performance.now()`. */
  now?: () => number;
}

/** The place of one client connection among those of an application. */
export interface ConnectionPlace {
  /** Takes a place with the application, giving up that with another. Returns why there is none. */
  take(application: Application): RefusalCode | undefined;
  /** The connection is over. */
  leave(): void;
}

/** Holds tenants and applications to their limits. */
export interface Limiter {
  /** Lets a request in, or says why not. `leave` must follow when it is over. */
  enter(application: Application): RefusalCode | undefined;
  leave(application: Application): void;
  place(): ConnectionPlace;
  /** False when a tenant opens connections faster than it may. */
  admitHandshake(application: Application): boolean;
  /** Forgets who is neither known nor at work any more. */
  forget(isKnown: (id: string) => boolean): void;
}

interface Use {
  requests: number;
  connections: number;
  rate: TokenBucket;
  handshakes: TokenBucket;
}

/** Seconds' worth of connections that a tenant may open at once. */
const connectionBurstSeconds = 5;

export function createLimiter({ limitsOf, now = () => performance.now() }: LimiterOptions): Limiter {
  const tenants = new Map<string, Use>();
  const applications = new Map<string, Use>();
  const useOf = (uses: Map<string, Use>, id: string): Use => {
    let use = uses.get(id);
    if (use === undefined) uses.set(id, (use = { requests: 0, connections: 0, rate: createTokenBucket(now), handshakes: createTokenBucket(now) }));
    return use;
  };
  const connect = (application: Application): RefusalCode | undefined => {
    const tenant = useOf(tenants, application.tenantId);
    const own = useOf(applications, application.id);
    if (atLimit(tenant.connections, limitsOf(application.tenantId).connections)) return 'RELAY_TENANT_CONNECTION_LIMIT';
    if (atLimit(own.connections, application.connections)) return 'RELAY_CONNECTION_LIMIT';
    tenant.connections += 1;
    own.connections += 1;
    return undefined;
  };
  const disconnect = (application: Application): void => {
    useOf(tenants, application.tenantId).connections -= 1;
    useOf(applications, application.id).connections -= 1;
  };
  return {
    enter(application) {
      const tenant = useOf(tenants, application.tenantId);
      const own = useOf(applications, application.id);
      const limits = limitsOf(application.tenantId);
      if (atLimit(own.requests, application.requestsInFlight)) return 'RELAY_CONCURRENCY_LIMIT';
      if (atLimit(tenant.requests, limits.requestsInFlight)) return 'RELAY_TENANT_CONCURRENCY_LIMIT';
      // The application first: what it refuses does not count for the tenant.
      if (beyondRate(own.rate, application.requestsPerSecond)) return 'RELAY_RATE_LIMIT';
      if (beyondRate(tenant.rate, limits.requestsPerSecond)) return 'RELAY_TENANT_RATE_LIMIT';
      tenant.requests += 1;
      own.requests += 1;
      return undefined;
    },
    leave(application) {
      useOf(tenants, application.tenantId).requests -= 1;
      useOf(applications, application.id).requests -= 1;
    },
    place() {
      let taken: Application | undefined;
      const leave = (): void => {
        if (taken !== undefined) disconnect(taken);
        taken = undefined;
      };
      return {
        take(application) {
          if (taken?.id === application.id) return undefined;
          leave();
          const refusal = connect(application);
          if (refusal === undefined) taken = application;
          return refusal;
        },
        leave,
      };
    },
    admitHandshake({ tenantId }) {
      const { connectionsPerSecond } = limitsOf(tenantId);
      return connectionsPerSecond === null || useOf(tenants, tenantId).handshakes.take(connectionsPerSecond, Math.max(1, connectionsPerSecond * connectionBurstSeconds));
    },
    forget(isKnown) {
      for (const uses of [tenants, applications]) {
        for (const [id, use] of uses) if (use.requests === 0 && use.connections === 0 && !isKnown(id)) uses.delete(id);
      }
    },
  };
}

function atLimit(count: number, limit: number | null): boolean {
  return limit !== null && count >= limit;
}

function beyondRate(bucket: TokenBucket, limit: number | null): boolean {
  return limit !== null && !bucket.take(limit, Math.max(1, limit));
}
