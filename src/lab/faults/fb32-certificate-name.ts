import { atRelay, worldly } from './fault.ts';

export const certificateName = worldly('fb32-certificate-name', (lab) => [{ kind: 'device', ...atRelay(lab), certificate: 'otherName' }]);
