import { endpointOf, worldly } from './fault.ts';

export const firewallDrops = worldly('fb4-firewall', (lab) => [{ kind: 'firewall', to: endpointOf(lab).host, action: 'drop', from: ['cloud'] }]);
