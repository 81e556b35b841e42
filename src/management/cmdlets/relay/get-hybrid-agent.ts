import { defineRelayCmdlet } from './relay-context.ts';

export const getHybridAgent = defineRelayCmdlet({
  name: 'Get-HybridAgent',
  synopsis: 'Shows the agents that keep links to the relay.',
  parameters: {},
  outputs: ['id', 'machineName', 'externalIp', 'status'],
  example: 'Get-HybridAgent -Credential (Get-Credential)',
  async run({ relay, tenantId }) {
    return (await relay.listAgents(tenantId)).map(({ id, machineName, externalIp, status }) => ({ id, machineName, externalIp: externalIp ?? null, status }));
  },
});
