import { beforeRelay, worldly } from './fault.ts';

export const certificateExpired = worldly('fb32-certificate-expired', (lab) => [beforeRelay(lab, { certificate: 'expired' })]);
