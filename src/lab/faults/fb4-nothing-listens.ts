import { worldly } from './fault.ts';

export const nothingListens = worldly('fb4-nothing-listens', () => [{ kind: 'stopped', party: 'relay' }]);
