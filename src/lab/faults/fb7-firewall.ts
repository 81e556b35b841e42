import { endpointOf, worldly } from './fault.ts';

export const firewallResets = worldly('fb7-firewall', (lab) => [{ kind: 'cut', hosts: [endpointOf(lab).host], at: 'request' }]);
