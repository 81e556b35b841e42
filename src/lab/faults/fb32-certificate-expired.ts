import { atRelay, worldly } from './fault.ts';

export const certificateExpired = worldly('fb32-certificate-expired', (lab) => [{ kind: 'device', ...atRelay(lab), certificate: 'expired' }]);
