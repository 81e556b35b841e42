import { mailHost, worldly } from './fault.ts';

export const deviceRedirect = worldly('fb31-device-redirect', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '^/(?:ews|autodiscover)', status: 302, headers: { location: 'https://login.contoso.test/my.policy' } }] }]);
