import { latentFault, world } from './fault.ts';

const id = 'p4-agent-release';

export const agentRelease = latentFault(id, 'agent', async () => world(id, { kind: 'agentVersion', version: '0.0.9' }));
