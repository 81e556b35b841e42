import { createBoundedCache } from '../../foundation/index.ts';
import type { Clock } from '../../foundation/index.ts';

export interface DiscoveredEndpointsOptions {
  clock: Clock;
  /** How long an answer is used, milliseconds; 0 for not at all. */
  keepMs: number;
  /** The version of the organisation's configuration: what was learnt under an older one is not used. */
  version: () => number;
  /** Answers kept at most. Default 1000. */
  capacity?: number;
}

/** Whom an answer is about: everybody of one domain, as one Autodiscover endpoint has it. */
export interface DiscoveredDomain {
  discoveryEndpoint: string;
  domain: string;
}

/** The EWS endpoints that Autodiscover named, kept for a while. Answers other than an endpoint are not kept. */
export interface DiscoveredEndpoints {
  get(domain: DiscoveredDomain): string | undefined;
  set(domain: DiscoveredDomain, endpoint: string): void;
  /** Drops what is known of a domain if it is that endpoint; something newer stays. */
  forget(domain: DiscoveredDomain, endpoint: string): void;
  /**
   * Runs `discover`, unless another request is at it for the same domain: then waits for what that one finds. Undefined
   * says that nothing was found which holds for the whole domain.
   */
  find(domain: DiscoveredDomain, discover: () => Promise<string | undefined>): Promise<string | undefined>;
}

export function createDiscoveredEndpoints(options: DiscoveredEndpointsOptions): DiscoveredEndpoints {
  const { clock, keepMs, version } = options;
  const endpoints = createBoundedCache<{ endpoint: string; since: number }>(options.capacity ?? 1000);
  const underWay = new Map<string, Promise<string | undefined>>();
  // With the version in the key, an answer that arrives after a change is filed under the state it was asked in.
  const keyOf = ({ discoveryEndpoint, domain }: DiscoveredDomain): string => `${version()} ${domain.toLowerCase()} ${discoveryEndpoint}`;
  const get = (domain: DiscoveredDomain): string | undefined => {
    const entry = endpoints.get(keyOf(domain));
    if (entry === undefined) return undefined;
    const age = clock.now() - entry.since;
    // An age below nothing: the clock was set back.
    return age >= 0 && age < keepMs ? entry.endpoint : undefined;
  };
  return {
    get,
    set(domain, endpoint) {
      if (keepMs > 0) endpoints.set(keyOf(domain), { endpoint, since: clock.now() });
    },
    forget(domain, endpoint) {
      if (get(domain) === endpoint) endpoints.delete(keyOf(domain));
    },
    find(domain, discover) {
      const key = keyOf(domain);
      const others = underWay.get(key);
      if (others !== undefined) return others;
      const own = discover().finally(() => underWay.delete(key));
      underWay.set(key, own);
      return own;
    },
  };
}
