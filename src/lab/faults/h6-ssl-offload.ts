import { mailHost, signInFault, world } from './fault.ts';

export const clientSslOffload = signInFault('h6-ssl-offload', async () => world('h6-ssl-offload', { kind: 'device', hosts: [mailHost], from: ['outside'], onward: 'plain' }));
