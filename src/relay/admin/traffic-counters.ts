export interface Traffic {
  requests: number;
  errors: number;
  bytesReceived: number;
  bytesSent: number;
}

/** Numbers of each agent since the relay started. */
export interface TrafficCounters {
  count(agentId: string, bytesReceived: number, bytesSent: number, failed: boolean): void;
  of(agentId: string): Readonly<Traffic>;
}

const none: Readonly<Traffic> = { requests: 0, errors: 0, bytesReceived: 0, bytesSent: 0 };

export function createTrafficCounters(): TrafficCounters {
  const byAgent = new Map<string, Traffic>();
  return {
    count(agentId, bytesReceived, bytesSent, failed) {
      let traffic = byAgent.get(agentId);
      if (traffic === undefined) {
        traffic = { ...none };
        byAgent.set(agentId, traffic);
      }
      traffic.requests += 1;
      if (failed) traffic.errors += 1;
      traffic.bytesReceived += bytesReceived;
      traffic.bytesSent += bytesSent;
    },
    of: (agentId) => byAgent.get(agentId) ?? none,
  };
}
