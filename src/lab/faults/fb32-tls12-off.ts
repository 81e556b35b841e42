import { beforeRelay, worldly } from './fault.ts';

export const tls12Off = worldly('fb32-tls12-off', (lab) => [beforeRelay(lab, { tls: { maxVersion: 'TLSv1' } })]);
