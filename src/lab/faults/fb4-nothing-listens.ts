import { endpointOf, worldly } from './fault.ts';

/** Refused for everybody: the port is closed, while the machine behind it and its administration are as they were. */
export const nothingListens = worldly('fb4-nothing-listens', (lab) => [{ kind: 'firewall', to: endpointOf(lab).host, action: 'refuse' }]);
