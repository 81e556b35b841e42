import { beforeRelay, worldly } from './fault.ts';

export const certificateName = worldly('fb32-certificate-name', (lab) => [beforeRelay(lab, { certificate: 'otherName' })]);
