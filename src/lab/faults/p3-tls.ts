import { latentFault, mailHost, world } from './fault.ts';

const id = 'p3-tls';

export const tlsEndsSoon = latentFault(id, 'certificates', async () => world(id, { kind: 'device', hosts: [mailHost], certificate: 'endsSoon' }));
