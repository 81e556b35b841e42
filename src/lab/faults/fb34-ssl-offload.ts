import { mailHost, worldly } from './fault.ts';

export const sslOffload = worldly('fb34-ssl-offload', () => [{ kind: 'device', hosts: [mailHost], onward: 'plain' }]);
