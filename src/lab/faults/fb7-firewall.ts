import { atRelay, worldly } from './fault.ts';

export const firewallResets = worldly('fb7-firewall', (lab) => [{ kind: 'cut', ...atRelay(lab), at: 'request' }]);
