import { defineRelayCmdlet } from './relay-context.ts';

export const getHybridAgent = defineRelayCmdlet({
  name: 'Get-HybridAgent',
  synopsis: 'Shows the agents that may keep links to the relay; one that is unregistered is shown no more.',
  parameters: {},
  outputs: ['id', 'machineName', 'externalIp', 'status', 'version', 'links', '# requests', 'errors', 'bytesReceived', 'bytesSent', 'certificateExpiresAt', 'lastSeenAt', 'problems'],
  example: 'Get-HybridAgent -Credential (Get-Credential)',
  async run({ relay, tenantId }) {
    return (await relay.listAgents(tenantId)).filter(({ revokedAt }) => revokedAt === undefined).map((agent) => ({
      id: agent.id,
      machineName: agent.machineName,
      externalIp: agent.externalIp ?? null,
      status: agent.status,
      version: agent.version,
      links: agent.links,
      // The name of the counter that administrators know from Performance Monitor.
      '# requests': agent.requests,
      errors: agent.errors,
      bytesReceived: agent.bytesReceived,
      bytesSent: agent.bytesSent,
      certificateExpiresAt: new Date(agent.certificateExpiresAt).toISOString(),
      lastSeenAt: agent.lastSeenAt === undefined ? null : new Date(agent.lastSeenAt).toISOString(),
      // What the agent says of itself, though it goes on serving: AGENT_CLOCK_WRONG, AGENT_LOG_UNWRITABLE…
      problems: agent.problems.map(({ code, message }) => `${code}: ${message}`),
    }));
  },
});
