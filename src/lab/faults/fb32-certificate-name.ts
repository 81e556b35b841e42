import { endpointOf, worldly } from './fault.ts';

export const certificateName = worldly('fb32-certificate-name', (lab) => [{ kind: 'device', hosts: [endpointOf(lab).host], certificate: 'otherName' }]);
