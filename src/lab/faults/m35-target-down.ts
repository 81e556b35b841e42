import { worldly } from './fault.ts';

export const targetDown = worldly('m35-target-down', () => [{ kind: 'stopped', party: 'onPremises' }]);
