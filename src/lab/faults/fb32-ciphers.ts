import { endpointOf, worldly } from './fault.ts';

export const ciphers = worldly('fb32-ciphers', (lab) => [{ kind: 'device', hosts: [endpointOf(lab).host], tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256' } }]);
