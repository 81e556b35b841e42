import type { AgentCounters } from '../../tunnel/index.ts';

/** Numbers since the agent started; the streams add to them. */
export type AgentTraffic = AgentCounters;

export function createAgentTraffic(): AgentTraffic {
  return { requests: 0, errors: 0, bytesReceived: 0, bytesSent: 0, activeConnections: 0 };
}
