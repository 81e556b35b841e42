import { beforeRelay, worldly } from './fault.ts';

export const ciphers = worldly('fb32-ciphers', (lab) => [beforeRelay(lab, { tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256' } })]);
