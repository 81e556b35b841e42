import { endpointOf, worldly } from './fault.ts';

export const tls12Off = worldly('fb32-tls12-off', (lab) => [{ kind: 'device', hosts: [endpointOf(lab).host], tls: { maxVersion: 'TLSv1' } }]);
