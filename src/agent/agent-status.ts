import type { AgentCounters, TargetStatus } from '../tunnel/index.ts';
import type { AgentProblem } from './agent-problems.ts';
import type { LinkStatus } from './links/keep-link.ts';

/** How an agent is doing. Times are epoch milliseconds. */
export interface AgentStatus {
  agentId: string;
  tenantId: string;
  version: string;
  relayUrl: string;
  /** True when at least one link is up. */
  ready: boolean;
  links: readonly LinkStatus[];
  targets: readonly TargetStatus[];
  counters: AgentCounters;
  certificateExpiresAt: number;
  /** What somebody should look at while the agent goes on serving. */
  problems: readonly AgentProblem[];
}
