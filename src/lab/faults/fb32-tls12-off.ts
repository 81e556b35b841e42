import { atRelay, worldly } from './fault.ts';

export const tls12Off = worldly('fb32-tls12-off', (lab) => [{ kind: 'device', ...atRelay(lab), tls: { maxVersion: 'TLSv1' } }]);
