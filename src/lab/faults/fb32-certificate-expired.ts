import { endpointOf, worldly } from './fault.ts';

export const certificateExpired = worldly('fb32-certificate-expired', (lab) => [{ kind: 'device', hosts: [endpointOf(lab).host], certificate: 'expired' }]);
