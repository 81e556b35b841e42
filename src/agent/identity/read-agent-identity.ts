import { openAgentState } from './agent-state.ts';

/** Who the agent of a state folder is, and with which relay; not its key. @throws AgentError `AGENT_NOT_ENROLLED`, `AGENT_STATE_UNREADABLE` */
export function readAgentIdentity(stateDirectory: string): { agentId: string; tenantId: string; relayUrl: string } {
  const { agentId, tenantId, relayUrl } = openAgentState(stateDirectory).identity();
  return { agentId, tenantId, relayUrl };
}
