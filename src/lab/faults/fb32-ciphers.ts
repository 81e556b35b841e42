import { atRelay, worldly } from './fault.ts';

export const ciphers = worldly('fb32-ciphers', (lab) => [{ kind: 'device', ...atRelay(lab), tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA256' } }]);
