import { mailHost, worldly } from './fault.ts';

export const slowPath = worldly('fb22-slow-path', ({ lookUpDeadlineMs }) => [{ kind: 'device', hosts: [mailHost], delayMs: Math.round(lookUpDeadlineMs * 1.4) }]);
