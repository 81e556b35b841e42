import { endpointOf, worldly } from './fault.ts';

export const dnsRecord = worldly('fb29-dns-record', (lab) => [{ kind: 'record', name: endpointOf(lab).host }]);
