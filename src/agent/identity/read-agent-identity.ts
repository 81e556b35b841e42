import { openAgentState } from './agent-state.ts';

/** Who the agent of a state folder is, and with which relay; not its key; the certificate is PEM. @throws AgentError `AGENT_NOT_ENROLLED`, `AGENT_STATE_UNREADABLE` */
export function readAgentIdentity(stateDirectory: string): { agentId: string; tenantId: string; relayUrl: string; certificate: string } {
  const { agentId, tenantId, relayUrl, certificate } = openAgentState(stateDirectory).identity();
  return { agentId, tenantId, relayUrl, certificate };
}
