import { worldly } from './fault.ts';

export const agentDown = worldly('m35-agent-down', () => [{ kind: 'stopped', party: 'agent' }]);
