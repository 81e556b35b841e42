import { mailHost, worldly } from './fault.ts';

export const ewsCrash = worldly('fb27-ews-crash', () => [{ kind: 'device', hosts: [mailHost], truncateAt: 200 }]);
