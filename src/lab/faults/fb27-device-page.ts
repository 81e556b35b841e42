import { mailHost, worldly } from './fault.ts';

export const devicePage = worldly('fb27-device-page', () => [{ kind: 'device', hosts: [mailHost], answers: [{ path: '^/(?:ews|autodiscover)', status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body><form>Sign in<br></form></body></html>' }] }]);
