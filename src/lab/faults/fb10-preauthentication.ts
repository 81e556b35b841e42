import { mailHost, worldly } from './fault.ts';

export const preauthentication = worldly('fb10-preauthentication', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '^/(?:ews|autodiscover)', status: 401, headers: { server: 'Microsoft-IIS/8.5', 'www-authenticate': 'Basic realm="Sign in at the gateway"' } }] }]);
