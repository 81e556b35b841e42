import { mailHost, worldly } from './fault.ts';

export const poolStopped = worldly('m35-pool-stopped', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '^/(?:ews|autodiscover)', status: 503, headers: { server: 'Microsoft-HTTPAPI/2.0', 'content-type': 'text/html' }, body: '<HTML><BODY><h2>Service Unavailable</h2></BODY></HTML>' }] }]);
